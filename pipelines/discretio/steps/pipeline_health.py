"""The health of the pipeline: when each verb last ran over each store, how it ended, when the audit chain was verified."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from discretio.ledger import runs, stores
from discretio.ledger.audit_chain import append, last_recorded
from discretio.ledger.chain_verification import ChainReport, verify_chain
from discretio.ledger.connection import Ledger
from discretio.ledger.opening import REVISIONS
from discretio.ledger.runs import RunRecord
from discretio.steps.workplace import Workplace

VERIFIED = "chain.verified"
_VERBS = ("scan", "check", "plan", "report")


@dataclass(frozen=True, slots=True)
class LastRun:
    """The last run of a verb over a store (empty for one over the ledger alone), and how many days ago it began."""

    verb: str
    store: str
    run: RunRecord | None
    days: int | None


@dataclass(frozen=True, slots=True)
class PipelineHealth:
    """Every last run, the migration that the ledger stands at, and when its audit chain was last found whole."""

    last_runs: Sequence[LastRun]
    migration: str
    chain_verified: datetime | None


def pipeline_health(place: Workplace) -> PipelineHealth:
    """How the pipeline does, from the ledger alone."""
    last = [
        _last(place, verb, record.name, record.store_id)
        for record in sorted(stores.stores(place.ledger), key=lambda one: one.name)
        for verb in _VERBS[:-1]
    ]
    return PipelineHealth(
        [*last, _last(place, _VERBS[-1], "", None)],
        REVISIONS[-1],
        last_recorded(place.ledger, VERIFIED, place.ledger.ledger_id),
    )


def verify_and_note(ledger: Ledger) -> ChainReport:
    """Verify the audit chain, and note in it that it was found whole.

    Raises:
        ChainBrokenError: it is not.
    """
    report = verify_chain(ledger)
    with ledger.writing() as connection:
        append(ledger, connection, VERIFIED, {"records": report.records}, subject=ledger.ledger_id)
    return report


def _last(place: Workplace, verb: str, store: str, store_id: int | None) -> LastRun:
    run = next(iter(runs.runs(place.ledger, store_id=store_id, verb=verb, limit=1)), None)
    return LastRun(verb, store, run, None if run is None else (place.now() - run.start.started_at).days)
