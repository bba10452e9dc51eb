"""What is kept of a plan's dossiers so that a verification can look for them, until the plan's key is destroyed.

Traces are keyed hashes (domain/traces.py) under a key that is drawn for one plan and stands here encrypted. Whoever takes one
away or adds one is noticed: the audit chain holds the hash over all.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, delete, insert, select, update

from discretio.domain.traces import TRACE_BYTES, Traces
from discretio.errors import LedgerError
from discretio.ledger.audit_chain import Payload, append, payloads, segments_erased
from discretio.ledger.connection import Ledger
from discretio.ledger.keys import decrypt, encrypt
from discretio.ledger.trace_tables import trace_keys, traces

_KEY_BYTES = 32
_KEPT, _DESTROYED = "traces.kept", "traces.destroyed"


@dataclass(frozen=True, slots=True)
class PlanTraces:
    """The key of a plan, and the traces of each of its items under it.

    `unread`: of how many rows in its dossiers not all could be read, so that what stood there left no trace; None if untold.
    """

    key: bytes = field(repr=False)
    by_item: Mapping[str, Traces] = field(repr=False)
    unread: int | None = None

    def of(self, item_ids: Collection[str]) -> Traces:
        """Those of some items together."""
        chosen = [self.by_item[item] for item in item_ids if item in self.by_item]
        return Traces(frozenset().union(*(one.words for one in chosen)), frozenset().union(*(one.mentions for one in chosen)))


def new_trace_key() -> bytes:
    """The key of a new plan."""
    return secrets.token_bytes(_KEY_BYTES)


def keep_traces(ledger: Ledger, connection: Connection, plan_id: str, kept: PlanTraces) -> None:
    """Keep the traces of a plan, in the transaction that saves it."""
    rows = [
        {"plan_id": plan_id, "item_id": item, "words": _joined(one.words), "mentions": _joined(one.mentions)}
        for item, one in sorted(kept.by_item.items())
    ]
    digest = _digest((item, _joined(one.words), _joined(one.mentions)) for item, one in sorted(kept.by_item.items()))
    sealed = encrypt(ledger.keys, kept.key.hex(), plan_id)
    connection.execute(insert(trace_keys).values(plan_id=plan_id, sealed_key=sealed, sha256=digest))
    if rows:
        connection.execute(insert(traces), rows)
    append(ledger, connection, _KEPT, {"items": len(rows), "sha256": digest, "unread": kept.unread}, subject=plan_id)


def kept_traces(ledger: Ledger, plan_id: str) -> PlanTraces | None:
    """The traces of a plan; None if none were kept (a plan of an older version), or their key is destroyed.

    Raises:
        LedgerError: they are not those that were kept.
    """
    with ledger.reading() as connection:
        known = connection.execute(select(trace_keys).where(trace_keys.c.plan_id == plan_id)).one_or_none()
        told = payloads(connection, _KEPT, plan_id)
        # What the chain told in a segment that was erased by its term, it doesn't tell any more.
        untold = segments_erased(connection)
        if known is not None and known.sealed_key is None and (untold or payloads(connection, _DESTROYED, plan_id)):
            return None
        columns = (traces.c.item_id, traces.c.words, traces.c.mentions)
        rows = connection.execute(select(*columns).where(traces.c.plan_id == plan_id).order_by(traces.c.item_id)).all()
    if known is None and not told and not rows:
        return None
    digest = _digest((row.item_id, row.words, row.mentions) for row in rows)
    kept = [one["sha256"] for one in told] or ([known.sha256] if untold and known else [])
    if known is None or known.sealed_key is None or [digest] != kept:
        raise LedgerError("the traces of this plan are not those that were kept", where=plan_id, remedy="restore a backup")
    by_item = {row.item_id: Traces(_words(row.words), _cut(row.mentions, TRACE_BYTES)) for row in rows}
    unread = next((one.get("unread") for one in told), None)
    return PlanTraces(bytes.fromhex(decrypt(ledger.keys, known.sealed_key, plan_id)), by_item, unread)


def plans_with_a_key(ledger: Ledger) -> frozenset[str]:
    """The plans whose key stands."""
    with ledger.reading() as connection:
        return frozenset(connection.execute(select(trace_keys.c.plan_id).where(trace_keys.c.sealed_key.is_not(None))).scalars())


def destroy_traces(ledger: Ledger, connection: Connection, plan_id: str, payload: Payload) -> bool:
    """Destroy the key of a plan and the traces under it; whether there were any. The audit chain says why."""
    here = (trace_keys.c.plan_id == plan_id, trace_keys.c.sealed_key.is_not(None))
    gone = connection.execute(update(trace_keys).where(*here).values(sealed_key=None, destroyed_at=ledger.now())).rowcount
    if gone:
        connection.execute(delete(traces).where(traces.c.plan_id == plan_id))
        append(ledger, connection, _DESTROYED, payload, subject=plan_id)
    return bool(gone)


def destruction(ledger: Ledger, plan_id: str) -> Mapping[str, object] | None:
    """What the chain says of the destruction of a plan's key; None while it stands."""
    with ledger.reading() as connection:
        return next(iter(payloads(connection, _DESTROYED, plan_id)), None)


def _joined(pieces: Collection[bytes]) -> bytes:
    return b"".join(sorted(pieces))


def _words(joined: bytes) -> frozenset[bytes]:
    return _cut(joined, TRACE_BYTES + 1)


def _cut(joined: bytes, size: int) -> frozenset[bytes]:
    return frozenset(joined[start : start + size] for start in range(0, len(joined), size))


def _digest(rows: Iterable[tuple[str, bytes, bytes]]) -> str:
    whole = hashlib.sha256()
    for item, words, mentions in rows:
        whole.update(f"{item} {len(words)} {len(mentions)}\n".encode() + words + mentions)
    return whole.hexdigest()
