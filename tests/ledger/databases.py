"""The databases that a ledger is tested on: SQLite always, servers where `make test-services` runs."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from discretio.ledger.columns import METADATA
from discretio.ledger.opening import REVISIONS
from required import absent

SERVERS = {
    "postgresql": ("postgresql+psycopg://postgres@127.0.0.1:5432/test", "DROP SCHEMA {} CASCADE"),
    "mariadb": ("mysql+pymysql://root@127.0.0.1:3306/test", "DROP SCHEMA {}"),
}


@contextmanager
def schema_on(server: str) -> Iterator[str]:
    """The URL of a fresh schema on a server, dropped afterwards."""
    url, drop = SERVERS[server]
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    name = f"ledger_{secrets.token_hex(6)}"
    try:
        with engine.connect() as connection:
            connection.execute(sa.text(f"CREATE SCHEMA {name}"))
    except sa.exc.OperationalError:
        absent(f"no {server} server answers on 127.0.0.1")
    try:
        yield f"{url}?options=-csearch_path%3D{name}" if server == "postgresql" else url.replace("/test", f"/{name}")
    finally:
        with engine.connect() as connection:
            connection.execute(sa.text(drop.format(name)))
        engine.dispose()


def empty(url: str) -> None:
    """Take every row out of a schema's ledger, if there is one; opening it founds it anew."""
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        there = set(sa.inspect(connection).get_table_names())
        for table in reversed(METADATA.sorted_tables):
            if table.name in there:
                connection.execute(sa.delete(table))
        if "alembic_version" in there:
            connection.execute(sa.text("UPDATE alembic_version SET version_num = :last"), {"last": REVISIONS[-1]})
    engine.dispose()


def sqlite_in(folder: Path) -> str:
    """The URL of a SQLite file that isn't there yet."""
    return f"sqlite:///{folder / 'ledger.db'}"
