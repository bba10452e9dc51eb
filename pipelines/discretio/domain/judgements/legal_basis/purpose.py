"""CP458TER-1-PURPOSE: a consultation serves no other purpose than the three of art. 458ter §1, 1° to 3°.

Physical or psychological integrity: either suffices, unless the controller reads the texts that say `and` (A-03).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from discretio.domain.judgements.answers import (
    Circumstances,
    UnjudgeableError,
    fails,
    filled,
    judged,
    known,
    listed,
    passes,
    words_of,
)
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.legal_basis.bases import Basis, fault_on
from discretio.domain.judgements.legal_basis.integrity import INTEGRITY, whole_purpose, whole_purposes
from discretio.domain.judgements.legal_basis.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "CP458TER-1-PURPOSE"
PURPOSES = frozenset({INTEGRITY, "TERRORIST_OFFENCES", "CRIMINAL_ORGANISATION"})


@dataclass(frozen=True, slots=True)
class Reliance:
    """A purpose that entries rely on, and the first day on which one did."""

    purpose: str
    since: date


@dataclass(frozen=True, slots=True)
class Facts:
    """One consultation.

    Attributes:
        purposes: its purposes, | between.
        purpose_text: its purpose in words.
        bases: its bases.
        relied_on: the purposes that its entries rely on.
        entries_without_purpose: whether the store doesn't tell the purpose of one of its entries.
    """

    purposes: str | None = None
    purpose_text: str | None = may_lack("nobody described it")
    bases: tuple[Basis, ...] | None = None
    relied_on: tuple[Reliance, ...] | None = None
    entries_without_purpose: bool | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """At least one purpose, only the three, each named by a basis before the first entry that relies on it."""
    if filled(facts.purpose_text) and not filled(facts.purposes):
        return fails(Reason.PURPOSE_ONLY_IN_WORDS)
    purposes = whole_purposes(listed(facts.purposes, "purposes"), under)
    if not purposes:
        return fails(Reason.NO_PURPOSE)
    if not purposes <= PURPOSES:
        return fails(Reason.OTHER_PURPOSE)
    reliances = _first_days(known(facts.relied_on, "relied_on"))
    if not reliances.keys() <= purposes:
        return fails(Reason.ENTRY_FOR_OTHER_PURPOSE)
    bases = known(facts.bases, "legal_bases")
    if not all(_carried(purpose, bases, reliances.get(purpose, under.as_of), under) for purpose in sorted(purposes)):
        return fails(Reason.PURPOSE_WITHOUT_BASIS)
    if known(facts.entries_without_purpose, "purpose"):
        raise UnjudgeableError(Reason.ENTRY_WITHOUT_PURPOSE)
    return passes(Reason.PURPOSE_GROUNDED)


def _first_days(relied_on: Iterable[Reliance]) -> dict[str, date]:
    """The first day on which an entry relied on each purpose."""
    days: dict[str, date] = {}
    for each in relied_on:
        purpose = whole_purpose(each.purpose)
        days[purpose] = min(each.since, days.get(purpose, each.since))
    return days


def _carried(purpose: str, bases: Sequence[Basis], on: date, under: Circumstances) -> bool:
    naming = [basis for basis in bases if purpose in whole_purposes(words_of(basis.purposes), under)]
    if any(basis.purposes is None for basis in bases) and not naming:
        raise UnjudgeableError(Reason.BASIS_WITHOUT_PURPOSES)
    return fault_on(naming, on) is None
