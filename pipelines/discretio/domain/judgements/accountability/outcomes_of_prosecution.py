"""BG-ACCURACY: criminal data follow the outcome of the prosecution (GDPR art. 5; law art. 28)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from discretio.domain.judgements.accountability.reasons import Reason
from discretio.domain.judgements.answers import (
    Circumstances,
    day,
    does_not_apply,
    fails,
    judged,
    known,
    passes,
    warns,
)
from discretio.domain.judgements.facts import may_lack
from discretio.domain.outcomes import Judgement
from discretio.law.special_classes import categories_mask

OPEN = "OPEN"
CRIMINAL = categories_mask([9])
FREED = frozenset({"ACQUITTED", "DISMISSED"})

RULE_ID = "BG-ACCURACY"


@dataclass(frozen=True, slots=True)
class Facts:
    """One entry.

    Attributes:
        categories: its declared categories, as bits.
        status: the status of its dossier.
        prosecution_outcome: PENDING, CONVICTED, ACQUITTED or DISMISSED.
        outcome_at: ACQUITTED, DISMISSED: since when.
        corrected_at: when the entry was updated, or its deletion proposed.
        checked_at: when the outcome was last looked up.
    """

    categories: int | None = None
    status: str | None = None
    prosecution_outcome: str | None = None
    outcome_at: datetime | None = None
    corrected_at: datetime | None = may_lack("it wasn't yet")
    checked_at: datetime | None = may_lack("never, which is a fault")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """An acquittal or dismissal is taken into account in time; others are looked up while the dossier is open."""
    if not int(known(facts.categories, "categories")) & CRIMINAL:
        return does_not_apply(Reason.NO_CRIMINAL_DATUM)
    if known(facts.prosecution_outcome, "prosecution_outcome") in FREED:
        return _judge_correction(facts, under)
    if known(facts.status, "status") != OPEN:
        return does_not_apply(Reason.OUTCOME_OF_CLOSED_DOSSIER)
    old = facts.checked_at is None or under.term("prosecution.checked_within").after(day(facts.checked_at)) < under.as_of
    return fails(Reason.OUTCOME_NOT_CHECKED) if old else passes(Reason.OUTCOME_CHECKED)


def _judge_correction(facts: Facts, under: Circumstances) -> Judgement:
    due = under.term("prosecution.corrected_within").after(day(known(facts.outcome_at, "outcome_at")))
    if facts.corrected_at is None:
        return fails(Reason.OUTCOME_IGNORED) if under.as_of > due else warns(Reason.OUTCOME_TO_BE_TAKEN_UP)
    late = day(facts.corrected_at) > due
    return fails(Reason.OUTCOME_TAKEN_UP_LATE) if late else passes(Reason.OUTCOME_TAKEN_UP)
