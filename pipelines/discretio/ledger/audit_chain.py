"""The audit chain: every change of the ledger appends a record in the change's own transaction. No audit, no change.

A record's hash covers the record and the hash before it; the head is signed (Ed25519) at every append, so that a lost tail is
noticed. Records are grouped into segments by month; a closed segment leaves a signed checkpoint that outlives its records.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from discretio.errors import LedgerKeyError
from discretio.ledger.chain_tables import chain_head, chain_records, chain_segments
from discretio.ledger.connection import Ledger
from discretio.ledger.keys import LedgerKeys

GENESIS = "0" * 64
SEGMENT_ERASED = "chain.segment_erased"
_HEAD_ID = 1
_MONTH = len("2026-01")

Payload = Mapping[str, str | int | float | bool | None]


@dataclass(frozen=True, slots=True)
class Record:
    """One record of the chain; every field is covered by `record_hash`."""

    sequence: int
    segment: int
    kind: str
    subject: str
    recorded_at: str
    payload: str
    previous_hash: str
    record_hash: str

    def computed_hash(self) -> str:
        """What `record_hash` has to be: SHA-256 over the other fields, in order, as canonical JSON."""
        fields = [self.sequence, self.segment, self.kind, self.subject, self.recorded_at, self.payload, self.previous_hash]
        return hashlib.sha256(json.dumps(fields, separators=(",", ":")).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How far the chain reaches in one segment, signed. The last one is the head; an outside witness may keep any."""

    segment: int
    opened_at: str
    first_sequence: int
    first_previous_hash: str
    last_sequence: int
    last_hash: str
    signature: str = ""

    def message(self, ledger_id: str) -> bytes:
        """The bytes that are signed: all fields but the signature, and the ledger they belong to."""
        fields = {**asdict(self), "ledger_id": ledger_id}
        del fields["signature"]
        return b"discretio checkpoint\n" + canonical(fields).encode()

    def signed(self, keys: LedgerKeys, ledger_id: str) -> Checkpoint:
        """The same with its signature."""
        return replace(self, signature=keys.checkpoint.sign(self.message(ledger_id)).hex())


def canonical(value: object) -> str:
    """JSON with one spelling: sorted keys, no spaces, ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def moment_text(moment: datetime) -> str:
    """A moment in UTC to the microsecond, in the one spelling that hashes and signatures cover."""
    if moment.tzinfo is None:
        raise ValueError("a moment in the ledger needs a time zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def begin_chain(connection: Connection, keys: LedgerKeys, ledger_id: str, at: datetime) -> None:
    """Lay the first head of a new ledger: a chain of no records."""
    empty = Checkpoint(1, moment_text(at), 1, GENESIS, 0, GENESIS).signed(keys, ledger_id)
    connection.execute(insert(chain_head).values(head_id=_HEAD_ID, **asdict(empty)))


def lock_chain(connection: Connection) -> Checkpoint:
    """Hold the head until the transaction ends: writers go one after the other. Take this lock last of all."""
    columns = [column for column in chain_head.c if column.name != "head_id"]
    row = connection.execute(select(*columns).where(chain_head.c.head_id == _HEAD_ID).with_for_update())
    return Checkpoint(**row.mappings().one())


def append(ledger: Ledger, connection: Connection, kind: str, payload: Payload, *, subject: str = "") -> None:
    """Append one record, inside the transaction of the change that it tells of.

    Args:
        ledger: whose chain it is.
        connection: the transaction of the change.
        kind: what happened, as `table.verb`.
        payload: ids, counts, hashes and codes; never a name, a key of a store or a text.
        subject: the id (plan, report, person) under which the record is to be found again.
    """
    at = moment_text(ledger.now())
    before = lock_chain(connection)
    require_own_head(ledger, before)
    head = _rolled_over(ledger, connection, before, at)
    record = Record(head.last_sequence + 1, head.segment, kind, subject, at, canonical(dict(payload)), head.last_hash, "")
    record = replace(record, record_hash=record.computed_hash())
    connection.execute(insert(chain_records).values(**asdict(record)))
    grown = replace(head, last_sequence=record.sequence, last_hash=record.record_hash)
    connection.execute(update(chain_head).values(**asdict(grown.signed(ledger.keys, ledger.ledger_id))))


def require_own_head(ledger: Ledger, head: Checkpoint) -> None:
    """Append to nothing that the present key didn't sign.

    Raises:
        LedgerKeyError: the key was rotated while this process ran, or somebody else wrote the head.
    """
    if not ledger.keys.signed_now(replace(head, signature="").message(ledger.ledger_id), head.signature):
        raise LedgerKeyError(
            "the audit chain's head isn't signed with the key of this process",
            remedy="start it again if the ledger's key was rotated; otherwise run discretio verify --ledger",
        )


def sign_head(ledger: Ledger, connection: Connection, head: Checkpoint) -> None:
    """Sign the head again, with the present key."""
    signed = head.signed(ledger.keys, ledger.ledger_id)
    connection.execute(update(chain_head).values(signature=signed.signature))


def _rolled_over(ledger: Ledger, connection: Connection, head: Checkpoint, at: str) -> Checkpoint:
    """The head to append to: a new segment once the month has turned (never back, if a clock was set back)."""
    if at[:_MONTH] <= head.opened_at[:_MONTH] or head.last_sequence < head.first_sequence:
        return head
    connection.execute(insert(chain_segments).values(**asdict(head.signed(ledger.keys, ledger.ledger_id))))
    return Checkpoint(head.segment + 1, at, head.last_sequence + 1, head.last_hash, head.last_sequence, head.last_hash)


def payloads(connection: Connection, kind: str, subject: str) -> list[dict[str, Any]]:
    """What the chain tells of a subject, oldest first."""
    here = (chain_records.c.kind == kind, chain_records.c.subject == subject)
    query = select(chain_records.c.payload).where(*here).order_by(chain_records.c.sequence)
    return [json.loads(payload) for payload in connection.execute(query).scalars()]


def last_recorded(ledger: Ledger, kind: str, subject: str) -> datetime | None:
    """When the chain last told something of this kind about a subject; None if it never did, or its segment was erased."""
    here = (chain_records.c.kind == kind, chain_records.c.subject == subject)
    query = select(chain_records.c.recorded_at).where(*here).order_by(chain_records.c.sequence.desc()).limit(1)
    with ledger.reading() as connection:
        found = connection.execute(query).scalar_one_or_none()
    return None if found is None else datetime.fromisoformat(found)


def segments_erased(connection: Connection) -> bool:
    """Whether the records of any segment were erased by their term."""
    told = select(chain_records.c.sequence).where(chain_records.c.kind == SEGMENT_ERASED).limit(1)
    return connection.execute(told).first() is not None


def head(ledger: Ledger) -> Checkpoint:
    """The signed head: what to hand to an outside witness."""
    with ledger.reading() as connection:
        columns = [column for column in chain_head.c if column.name != "head_id"]
        return Checkpoint(**connection.execute(select(*columns)).mappings().one())
