"""The rows of locked dossiers of a reference store: read once, as they are locked, then hashed, judged and counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Select, Table

from discretio.stores.engines import ROWS_AT_ONCE
from discretio.stores.layout import FILE
from discretio.stores.port import CONTENT
from discretio.stores.reference.rows import KEYS, batches, hash_dossiers, hash_rows, rows_of
from discretio.stores.reference.schema import Tables

_CONTENTS = (CONTENT, FILE)
_LETTERS_HELD = 16_000_000
"""Beyond so many letters and bytes of content, it is read a second time for its hash instead of being kept in memory."""

Row = list[Any]


class LockedRows:
    """What was locked in one transaction.

    Args:
        connection: the transaction.
        tables: the tables of the store.
    """

    def __init__(self, connection: Connection, tables: Tables) -> None:
        self._connection = connection
        self._tables = tables
        self._rows: dict[str, dict[str, list[Row]]] = {}
        self._letters = 0

    def lock(self, dossier_keys: Iterable[str]) -> set[str]:
        """Lock dossiers with all their rows; those that exist."""
        wanted = set(dossier_keys)
        there = self._rows.get("dossiers", {}).keys() & wanted
        for batch in batches(wanted - there):
            # Dossiers first, then what refers to them: once they are locked, nothing can be added below them.
            found = self._locked(self._tables.by_name["dossiers"], batch)
            there |= found
            for name in self._tables.insert_order:
                if name in self._tables.of_dossiers and name != "dossiers" and found:
                    self._locked(self._tables.by_name[name], sorted(found))
        return there

    def hashes(self, dossier_keys: Iterable[str], key: bytes) -> dict[str, str]:
        """HMAC-SHA256 of each dossier with all its rows; one that isn't locked is read."""
        keys = set(dossier_keys)
        known = self._rows.get("dossiers", {}).keys() & keys if self._letters <= _LETTERS_HELD else set()
        kept = ((dossier, name, row) for name, rows in self._rows.items() for dossier in known for row in rows.get(dossier, ()))
        return hash_rows(kept, key) | hash_dossiers(self._connection, self._tables, keys - known, key)

    def records(self, frame: str, dossier_keys: Iterable[str], columns: Collection[str]) -> list[dict[str, Any]]:
        """The rows of a frame in locked dossiers, with these columns, without content."""
        told = {*columns}.difference(_CONTENTS)
        names = [one.name if one.name in told else None for one in self._tables.by_name[frame].c]
        rows = self._rows.get(frame, {})
        found = (zip(names, row, strict=True) for key in dossier_keys for row in rows.get(key, ()))
        return [{name: value for name, value in row if name is not None} for row in found]

    def tables(self, dossier_keys: Collection[str]) -> Iterator[tuple[Table, set[str]]]:
        """Every table in which these dossiers have rows, what refers to others before it, and the keys of these rows."""
        for name in reversed(self._tables.insert_order):
            place = self._tables.frames[name].column_names.index(self._tables.frames[name].key)
            rows = self._rows.get(name, {})
            if keys := {row[place] for key in dossier_keys for row in rows.get(key, ())}:
                yield self._tables.by_name[name], keys

    def forget(self, dossier_keys: Collection[str]) -> None:
        """They are erased."""
        for rows in self._rows.values():
            for key in dossier_keys:
                rows.pop(key, None)

    def _locked(self, table: Table, dossier_keys: list[str]) -> set[str]:
        rows = self._rows.setdefault(table.name, defaultdict(list))
        places = [place for place, one in enumerate(table.c) if one.name in _CONTENTS]
        result = self._connection.execute(_locking(table), {KEYS: dossier_keys})
        found = set()
        for dossier, *values in chain.from_iterable(result.partitions(ROWS_AT_ONCE)):
            found.add(dossier)
            for place in places:
                self._letters += len(values[place] or "")
                if self._letters > _LETTERS_HELD:
                    values[place] = None
            rows[dossier].append(values)
        return found


@cache
def _locking(table: Table) -> Select[Any]:
    """The query that locks and reads a table's rows; made once, since SQLAlchemy takes longer over it than SQLite to answer."""
    query = rows_of(table).order_by(*table.primary_key).with_for_update(of=table)
    return query.execution_options(yield_per=ROWS_AT_ONCE)
