"""A store in which two owners keep drafts and own dossiers, beside what they share, and the databases that keep them apart."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pandas as pd
from sqlalchemy import create_engine, text

from discretio.stores.reference.schema import BASE
from stores.store_rows import CONTROLLERS, key, sample_rows

POLICE, PROSECUTION = CONTROLLERS[:2]
KINDS = {0: (POLICE, "PRESIGNAL"), 1: (POLICE, "OWN"), 2: (PROSECUTION, "PRESIGNAL"), 3: (PROSECUTION, "OWN")}
OF_POLICE, OF_PROSECUTION = {key(0), key(1)}, {key(2), key(3)}
DOSSIERS = 6


def owners_rows() -> dict[str, pd.DataFrame]:
    """Six dossiers: the first two are the police's, the next two the prosecution's, the last two shared."""
    rows = sample_rows(DOSSIERS, seed=3, copies_from_others=False)
    for number, (owner, kind) in KINDS.items():
        rows["dossiers"].loc[rows["dossiers"]["dossier_key"] == key(number), ["owner", "kind"]] = owner, kind
    return rows


def keep_apart(url: str, accounts: dict[str, str]) -> None:
    """Make PostgreSQL show each account what is shared and what is its owner's, by row-level security.

    Args:
        url: the store, as its administrator reaches it.
        accounts: by account to be made, the owner.
    """
    engine = create_engine(url)
    with engine.begin() as connection:
        schema = connection.execute(text("SELECT current_schema()")).scalar_one()
        for account in accounts:
            connection.execute(text(f"CREATE ROLE {account} LOGIN"))
            connection.execute(text(f"GRANT USAGE ON SCHEMA {schema} TO {account}"))
            connection.execute(text(f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {account}"))
        for name, table in BASE.by_name.items():
            if name != "dossiers" and not {"dossier_key", "entry_key"} & {*table.c.keys()}:
                continue
            connection.execute(text(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"))
            for account, owner in accounts.items():
                connection.execute(text(f"CREATE POLICY of_{account} ON {name} TO {account} USING ({_seen(name, owner)})"))
    engine.dispose()


def drop_accounts(url: str, accounts: dict[str, str]) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        for account in accounts:
            connection.execute(text(f"DROP OWNED BY {account}"))
            connection.execute(text(f"DROP ROLE {account}"))
    engine.dispose()


def _seen(table: str, owner: str) -> str:
    if table == "dossiers":
        return f"kind = 'SHARED' OR owner = '{owner}'"
    if "dossier_key" in BASE.by_name[table].c:
        return "dossier_key IN (SELECT dossier_key FROM dossiers)"
    return "entry_key IN (SELECT entry_key FROM entries)"


def mapping_of_own_file(folder: Path, database: Path, owner: str) -> Path:
    """One owner's rows and what is shared, in a file of their own, and a mapping for it."""
    own = folder / f"{owner}.db"
    with sqlite3.connect(own) as connection:
        connection.execute("ATTACH DATABASE ? AS whole", (str(database),))
        connection.execute("CREATE TABLE dossiers AS SELECT * FROM whole.dossiers WHERE owner = ? OR kind = 'SHARED'", (owner,))
        connection.execute(
            "CREATE TABLE entries AS SELECT * FROM whole.entries WHERE dossier_key IN (SELECT dossier_key FROM dossiers)"
        )
    connection.close()
    path = folder / f"{owner}.yaml"
    path.write_text(
        f"store:\n  url: 'sqlite:///{own}'\nframes:\n"
        "  dossiers:\n    table: dossiers\n    columns: {dossier_key: dossier_key, kind: kind, owner: owner}\n"
        "  entries:\n    table: entries\n    columns: {entry_key: entry_key, dossier_key: dossier_key, text: text}\n",
        encoding="utf-8",
    )
    return path
