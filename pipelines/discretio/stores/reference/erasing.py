"""Erasing in the reference store: one transaction, everything locked, complete or not at all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import pandas as pd
from sqlalchemy import Column, Connection, Delete, Table, bindparam, delete, select

from discretio.errors import PurgeRefusedError, StoreUnavailableError
from discretio.stores.casting import to_frame
from discretio.stores.engines import unavailable
from discretio.stores.erasing import WithoutLinks
from discretio.stores.port import CONTENT
from discretio.stores.reference.locked_rows import LockedRows
from discretio.stores.reference.log_rows import forget_dossiers
from discretio.stores.reference.rows import KEYS, batches, dossier_of, hash_art8
from discretio.stores.reference.schema import Tables
from discretio.stores.reference.scrubbing import note_scrubbing_due


class ReferenceEraser(WithoutLinks):
    """One erasing transaction of a reference store (the port's Eraser).

    PostgreSQL and MariaDB lock the dossiers, whose locks keep others from inserting rows that refer to them (holds, entries),
    then every row in them; SQLite locks the whole file.

    Args:
        connection: the transaction.
        tables: the tables of the store.
        kept: by frame, the columns that the store keeps: of a register that it doesn't keep, an empty column says nothing.
    """

    def __init__(self, connection: Connection, tables: Tables, kept: Mapping[str, Collection[str]]) -> None:
        self._connection = connection
        self._kept = kept
        self._tables = tables
        self._art8 = tables.by_name["art8_rows"]
        self._rows = LockedRows(connection, tables)
        self._locked: set[str] = set()
        self._locked_art8: set[str] = set()

    def lock(self, dossier_keys: Iterable[str]) -> frozenset[str]:
        """Lock dossiers with all their rows; those that exist."""
        with unavailable("dossiers"):
            there = self._rows.lock(dossier_keys)
        self._locked |= there
        return frozenset(there)

    def records(self, frame: str, dossier_keys: Iterable[str]) -> list[dict[str, Any]]:
        """The rows of a frame in locked dossiers, without content, as they were read when they were locked."""
        return self._rows.records(frame, dossier_keys, self._kept.get(frame, ()))

    def read(self, frame: str, keys: Iterable[str]) -> pd.DataFrame:
        """The rows of a frame in these dossiers (or with these keys, for art8_rows), without content."""
        table, definition = self._tables.by_name[frame], self._tables.frames[frame]
        names = [name for name in definition.column_names if name != CONTENT]
        tables, owner = (table, table.c.row_key) if table is self._art8 else dossier_of(table)
        rows: list[Sequence[object]] = []
        with unavailable(frame):
            for batch in batches(keys):
                query = select(*(table.c[name] for name in names)).select_from(tables).where(owner.in_(batch))
                rows += self._connection.execute(query.order_by(table.c[names[0]])).all()
        return to_frame(definition, names, rows)

    def dossier_hashes(self, dossier_keys: Iterable[str], key: bytes) -> dict[str, str]:
        """HMAC-SHA256 of each dossier with all its rows."""
        with unavailable("dossiers"):
            return self._rows.hashes(dossier_keys, key)

    def delete(self, dossier_keys: Iterable[str]) -> dict[str, int]:
        """Delete dossiers with everything in them; how many rows of each table went."""
        keys = set(dossier_keys)
        _refuse_unlocked(keys - self._locked, "dossiers")
        with unavailable("dossiers"):
            for name in self._tables.logs:
                forget_dossiers(self._connection, self._tables.by_name[name], keys)
            counts = {table.name: _delete_from(self._connection, table, keys, own) for table, own in self._rows.tables(keys)}
        self._rows.forget(keys)
        return counts

    def art8_hashes(self, row_keys: Iterable[str], key: bytes) -> dict[str, str]:
        """Lock rows of the prosecutor's list, and hash each."""
        row_keys = list(row_keys)
        with unavailable(self._art8.name):
            for batch in batches(row_keys):
                own = self._art8.c.row_key
                self._connection.execute(select(own).where(own.in_(batch)).with_for_update()).all()
            hashes = hash_art8(self._connection, self._tables, row_keys, key)
        self._locked_art8 |= set(hashes)
        return hashes

    def delete_art8(self, row_keys: Iterable[str]) -> int:
        """Delete rows of the prosecutor's list; how many went."""
        keys = set(row_keys)
        _refuse_unlocked(keys - self._locked_art8, self._art8.name)
        with unavailable(self._art8.name):
            deletions = [delete(self._art8).where(self._art8.c.row_key.in_(batch)) for batch in batches(keys)]
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
        self._rows = LockedRows(self._connection, self._tables)
        self._locked.clear()
        self._locked_art8.clear()


def _delete_from(connection: Connection, table: Table, dossier_keys: Iterable[str], own_keys: Iterable[str]) -> int:
    column, keys = table.c.get("dossier_key"), dossier_keys
    if column is None:
        column, keys = next(iter(table.primary_key)), own_keys
    return sum(connection.execute(_deleting(column), {KEYS: batch}).rowcount for batch in batches(keys))


@cache
def _deleting(column: Column[Any]) -> Delete:
    """The statement that deletes the rows of which a column holds one of KEYS; made once."""
    return delete(column.table).where(column.in_(bindparam(KEYS, expanding=True)))


def _refuse_unlocked(keys: set[str], table: str) -> None:
    if keys:
        raise PurgeRefusedError(f"{len(keys)} rows were to be erased without being locked first", where=table)
