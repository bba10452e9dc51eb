"""The stores that the ledger knows: a name, a kind, and where they are (encrypted, since a path can name a person)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, insert, select, update

from discretio.errors import UsageError
from discretio.ledger.audit_chain import append
from discretio.ledger.connection import Ledger
from discretio.ledger.keys import decrypt, encrypt
from discretio.ledger.scan_tables import stores as table


@dataclass(frozen=True, slots=True)
class StoreRecord:
    """A registered store.

    Attributes:
        store_id: its number in the ledger.
        name: what the operator calls it.
        kind: reference, tree, mapped, ...
        locator: the URL, path or mapping file; may hold personal data, so it is never shown or logged.
        demo: whether it is the demo's own store, in which alone a purge may be dated ahead.
    """

    store_id: int
    name: str
    kind: str
    locator: str = field(repr=False)
    demo: bool


def register_store(ledger: Ledger, name: str, kind: str, locator: str, demo: bool = False) -> int:  # noqa: FBT001, FBT002 - data
    """Make a store known, or change where it is; returns its number.

    A name keeps its number and its demo mark for ever: a store can't be made the demo's own afterwards.

    Raises:
        UsageError: the name belongs to a store of another kind, or the demo mark differs.
    """
    with ledger.writing() as connection:
        known = connection.execute(select(table).where(table.c.name == name).with_for_update()).one_or_none()
        sealed = encrypt(ledger.keys, locator, name)
        if known is None:
            values = {"name": name, "kind": kind, "locator": sealed, "demo": demo}
            store_id: int = connection.execute(insert(table).values(**values).returning(table.c.store_id)).scalar_one()
            append(ledger, connection, "store.registered", {"store_id": store_id, "store_kind": kind, "demo": demo})
            return store_id
        if (known.kind, known.demo) != (kind, demo):
            raise UsageError("a store of this name but of another kind is registered", remedy="give the new store another name")
        if decrypt(ledger.keys, known.locator, name) != locator:
            connection.execute(update(table).where(table.c.store_id == known.store_id).values(locator=sealed))
            append(ledger, connection, "store.moved", {"store_id": known.store_id})
        return int(known.store_id)


def stores(ledger: Ledger) -> list[StoreRecord]:
    """Every store, in the order in which they were registered."""
    with ledger.reading() as connection:
        return [_record(ledger, row) for row in connection.execute(select(table).order_by(table.c.store_id))]


def store_named(ledger: Ledger, name: str) -> StoreRecord:
    """The store of that name.

    Raises:
        UsageError: there is none.
    """
    with ledger.reading() as connection:
        row = connection.execute(select(table).where(table.c.name == name)).one_or_none()
    if row is None:
        raise UsageError("no store of this name is registered", remedy="discretio store list shows those that are")
    return _record(ledger, row)


def _record(ledger: Ledger, row: Row[Any]) -> StoreRecord:
    return StoreRecord(row.store_id, row.name, row.kind, decrypt(ledger.keys, row.locator, row.name), bool(row.demo))
