"""The stores that the ledger knows: a name, a kind, and where they are (encrypted, since a path can name a person)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, insert, select, update

from discretio.errors import UsageError
from discretio.ledger.audit_chain import Payload, append
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
        owner: the store's own key of the controller whose drafts and own dossiers alone are read; null for a store that is read
            as a whole.
    """

    store_id: int
    name: str
    kind: str
    locator: str = field(repr=False)
    demo: bool
    owner: str | None = field(default=None, repr=False)


def register_store(  # noqa: PLR0913, PLR0917 - what a registration says, each once
    ledger: Ledger,
    name: str,
    kind: str,
    locator: str,
    demo: bool = False,  # noqa: FBT001, FBT002 - data
    owner: str | None = None,
) -> int:
    """Make a store known, or change where it is; returns its number.

    A name keeps its number, its demo mark and its owner's scope for ever: a store can't be made the demo's own afterwards, and
    findings never come from one scope into another.

    Raises:
        UsageError: the name belongs to a store of another kind or scope, or the demo mark differs.
    """
    with ledger.writing() as connection:
        known = connection.execute(select(table).where(table.c.name == name).with_for_update()).one_or_none()
        sealed = encrypt(ledger.keys, locator, name)
        if known is None:
            values = {"name": name, "kind": kind, "locator": sealed, "demo": demo}
            values["owner"] = None if owner is None else encrypt(ledger.keys, owner, _scope_of(name))
            store_id: int = connection.execute(insert(table).values(**values).returning(table.c.store_id)).scalar_one()
            payload: Payload = {"store_id": store_id, "store_kind": kind, "demo": demo, "scoped": owner is not None}
            append(ledger, connection, "store.registered", payload)
            return store_id
        record = _record(ledger, known)
        if (record.kind, record.demo, record.owner) != (kind, demo, owner):
            raise UsageError(
                "a store of this name but of another kind or scope is registered", remedy="give the new store another name"
            )
        if record.locator != locator:
            connection.execute(update(table).where(table.c.store_id == known.store_id).values(locator=sealed))
            append(ledger, connection, "store.moved", {"store_id": known.store_id})
        return record.store_id


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
    owner = None if row.owner is None else decrypt(ledger.keys, row.owner, _scope_of(row.name))
    return StoreRecord(row.store_id, row.name, row.kind, decrypt(ledger.keys, row.locator, row.name), bool(row.demo), owner)


def _scope_of(name: str) -> str:
    return f"owner of {name}"
