"""What the last runs over a store counted, read from their records: no page counts a million rows anew.

A run's counts stand beside others under "kind:code"; those of a check are "rule:outcome".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from discretio.domain.due_calendar import calendar_ends
from discretio.domain.outcomes import Outcome
from discretio.ledger import counts, runs
from discretio.ledger.connection import Ledger
from discretio.ledger.runs import RunRecord

COVERAGE, UNREAD, DUE, ENDS = "coverage", "unread", "due", "ends"
# How many checks are looked through for the last answer of each rule: one may have asked some rules alone.
_CHECKS = 12
_DONE = "DONE"


@dataclass(frozen=True, slots=True)
class StoreFigures:
    """What is known of one store.

    Attributes:
        scanned: its last scan; None if it was never scanned.
        checked: its last check; None if it was never checked.
        planned: its last planning; None if nothing was ever planned.
        coverage: EXAMINED, PARTLY_EXAMINED, NOT_EXAMINED: n entries.
        unread: reason: n entries or attachments that could not be examined.
        rules: rule: outcome: n scopes.
        dues: status: n terms.
        ends: rule: how many dossiers end within each column of `calendar_ends`; empty if the last plan didn't count them.
    """

    scanned: RunRecord | None
    checked: RunRecord | None
    planned: RunRecord | None
    coverage: Mapping[str, int]
    unread: Mapping[str, int]
    rules: Mapping[str, Mapping[str, int]]
    dues: Mapping[str, int]
    ends: Mapping[str, tuple[int, ...]]


def figures_of(ledger: Ledger, store_id: int) -> StoreFigures:
    """What the last runs over a store counted; what runs of an earlier version didn't is counted now."""
    checks = [run for run in runs.runs(ledger, store_id=store_id, verb="check", limit=_CHECKS) if run.state == _DONE]
    scans = runs.runs(ledger, store_id=store_id, verb="scan", limit=_CHECKS)
    plans = [run for run in runs.runs(ledger, store_id=store_id, verb="plan", limit=_CHECKS) if run.state == _DONE]
    scan = next((run for run in scans if run.state == _DONE), None)
    told = {} if scan is None else scan.counts
    seen = of_scan(ledger, store_id) if scan is None or not _has(told, COVERAGE) else told
    due = _dues(ledger, store_id) if not plans or not _has(plans[0].counts, DUE) else plans[0].counts
    return StoreFigures(
        scanned=next(iter(scans), None),
        checked=next(iter(checks), None),
        planned=next(iter(plans), None),
        coverage=_of_kind(seen, COVERAGE),
        unread=_of_kind(seen, UNREAD),
        rules=_rules(run.counts for run in checks),
        dues=_of_kind(due, DUE),
        ends=_ends(plans[0]) if plans else {},
    )


def of_scan(ledger: Ledger, store_id: int) -> dict[str, int]:
    """What a scan adds to its counts: the coverage of the store, and why the rest of it could not be examined."""
    frames = {COVERAGE: (counts.coverage_counts, "status"), UNREAD: (counts.not_examined_counts, "reason")}
    return {
        name: number
        for kind, (counted, column) in frames.items()
        for name, number in _named(kind, counted(ledger, store_id), column).items()
    }


def of_plan(statuses: Sequence[str], calendar: Mapping[str, tuple[int, ...]]) -> dict[str, int]:
    """What a planning adds to its counts: its terms by status, and how many dossiers end when, by rule and column."""
    dues = {f"{DUE}:{status}": statuses.count(status) for status in sorted(set(statuses))}
    ends = {f"{ENDS}:{rule}:{column}": n for rule, row in calendar.items() for column, n in enumerate(row)}
    return dues | ends


def _rules(checks: Iterable[Mapping[str, int]]) -> dict[str, dict[str, int]]:
    """The last answers of each rule; a rule that a later check left out keeps those of an earlier one."""
    found: dict[str, dict[str, int]] = {}
    for told in checks:
        answered: dict[str, dict[str, int]] = {}
        for name, number in told.items():
            rule, _, outcome = name.rpartition(":")
            if rule and outcome in list(Outcome):
                answered.setdefault(rule, {})[outcome] = number
        found = answered | found
    return found


def _ends(plan: RunRecord) -> dict[str, tuple[int, ...]]:
    columns = range(len(calendar_ends(plan.start.as_of)))
    told = _of_kind(plan.counts, ENDS)
    rules = sorted({name.rpartition(":")[0] for name in told})
    return {rule: tuple(told.get(f"{rule}:{column}", 0) for column in columns) for rule in rules}


def _dues(ledger: Ledger, store_id: int) -> dict[str, int]:
    return _named(DUE, counts.counts_of_store(ledger, store_id, "status"), "status")


def _named(kind: str, frame: pd.DataFrame, column: str) -> dict[str, int]:
    return {f"{kind}:{code}": int(number) for code, number in frame.groupby(column)["n"].sum().items()}


def _of_kind(told: Mapping[str, int], kind: str) -> dict[str, int]:
    return {name.removeprefix(f"{kind}:"): number for name, number in told.items() if name.startswith(f"{kind}:")}


def _has(told: Mapping[str, int], kind: str) -> bool:
    return any(name.startswith(f"{kind}:") for name in told)


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One check of a store: its day, how many scopes gave what, and of how many rules at least one failed."""

    as_of: date
    outcomes: Mapping[str, int]
    failing: int


def trend(ledger: Ledger, store_id: int, most: int = _CHECKS) -> list[TrendPoint]:
    """The last checks of a store, one for each day that was judged, the earliest first."""
    done = [run for run in runs.runs(ledger, store_id=store_id, verb="check", limit=10 * most) if run.state == _DONE]
    by_day = {run.start.as_of: run for run in reversed(done)}
    return [_point(day, _rules([by_day[day].counts])) for day in sorted(by_day)[-most:]]


def _point(day: date, rules: Mapping[str, Mapping[str, int]]) -> TrendPoint:
    sums = {one.value: sum(answers.get(one.value, 0) for answers in rules.values()) for one in Outcome}
    return TrendPoint(day, sums, sum(1 for answers in rules.values() if answers.get(Outcome.FAIL.value)))
