"""Put a new master key in the place of the old one, in one transaction: a rotation that is broken off never began.

Seals and lookups are keyed once more over what they are, so that nothing erased need be known again. What a person signed as it
was encrypted (grounds of holds, notes of declarations) stays under its old key, which the new one opens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Table, and_, bindparam, select, tuple_, update

from discretio.ledger.audit_chain import append, lock_chain, require_own_head, sign_head
from discretio.ledger.connection import Ledger
from discretio.ledger.keys import LedgerKeys, decrypt, encrypt, keyed_hash
from discretio.ledger.purge_tables import frozen_reports, people, plans, tombstones
from discretio.ledger.retired_keys import retire, retired_masters
from discretio.ledger.scan_tables import identity, locator, stores
from discretio.ledger.tombstones import tell_stones_again
from discretio.ledger.trace_tables import trace_keys
from discretio.ledger.triage_tables import sample_entries, samples, triage_events

ROTATED = "ledger.key_rotated"
SEALED = (plans, people, frozen_reports, triage_events, samples, sample_entries)
_PIECE = 10_000
Row = Mapping[str, Any]
# What is encrypted and under no signature, with what it is bound to.
_ENCRYPTED: tuple[tuple[Table, str, Callable[[Row], str]], ...] = (
    (locator, "natural_key", lambda row: row["surrogate"]),
    (stores, "locator", lambda row: row["name"]),
    (stores, "owner", lambda row: f"owner of {row['name']}"),
    (trace_keys, "sealed_key", lambda row: row["plan_id"]),
)


def rotate_key(ledger: Ledger, old: bytes, new: bytes) -> Ledger:
    """Rotate the master key; returns the ledger as the new one opens it.

    Args:
        ledger: open under the old key.
        old: the present master key.
        new: the one that takes its place.

    Raises:
        LedgerError: something encrypted was changed in the database; nothing is rotated then.
        LedgerKeyError: the key was rotated meanwhile.
    """
    with ledger.writing() as connection:
        # Whoever writes after us finds that his key is not the ledger's any more.
        head = lock_chain(connection)
        require_own_head(ledger, head)
        keys = LedgerKeys.derived_from(new, (*retired_masters(connection, ledger.ledger_id, old), old))
        retire(ledger, connection, old, new)
        _rewrite_all(connection, ledger.keys, keys)
        check = keyed_hash(keys.check, ledger.ledger_id)
        connection.execute(update(identity).values(key_check=check, checkpoint_public_key=keys.public_key))
        rotated = replace(ledger, keys=keys)
        sign_head(rotated, connection, head)
        append(rotated, connection, ROTATED, {"from": ledger.keys.public_key, "to": keys.public_key}, subject=ledger.ledger_id)
        tell_stones_again(rotated, connection)
    return rotated


def _rewrite_all(connection: Connection, before: LedgerKeys, after: LedgerKeys) -> None:
    for table, column, bound_to in _ENCRYPTED:
        _rewrite(connection, table, column, _encrypting_anew(before, after, column, bound_to))
    for table in (locator, tombstones):
        _rewrite(connection, table, "lookup", lambda row: keyed_hash(after.lookups[-1], row["lookup"]))
    for table in SEALED:
        _rewrite(connection, table, "seal", lambda row: keyed_hash(after.seals[-1], row["seal"]))


def _encrypting_anew(
    before: LedgerKeys, after: LedgerKeys, column: str, bound_to: Callable[[Row], str]
) -> Callable[[Row], bytes]:
    def remade(row: Row) -> bytes:
        bound = bound_to(row)
        return encrypt(after, decrypt(before, bytes(row[column]), bound), bound)

    return remade


def _rewrite(connection: Connection, table: Table, column: str, remake: Callable[[Row], object]) -> None:
    """Make one column of every row anew where it is filled, a piece at a time."""
    keys = list(table.primary_key.columns)
    here = and_(*(key == bindparam(f"this_{key.name}") for key in keys))
    statement = update(table).where(here).values({column: bindparam("remade")})
    for rows in _pieces(connection, table, column):
        values = [{f"this_{key.name}": row[key.name] for key in keys} | {"remade": remake(row)} for row in rows]
        connection.execute(statement, values)


def _pieces(connection: Connection, table: Table, column: str) -> Iterator[list[Row]]:
    keys = list(table.primary_key.columns)
    wanted = {*keys, table.c[column], *([table.c.name] if "name" in table.c else [])}
    query = select(*wanted).where(table.c[column].is_not(None)).order_by(*keys).limit(_PIECE)
    rows: list[Row] = [*connection.execute(query).mappings()]
    while rows:
        yield rows
        last = [rows[-1][key.name] for key in keys]
        beyond = tuple_(*keys) > tuple_(*last) if len(keys) > 1 else keys[0] > last[0]
        rows = [*connection.execute(query.where(beyond)).mappings()]
