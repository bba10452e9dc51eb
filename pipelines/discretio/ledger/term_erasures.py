"""What of the ledger's own data was erased at the end of its term: the chain tells it, so that nothing else may be missing."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Connection, select

from discretio.ledger.audit_chain import append, canonical
from discretio.ledger.chain_tables import chain_records
from discretio.ledger.connection import Ledger

ERASED = "own_data.erased"


def note_erased(ledger: Ledger, connection: Connection, what: str, ids: Sequence[str], count: int | None = None) -> None:
    """Record an erasure in its own transaction: of what, which of them (ids or signatures of ours), and how many."""
    number = len(ids) if count is None else count
    if number:
        append(ledger, connection, ERASED, {"ids": canonical(sorted(ids)), "count": number}, subject=what)


def erased_by_term(connection: Connection, what: str) -> set[str]:
    """The ids of what was erased of this kind."""
    return {one for payload in _payloads(connection, what) for one in json.loads(payload["ids"])}


def count_erased(connection: Connection, what: str) -> int:
    """How many of this kind were erased."""
    return sum(int(payload["count"]) for payload in _payloads(connection, what))


def _payloads(connection: Connection, what: str) -> list[dict[str, str]]:
    here = (chain_records.c.kind == ERASED, chain_records.c.subject == what)
    return [json.loads(text) for text in connection.execute(select(chain_records.c.payload).where(*here)).scalars()]
