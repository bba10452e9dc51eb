"""How every store stands, at a glance: last runs, what was read, what the rules answered, what falls due. Counts only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from discretio.domain.outcomes import Outcome
from discretio.ledger import counts, runs, stores
from discretio.ledger.runs import RunRecord
from discretio.reporting.vocabulary import SECTIONS, section_of
from discretio.steps.workplace import Workplace


@dataclass(frozen=True, slots=True)
class ThemeState:
    """One theme of the report over one store: how many of its rules gave what at least once, and its worst state."""

    section: str
    failing: int
    warning: int
    unchecked: int
    rules: int

    @property
    def status(self) -> str:
        """The state, in the words of the report's summary."""
        if not self.rules:
            return "NOT_MEASURED"
        told = {"FINDINGS": self.failing, "ATTENTION": self.warning, "PARTLY_CHECKED": self.unchecked}
        return next((status for status, number in told.items() if number), "NO_FINDINGS")


@dataclass(frozen=True, slots=True)
class StoreOverview:
    """One store.

    Attributes:
        name: under which it is registered.
        demo: it holds invented dossiers.
        scanned: its last scan; None if it was never scanned.
        checked: its last check; None if it was never checked.
        coverage: EXAMINED, PARTLY_EXAMINED, NOT_EXAMINED: n entries.
        unread: reason: n entries or attachments that could not be examined.
        themes: every theme but the attestation.
        dues: status: n terms.
    """

    name: str
    demo: bool
    scanned: RunRecord | None
    checked: RunRecord | None
    coverage: Mapping[str, int]
    unread: Mapping[str, int]
    themes: Sequence[ThemeState]
    dues: Mapping[str, int]


def store_overviews(place: Workplace) -> list[StoreOverview]:
    """All registered stores, by name."""
    return [_overview(place, record) for record in sorted(stores.stores(place.ledger), key=lambda record: record.name)]


def rule_counts(place: Workplace, store_name: str) -> dict[str, dict[str, int]]:
    """What every rule answered over a store: rule: outcome: n scopes.

    Raises:
        UsageError: no store has this name.
    """
    frame = counts.counts_of_store(place.ledger, stores.store_named(place.ledger, store_name).store_id, "outcome")
    found: dict[str, dict[str, int]] = {}
    for rule_id, outcome, number in zip(frame["rule_id"], frame["outcome"], frame["n"], strict=True):
        found.setdefault(str(rule_id), {})[str(outcome)] = int(number)
    return found


def _overview(place: Workplace, record: stores.StoreRecord) -> StoreOverview:
    ledger, store_id = place.ledger, record.store_id
    return StoreOverview(
        name=record.name,
        demo=record.demo,
        scanned=next(iter(runs.runs(ledger, store_id=store_id, verb="scan", limit=1)), None),
        checked=next(iter(runs.runs(ledger, store_id=store_id, verb="check", limit=1)), None),
        coverage=_summed(counts.coverage_counts(ledger, store_id), "status"),
        unread=_summed(counts.not_examined_counts(ledger, store_id), "reason"),
        themes=_themes(rule_counts(place, record.name)),
        dues=_summed(counts.counts_of_store(ledger, store_id, "status"), "status"),
    )


def _themes(rules: Mapping[str, Mapping[str, int]]) -> list[ThemeState]:
    return [
        _theme(section, [answers for rule_id, answers in rules.items() if section_of(rule_id) == section])
        for section in SECTIONS[:-1]
    ]


def _theme(section: str, answers: Sequence[Mapping[str, int]]) -> ThemeState:
    def with_some(outcome: Outcome) -> int:
        return sum(1 for answer in answers if answer.get(outcome.value))

    judged = sum(1 for answer in answers if any(answer.get(one.value) for one in Outcome if one is not Outcome.NOT_CHECKABLE))
    return ThemeState(section, with_some(Outcome.FAIL), with_some(Outcome.WARN), with_some(Outcome.NOT_CHECKABLE), rules=judged)


def _summed(frame: pd.DataFrame, kind: str) -> dict[str, int]:
    return {str(code): int(number) for code, number in frame.groupby(kind)["n"].sum().items()}
