"""Every verb leaves a record of how it ended, also when it broke off."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from discretio.errors import LedgerError
from discretio.law.policy import ResolvedPolicy
from discretio.ledger import runs
from discretio.steps.workplace import Workplace

DONE, FAILED = "DONE", "FAILED"


@dataclass(frozen=True, slots=True)
class OpenRun:
    """A run that goes on: its id, and the counts that it will end with."""

    run_id: str
    counts: dict[str, int] = field(default_factory=dict)


@contextmanager
def recorded_run(place: Workplace, policy: ResolvedPolicy, verb: str, store_id: int | None) -> Iterator[OpenRun]:
    """Record a run from its start to its end: DONE, or FAILED if anything is raised."""
    run = OpenRun(runs.start_run(place.ledger, runs.RunStart.under(policy, verb, store_id, place.now())))
    with failing_is_recorded(place, run.run_id):
        yield run
    runs.finish_run(place.ledger, run.run_id, DONE, run.counts, place.now())


@contextmanager
def failing_is_recorded(place: Workplace, run_id: str) -> Iterator[None]:
    """Record a run as FAILED if anything is raised, an interruption by hand too."""
    try:
        yield
    except BaseException:
        with suppress(LedgerError):  # what broke off is told, not that it could not be recorded
            runs.finish_run(place.ledger, run_id, FAILED, {}, place.now())
        raise
