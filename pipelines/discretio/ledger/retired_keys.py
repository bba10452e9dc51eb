"""The master keys before the present one: what they signed still verifies, what hangs on the first of them is found again.

Each is kept under the key after it, so that the present one opens them all and none opens a later one.
"""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from sqlalchemy import Connection, insert, select

from discretio.errors import LedgerError
from discretio.ledger.connection import Ledger
from discretio.ledger.keys import wrapping
from discretio.ledger.scan_tables import retired_keys as table

_NONCE = 12


def retired_masters(connection: Connection, ledger_id: str, master: bytes) -> tuple[bytes, ...]:
    """The master keys before this one, the oldest first; none if it is the first.

    Raises:
        LedgerError: one was changed in the database, or is gone.
    """
    rows = connection.execute(select(table.c.generation, table.c.wrapped).order_by(table.c.generation.desc())).all()
    if [generation for generation, _ in rows] != list(range(len(rows), 0, -1)):
        raise LedgerError("a retired key of the ledger is gone", remedy="restore a backup of the ledger")
    found = [master]
    for generation, wrapped in rows:
        found.append(_unwrapped(found[-1], bytes(wrapped), _bound(ledger_id, generation)))
    return tuple(reversed(found[1:]))


def retire(ledger: Ledger, connection: Connection, old: bytes, new: bytes) -> None:
    """Keep a master key under the one that takes its place."""
    generation = len(retired_masters(connection, ledger.ledger_id, old)) + 1
    nonce = os.urandom(_NONCE)
    wrapped = nonce + wrapping(new).encrypt(nonce, old, _bound(ledger.ledger_id, generation))
    connection.execute(insert(table).values(generation=generation, wrapped=wrapped, retired_at=ledger.now()))


def _unwrapped(after: bytes, wrapped: bytes, bound: bytes) -> bytes:
    try:
        return wrapping(after).decrypt(wrapped[:_NONCE], wrapped[_NONCE:], bound)
    except InvalidTag:
        raise LedgerError("a retired key of the ledger was changed", remedy="restore a backup of the ledger") from None


def _bound(ledger_id: str, generation: int) -> bytes:
    return f"{ledger_id} {generation}".encode()
