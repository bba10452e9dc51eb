"""The rows of dossiers in the reference store: found, counted, hashed. Keys travel in batches that every driver accepts."""

from __future__ import annotations

import hmac
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, Table, func, select

from discretio.stores.engines import ROWS_AT_ONCE
from discretio.stores.reference.schema import TABLES

KEYS_AT_ONCE = 500
_PURPOSE = b"discretio dossier 1\0"
_JSON = json.JSONEncoder(separators=(",", ":")).encode

DOSSIER_TABLES: tuple[str, ...] = tuple(
    name for name, table in TABLES.items() if {"dossier_key", "entry_key"} & {*table.c.keys()}
)


def batches(keys: Iterable[str]) -> Iterator[list[str]]:
    """The keys, each once, sorted (so that two transactions lock in the same order), in batches."""
    ordered = sorted(set(keys))
    for start in range(0, len(ordered), KEYS_AT_ONCE):
        yield ordered[start : start + KEYS_AT_ONCE]


def dossier_of(table: Table) -> tuple[FromClause, ColumnElement[Any]]:
    """A table, joined where needed so that each row's dossier is known, and the dossier's key."""
    if "dossier_key" in table.c:
        return table, table.c.dossier_key
    entries = TABLES["entries"]
    return table.join(entries, table.c.entry_key == entries.c.entry_key), entries.c.dossier_key


def rows_of(table: Table, dossier_keys: Sequence[str]) -> Select[Any]:
    """The query for a table's rows in these dossiers: the dossier's key, then the table's columns."""
    tables, dossier = dossier_of(table)
    return select(dossier.label("of_dossier"), *table.c).select_from(tables).where(dossier.in_(dossier_keys))


def count_rows(connection: Connection, dossier_keys: Iterable[str]) -> dict[str, int]:
    """How many rows each table holds of these dossiers; tables without one are left out."""
    counts: dict[str, int] = defaultdict(int)
    for batch in batches(dossier_keys):
        for name in DOSSIER_TABLES:
            tables, dossier = dossier_of(TABLES[name])
            query = select(func.count()).select_from(tables).where(dossier.in_(batch))
            counts[name] += connection.execute(query).scalar_one()
    return {name: count for name, count in counts.items() if count}


def hash_dossiers(connection: Connection, dossier_keys: Iterable[str], key: bytes) -> dict[str, str]:
    """HMAC-SHA256 of each dossier over all its rows in all tables, the same on every dialect and in every order of rows."""
    hashes: dict[str, str] = {}
    for batch in batches(dossier_keys):
        digests: dict[str, list[bytes]] = defaultdict(list)
        for name in DOSSIER_TABLES:
            query = rows_of(TABLES[name], batch)
            for row in connection.execute(query.execution_options(yield_per=ROWS_AT_ONCE)):
                digests[row[0]].append(row_digest(name, row[1:], key))
        hashes |= {dossier: _whole(rows, key) for dossier, rows in digests.items()}
    return hashes


def hash_art8(connection: Connection, row_keys: Iterable[str], key: bytes) -> dict[str, str]:
    """HMAC-SHA256 of each row of the prosecutor's list."""
    table = TABLES["art8_rows"]
    hashes: dict[str, str] = {}
    for batch in batches(row_keys):
        query = select(*table.c).where(table.c.row_key.in_(batch)).order_by(table.c.row_key)
        hashes |= {row.row_key: row_digest(table.name, tuple(row), key).hex() for row in connection.execute(query)}
    return hashes


def row_digest(table: str, values: Sequence[object], key: bytes) -> bytes:
    """HMAC-SHA256 of one row, from its columns in order."""
    plain = [value.isoformat() if isinstance(value, datetime) else value for value in values]
    return hmac.digest(key, _JSON([table, *plain]).encode("ascii"), "sha256")


def _whole(digests: list[bytes], key: bytes) -> str:
    # Sorted digests, not sorted rows: no collation of any database has a say in it.
    return hmac.digest(key, _PURPOSE + b"".join(sorted(digests)), "sha256").hex()
