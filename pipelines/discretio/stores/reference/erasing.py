"""Erasing in the reference store: one transaction, everything locked, complete or not at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import pandas as pd
from sqlalchemy import Connection, Table, delete, select

from discretio.domain.frames import STORE_FRAMES
from discretio.errors import PurgeRefusedError, StoreUnavailableError
from discretio.stores.casting import to_frame
from discretio.stores.engines import unavailable
from discretio.stores.port import CONTENT
from discretio.stores.reference.rows import DOSSIER_TABLES, batches, dossier_of, hash_art8, hash_dossiers
from discretio.stores.reference.schema import INSERT_ORDER, TABLES
from discretio.stores.reference.scrubbing import note_scrubbing_due

_ART8 = TABLES["art8_rows"]


class ReferenceEraser:
    """One erasing transaction of a reference store (the port's Eraser).

    PostgreSQL and MariaDB lock the dossiers, whose locks keep others from inserting rows that refer to them (holds, entries),
    then every row in them; SQLite locks the whole file.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._locked: set[str] = set()
        self._locked_art8: set[str] = set()

    def lock(self, dossier_keys: Iterable[str]) -> frozenset[str]:
        """Lock dossiers with all their rows; those that exist."""
        there: set[str] = set()
        with unavailable("dossiers"):
            for batch in batches(dossier_keys):
                # Dossiers first, then entries: once they are locked, nothing can be added below them.
                there |= _lock_rows(self._connection, TABLES["dossiers"], batch)
                for name in INSERT_ORDER:
                    if name in DOSSIER_TABLES and name != "dossiers":
                        _lock_rows(self._connection, TABLES[name], batch)
        self._locked |= there
        return frozenset(there)

    def read(self, frame: str, keys: Iterable[str]) -> pd.DataFrame:
        """The rows of a frame in these dossiers (or with these keys, for art8_rows), without content."""
        table, definition = TABLES[frame], STORE_FRAMES[frame]
        names = [name for name in definition.column_names if name != CONTENT]
        tables, owner = (table, table.c.row_key) if table is _ART8 else dossier_of(table)
        rows: list[Sequence[object]] = []
        with unavailable(frame):
            for batch in batches(keys):
                query = select(*(table.c[name] for name in names)).select_from(tables).where(owner.in_(batch))
                rows += self._connection.execute(query.order_by(table.c[names[0]])).all()
        return to_frame(definition, names, rows)

    def dossier_hashes(self, dossier_keys: Iterable[str], key: bytes) -> dict[str, str]:
        """HMAC-SHA256 of each dossier with all its rows."""
        with unavailable("dossiers"):
            return hash_dossiers(self._connection, dossier_keys, key)

    def delete(self, dossier_keys: Iterable[str]) -> dict[str, int]:
        """Delete dossiers with everything in them; how many rows of each table went."""
        keys = set(dossier_keys)
        _refuse_unlocked(keys - self._locked, "dossiers")
        counts: dict[str, int] = defaultdict(int)
        with unavailable("dossiers"):
            for batch in batches(keys):
                entries = _lock_rows(self._connection, TABLES["entries"], batch)
                for name in reversed(INSERT_ORDER):
                    if name in DOSSIER_TABLES:
                        counts[name] += _delete_from(self._connection, TABLES[name], batch, entries)
        return {name: count for name, count in counts.items() if count}

    def art8_hashes(self, row_keys: Iterable[str], key: bytes) -> dict[str, str]:
        """Lock rows of the prosecutor's list, and hash each."""
        row_keys = list(row_keys)
        with unavailable(_ART8.name):
            for batch in batches(row_keys):
                self._connection.execute(select(_ART8.c.row_key).where(_ART8.c.row_key.in_(batch)).with_for_update()).all()
            hashes = hash_art8(self._connection, row_keys, key)
        self._locked_art8 |= set(hashes)
        return hashes

    def delete_art8(self, row_keys: Iterable[str]) -> int:
        """Delete rows of the prosecutor's list; how many went."""
        keys = set(row_keys)
        _refuse_unlocked(keys - self._locked_art8, _ART8.name)
        with unavailable(_ART8.name):
            deletions = [delete(_ART8).where(_ART8.c.row_key.in_(batch)) for batch in batches(keys)]
            return sum(self._connection.execute(deletion).rowcount for deletion in deletions)

    def commit(self) -> None:
        """Make it so."""
        try:
            with unavailable("commit"):
                note_scrubbing_due(self._connection)
                self._connection.commit()
        except StoreUnavailableError:
            raise StoreUnavailableError(
                "the store died while the erasure was being committed: it is done completely or not at all",
                remedy="run `discretio purge run` again: it reads the store and goes on from what it finds",
            ) from None
        self._locked.clear()
        self._locked_art8.clear()


def _lock_rows(connection: Connection, table: Table, dossier_keys: Sequence[str]) -> set[str]:
    tables, dossier = dossier_of(table)
    key = table.c[STORE_FRAMES[table.name].key]
    query = select(key).select_from(tables).where(dossier.in_(dossier_keys)).order_by(key).with_for_update(of=table)
    return set(connection.execute(query).scalars())


def _delete_from(connection: Connection, table: Table, dossier_keys: Iterable[str], entry_keys: Iterable[str]) -> int:
    column, keys = table.c.get("dossier_key"), dossier_keys
    if column is None:
        column, keys = table.c.entry_key, entry_keys
    return sum(connection.execute(delete(table).where(column.in_(batch))).rowcount for batch in batches(keys))


def _refuse_unlocked(keys: set[str], table: str) -> None:
    if keys:
        raise PurgeRefusedError(f"{len(keys)} rows were to be erased without being locked first", where=table)
