"""Which store's erasures a replay plan repeats: said once in the audit chain, where nobody changes it afterwards."""

from __future__ import annotations

from discretio.ledger.audit_chain import append, payloads
from discretio.ledger.connection import Ledger

_OF = "replay.of"


def record_origin(ledger: Ledger, plan_id: str, store_id: int) -> None:
    """Say that a plan repeats the erasures of this store. Without it, a replay finds nothing that it may erase."""
    with ledger.writing() as connection:
        append(ledger, connection, _OF, {"store_id": store_id}, subject=plan_id)


def origin(ledger: Ledger, plan_id: str) -> int | None:
    """The store whose erasures a plan repeats; None if it is the plan's own."""
    with ledger.reading() as connection:
        told = payloads(connection, _OF, plan_id)
    return int(told[0]["store_id"]) if told else None
