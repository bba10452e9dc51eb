"""The rows of dossiers in the reference store: found, counted, hashed. Keys travel in batches that every driver accepts."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, Table, bindparam, func, select

from discretio.stores.engines import ROWS_AT_ONCE
from discretio.stores.reference.schema import Tables

KEYS_AT_ONCE = 500
KEYS = "dossier_keys"
_PURPOSE = b"discretio dossier 1\0"


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return {"sha256": hashlib.sha256(value).hexdigest()}
    raise TypeError(f"a column holds a {type(value).__name__}, which no hash is defined for")


# The encoder asks `_plain` only for what JSON has no word for, so that most values cost nothing here.
_JSON = json.JSONEncoder(separators=(",", ":"), check_circular=False, default=_plain).encode

# What has no dossier's key lies in the dossier of its entry, of its session, or of the sharing that it is a part of.
_PARENTS = {"entry_key": "entries", "session_key": "sessions", "secret_sharing_key": "secret_sharings"}


def batches(keys: Iterable[str]) -> Iterator[list[str]]:
    """The keys, each once, sorted (so that two transactions lock in the same order), in batches."""
    ordered = sorted(set(keys))
    for start in range(0, len(ordered), KEYS_AT_ONCE):
        yield ordered[start : start + KEYS_AT_ONCE]


def dossier_of(table: Table) -> tuple[FromClause, ColumnElement[Any]]:
    """A table, joined where needed so that each row's dossier is known, and the dossier's key."""
    if "dossier_key" in table.c:
        return table, table.c.dossier_key
    key = next(name for name in _PARENTS if name in table.c)
    parent = table.metadata.tables[_PARENTS[key]]
    return table.join(parent, table.c[key] == parent.c[key]), parent.c.dossier_key


def rows_of(table: Table) -> Select[Any]:
    """The query for a table's rows in the dossiers given as KEYS: the dossier's key, then the table's columns."""
    tables, dossier = dossier_of(table)
    wanted = dossier.in_(bindparam(KEYS, expanding=True))
    return select(dossier.label("of_dossier"), *table.c).select_from(tables).where(wanted)


def count_rows(connection: Connection, tables: Tables, dossier_keys: Iterable[str]) -> dict[str, int]:
    """How many rows each table holds of these dossiers, and each log under their keys; tables without one are left out."""
    counts: dict[str, int] = defaultdict(int)
    for batch in batches(dossier_keys):
        for name in (*tables.of_dossiers, *tables.logs):
            joined, dossier = dossier_of(tables.by_name[name])
            query = select(func.count()).select_from(joined).where(dossier.in_(batch))
            counts[name] += connection.execute(query).scalar_one()
    return {name: count for name, count in counts.items() if count}


def hash_dossiers(connection: Connection, tables: Tables, dossier_keys: Iterable[str], key: bytes) -> dict[str, str]:
    """HMAC-SHA256 of each dossier over all its rows in all tables, the same on every dialect and in every order of rows."""
    hashes: dict[str, str] = {}
    for batch in batches(dossier_keys):
        hashes |= hash_rows(_read(connection, tables, batch), key)
    return hashes


def _read(connection: Connection, tables: Tables, dossier_keys: Sequence[str]) -> Iterator[tuple[str, str, Sequence[object]]]:
    for name in tables.of_dossiers:
        query = rows_of(tables.by_name[name]).execution_options(yield_per=ROWS_AT_ONCE)
        yield from ((row[0], name, row[1:]) for row in connection.execute(query, {KEYS: dossier_keys}))


def hash_rows(rows: Iterable[tuple[str, str, Sequence[object]]], key: bytes) -> dict[str, str]:
    """The same of rows that are at hand: the dossier's key, the table, the values in its order."""
    digests: dict[str, list[bytes]] = defaultdict(list)
    for dossier, name, values in rows:
        digests[dossier].append(row_digest(name, values, key))
    return {dossier: whole_digest(some, key) for dossier, some in digests.items()}


def hash_art8(connection: Connection, tables: Tables, row_keys: Iterable[str], key: bytes) -> dict[str, str]:
    """HMAC-SHA256 of each row of the prosecutor's list."""
    table = tables.by_name["art8_rows"]
    hashes: dict[str, str] = {}
    for batch in batches(row_keys):
        query = select(*table.c).where(table.c.row_key.in_(batch)).order_by(table.c.row_key)
        hashes |= {row.row_key: row_digest(table.name, tuple(row), key).hex() for row in connection.execute(query)}
    return hashes


def row_digest(table: str, values: Sequence[object], key: bytes) -> bytes:
    """HMAC-SHA256 of one row, from its columns in order."""
    return hmac.digest(key, _JSON([table, *values]).encode("ascii"), "sha256")


def whole_digest(digests: list[bytes], key: bytes) -> str:
    """HMAC-SHA256 of a dossier from those of its rows."""
    # Sorted digests, not sorted rows: no collation of any database has a say in it.
    return hmac.digest(key, _PURPOSE + b"".join(sorted(digests)), "sha256").hex()
