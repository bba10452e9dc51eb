"""How every store stands, at a glance: last runs, what was read, what the rules answered, what falls due. Counts only."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from discretio.domain.outcomes import Outcome
from discretio.ledger import locator, stores
from discretio.reporting.vocabulary import SECTIONS, section_of
from discretio.steps.share_figures import figures_for
from discretio.steps.standing_figures import StoreFigures
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
        figures: what its last runs counted.
        themes: every theme but the attestation.
    """

    name: str
    demo: bool
    figures: StoreFigures
    themes: Sequence[ThemeState]


def stores_of(place: Workplace, controllers: Collection[str] | None) -> list[stores.StoreRecord]:
    """The registered stores that know any of these controllers (None: every store), by name."""
    known = None if controllers is None else locator.stores_that_know(place.ledger, controllers)
    found = [record for record in stores.stores(place.ledger) if known is None or record.store_id in known]
    return sorted(found, key=lambda record: record.name)


def store_overviews(place: Workplace, controllers: Collection[str] | None = None) -> list[StoreOverview]:
    """Those stores, each with what concerns these controllers (None: everything)."""
    return [_overview(place, record, controllers) for record in stores_of(place, controllers)]


def rule_counts(
    place: Workplace, store_name: str, controllers: Collection[str] | None = None
) -> Mapping[str, Mapping[str, int]]:
    """What every rule answered over a store, about these controllers (None: about all): rule: outcome: n scopes.

    Raises:
        UsageError: no store has this name.
    """
    return figures_for(place.ledger, stores.store_named(place.ledger, store_name).store_id, controllers).rules


def _overview(place: Workplace, record: stores.StoreRecord, controllers: Collection[str] | None) -> StoreOverview:
    figures = figures_for(place.ledger, record.store_id, controllers)
    return StoreOverview(record.name, record.demo, figures, _themes(figures.rules))


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
