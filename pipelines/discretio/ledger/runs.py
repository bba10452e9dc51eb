"""Runs: which verb ran over which store, as of which day, under which policy, and how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from discretio.errors import LedgerError, UsageError
from discretio.law.policy import ResolvedPolicy
from discretio.ledger.audit_chain import append, canonical
from discretio.ledger.connection import Ledger
from discretio.ledger.scan_tables import runs as table
from discretio.ledger.surrogate_ids import new_id

RUNNING = "RUNNING"
_RECENT = 1_000


@dataclass(frozen=True, slots=True)
class RunStart:
    """What a run sets out to do. `store_id` is None for a run over the ledger alone (a report)."""

    verb: str
    store_id: int | None
    as_of: date
    policy_set_id: str
    policy_version: str
    policy_sha256: str
    started_at: datetime

    @classmethod
    def under(cls, policy: ResolvedPolicy, verb: str, store_id: int | None, started_at: datetime) -> RunStart:
        """The start of a run under a policy, as of the policy's day."""
        return cls(verb, store_id, policy.as_of, policy.policy_set_id, policy.version, policy.sha256, started_at)


@dataclass(frozen=True, slots=True)
class RunRecord:
    """A run: what it set out to do, its state (RUNNING until it ends), its counts, its end."""

    run_id: str
    start: RunStart
    state: str
    counts: Mapping[str, int]
    finished_at: datetime | None


def start_run(ledger: Ledger, start: RunStart) -> str:
    """Record that a run starts; returns its id."""
    run_id = new_id("run")
    values = {name: getattr(start, name) for name in RunStart.__slots__}
    payload = {"verb": start.verb, "store_id": start.store_id, "as_of": start.as_of.isoformat()}
    payload |= {"policy": start.policy_set_id, "version": start.policy_version, "policy_sha256": start.policy_sha256}
    with ledger.writing() as connection:
        connection.execute(insert(table).values(run_id=run_id, state=RUNNING, counts={}, **values))
        append(ledger, connection, "run.started", payload, subject=run_id)
    return run_id


def finish_run(ledger: Ledger, run_id: str, state: str, counts: Mapping[str, int], finished_at: datetime) -> None:
    """Record how a run ended. Saying the same again changes nothing.

    Raises:
        LedgerError: the run is unknown, or has ended otherwise.
    """
    with ledger.writing() as connection:
        ours = table.c.run_id == run_id
        values = {"state": state, "counts": dict(counts), "finished_at": finished_at}
        ended = connection.execute(update(table).where(ours, table.c.state == RUNNING).values(**values)).rowcount
        if ended:
            append(ledger, connection, "run.finished", {"state": state, "counts": canonical(dict(counts))}, subject=run_id)
        elif connection.execute(select(table.c.state).where(ours)).scalar_one_or_none() != state:
            raise LedgerError("this run is unknown or has already ended otherwise", where=run_id, remedy="start a new run")


def run(ledger: Ledger, run_id: str) -> RunRecord:
    """The run of that id.

    Raises:
        UsageError: there is none.
    """
    with ledger.reading() as connection:
        row = connection.execute(select(table).where(table.c.run_id == run_id)).one_or_none()
    if row is None:
        raise UsageError("no run of this id is known", where=run_id, remedy="give the id that the run printed")
    return _record(row)


def runs(ledger: Ledger, *, store_id: int | None = None, verb: str | None = None, limit: int = _RECENT) -> list[RunRecord]:
    """The runs, the last first; of one store, of one verb."""
    query = select(table).order_by(table.c.started_at.desc(), table.c.run_id).limit(limit)
    if store_id is not None:
        query = query.where(table.c.store_id == store_id)
    if verb is not None:
        query = query.where(table.c.verb == verb)
    with ledger.reading() as connection:
        return [_record(row) for row in connection.execute(query)]


def _record(row: Row[Any]) -> RunRecord:
    start = RunStart(**{name: getattr(row, name) for name in RunStart.__slots__})
    return RunRecord(row.run_id, start, row.state, row.counts, row.finished_at)
