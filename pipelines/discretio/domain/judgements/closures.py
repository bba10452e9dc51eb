"""ART2-3-4-CLOSURE-UNKNOWN: the thirty years run from a closure that somebody knows (bill art. 2 §3, 4°).

A dossier that was never closed breaks no cap, but one open for as long as the cap is an alarm about its necessity. Its owner
or organiser closes it; the exit of a participant is no closure, unless the controller has it so (A-21).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from discretio.domain.judgements.answers import (
    Circumstances,
    UnjudgeableError,
    day,
    does_not_apply,
    fails,
    judged,
    known,
    passes,
)
from discretio.domain.judgements.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "ART2-3-4-CLOSURE-UNKNOWN"
ORGANISER = "ORGANISER"
OPEN, CLOSED, DRAFT, PRESIGNAL = "OPEN", "CLOSED", "DRAFT", "PRESIGNAL"


@dataclass(frozen=True, slots=True)
class Facts:
    """One dossier.

    Attributes:
        kind: SHARED, OWN or PRESIGNAL; drafts never close.
        status: OPEN, CLOSED or DRAFT; None if the store doesn't tell.
        opened_at: when it was opened; None if the store doesn't tell.
        closed_at: when it was last closed; None if open or unknown.
        closed_precision: DAY, MONTH, YEAR or UNKNOWN.
        closed_by_organiser: whether its owner or organiser closed it; true where nobody is named, None where somebody is and
            the owner isn't known.
    """

    kind: str | None = None
    status: str | None = None
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    closed_precision: str | None = None
    closed_by_organiser: bool | None = True


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """A closed dossier has a date of closure; an open one is younger than the alarm term."""
    status = known(facts.status, "status")
    if status == DRAFT or facts.kind == PRESIGNAL:
        return does_not_apply(Reason.DRAFT)
    if status == CLOSED:
        unknown = facts.closed_at is None or facts.closed_precision == "UNKNOWN"
        return fails(Reason.CLOSURE_UNKNOWN) if unknown else _closed(facts, under)
    if status != OPEN:
        raise UnjudgeableError(Reason.UNKNOWN_STATUS)
    alarm = under.term("retention.open_alarm").after(day(known(facts.opened_at, "opened_at")))
    return fails(Reason.OPEN_TOO_LONG) if alarm < under.as_of else passes(Reason.OPEN)


def _closed(facts: Facts, under: Circumstances) -> Judgement:
    """A known closure, by whoever may close."""
    if facts.closed_by_organiser is True or under.choice("closure.by") != ORGANISER:
        return passes(Reason.CLOSURE_KNOWN)
    known(facts.closed_by_organiser, "owner")
    return fails(Reason.CLOSED_BY_ANOTHER)
