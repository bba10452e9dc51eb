"""Whether the audit chain is whole: every byte of it, its order, its beginning and its end."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from sqlalchemy import Connection, delete, func, select

from discretio.errors import ChainBrokenError, UsageError
from discretio.ledger.audit_chain import GENESIS, SEGMENT_ERASED, Checkpoint, Payload, Record, append, canonical, lock_chain
from discretio.ledger.chain_agreement import check_agreement
from discretio.ledger.chain_contents import check_contents
from discretio.ledger.chain_tables import chain_head, chain_records, chain_segments
from discretio.ledger.connection import Ledger
from discretio.ledger.scan_tables import identity


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What was verified: how many records in how many segments, how many of those erased by their term, and the signed head."""

    records: int
    segments: int
    erased_segments: int
    head: Checkpoint
    public_key: str


def verify_chain(ledger: Ledger, *, witness: Checkpoint | None = None) -> ChainReport:
    """Verify the whole chain, and that the rows it tells of are still there, and still say what it told.

    A ledger that was put back whole to an earlier state is genuine in itself: only a head kept by an outside witness shows it.

    Args:
        ledger: the ledger.
        witness: an earlier head (`audit_chain.head`), kept outside.

    Raises:
        ChainBrokenError: a byte, a record, their order, the beginning or the end was changed; says where.
    """
    with ledger.reading() as connection:
        found = connection.execute(select(identity.c.checkpoint_public_key)).scalar_one()
        if found != ledger.keys.public_key:
            raise _broken("the public key in the ledger is not its own", "identity")
        segments = _segments(ledger, connection)
        counts, erased = _records(connection, segments)
        check_contents(connection)
        if witness is not None:
            _check_witness(ledger, connection, witness, segments)
    check_agreement(ledger)
    return ChainReport(counts, len(segments), erased, segments[-1], ledger.keys.public_key)


def erase_segment(ledger: Ledger, segment: int) -> None:
    """Erase the records of a closed segment whose term has passed; its signed checkpoint stays and bridges the gap.

    Raises:
        UsageError: the segment is still open, or unknown.
    """
    with ledger.writing() as connection:
        lock_chain(connection)
        if connection.execute(select(chain_segments).where(chain_segments.c.segment == segment)).one_or_none() is None:
            raise UsageError("only a closed segment of the audit chain can be erased", where=f"segment {segment}")
        here = (chain_records.c.segment == segment, chain_records.c.kind == SEGMENT_ERASED)
        told = connection.execute(select(chain_records.c.payload).where(*here)).scalars().all()
        before = sorted(set().union(*map(_erasures_told, told)))
        gone = connection.execute(delete(chain_records).where(chain_records.c.segment == segment)).rowcount
        # What this segment told of those before it is told again, or they would seem to be gone for no reason.
        payload: Payload = {"segment": segment, "records": gone, "before": canonical(before)}
        append(ledger, connection, SEGMENT_ERASED, payload, subject=str(segment))


def _erasures_told(payload: str) -> set[int]:
    """The segments that one record says were erased."""
    said = json.loads(payload)
    return {said["segment"], *json.loads(said.get("before", "[]"))}


def _segments(ledger: Ledger, connection: Connection) -> list[Checkpoint]:
    """The checkpoints of the closed segments and the head, each signed and each joined to the one before."""
    columns = [column for column in chain_head.c if column.name != "head_id"]
    closed = connection.execute(select(chain_segments).order_by(chain_segments.c.segment)).mappings().all()
    heads = connection.execute(select(*columns)).mappings().all()
    if len(heads) != 1:
        raise _broken("the head is missing, or there are several", "head")
    checkpoints = [Checkpoint(**row) for row in (*closed, *heads)]
    before = Checkpoint(0, "", 0, "", 0, GENESIS)
    for checkpoint in checkpoints:
        where = f"segment {checkpoint.segment}"
        _check_signature(ledger, checkpoint, where)
        follows = (before.segment + 1, before.last_sequence + 1, before.last_hash)
        if (checkpoint.segment, checkpoint.first_sequence, checkpoint.first_previous_hash) != follows:
            raise _broken("a segment is missing or doesn't follow the one before", where)
        before = checkpoint
    if not ledger.keys.signed_now(replace(before, signature="").message(ledger.ledger_id), before.signature):
        raise _broken("a retired key signed the head", "head")
    return checkpoints


def _records(connection: Connection, segments: list[Checkpoint]) -> tuple[int, int]:
    """Check every record; returns how many there are, and how many segments were erased."""
    erasures: set[int] = set()
    found = {segment.segment: _check_segment(connection, segment, erasures) for segment in segments}
    count = sum(found.values())
    if connection.execute(select(func.count()).select_from(chain_records)).scalar_one() != count:
        raise _broken("a record stands outside every segment", "end")
    filled = {segment.segment for segment in segments if segment.last_sequence >= segment.first_sequence}
    gone = {number for number in filled if not found[number]}
    if gone - erasures:
        raise _broken("all records of a segment are gone, and no later record tells why", f"segment {min(gone - erasures)}")
    return count, len(gone)


def _check_segment(connection: Connection, segment: Checkpoint, erasures: set[int]) -> int:
    """Check the records of one segment, noting which erasures of segments they tell of; returns how many there are."""
    sequence, previous = segment.first_sequence, segment.first_previous_hash
    query = select(chain_records).where(chain_records.c.segment == segment.segment).order_by(chain_records.c.sequence)
    for row in connection.execute(query.execution_options(yield_per=1_000)).mappings():
        record = Record(**row)
        _check_record(record, sequence, previous)
        sequence, previous = sequence + 1, record.record_hash
        if record.kind == SEGMENT_ERASED:
            erasures |= _erasures_told(record.payload)
    found = sequence - segment.first_sequence
    if found and (sequence - 1, previous) != (segment.last_sequence, segment.last_hash):
        raise _broken("the segment doesn't end where its signed checkpoint says", f"record {sequence - 1}")
    return found


def _check_record(record: Record, sequence: int, previous: str) -> None:
    where = f"record {sequence}"
    if record.sequence != sequence:
        raise _broken("a record is missing, or was moved", where)
    if record.previous_hash != previous:
        raise _broken("a record doesn't follow the one before", where)
    if record.computed_hash() != record.record_hash:
        raise _broken("a record was changed", where)


def _check_witness(ledger: Ledger, connection: Connection, witness: Checkpoint, segments: list[Checkpoint]) -> None:
    where = f"record {witness.last_sequence}"
    _check_signature(ledger, witness, "witness")
    if witness.last_sequence > segments[-1].last_sequence:
        raise _broken("the chain ends before the head that a witness kept", where)
    query = select(chain_records.c.record_hash).where(chain_records.c.sequence == witness.last_sequence)
    known = connection.execute(query).scalar_one_or_none()
    if known is not None and known != witness.last_hash:
        raise _broken("the chain is not the one whose head a witness kept", where)


def _check_signature(ledger: Ledger, checkpoint: Checkpoint, where: str) -> None:
    if not ledger.keys.signed(replace(checkpoint, signature="").message(ledger.ledger_id), checkpoint.signature):
        raise _broken("a signature doesn't fit", where)


def _broken(what: str, where: str) -> ChainBrokenError:
    return ChainBrokenError(
        f"the audit chain is broken: {what}",
        where=where,
        remedy="keep this ledger as it is, restore a backup beside it, and find out who can write to its database",
    )
