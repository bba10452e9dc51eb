"""BG-TRANSPARENCY: whose data were got from others is told, or an exception is recorded (GDPR art. 14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from discretio.domain.judgements.accountability.reasons import Reason
from discretio.domain.judgements.answers import (
    Circumstances,
    day,
    does_not_apply,
    fails,
    filled,
    judged,
    known,
    passes,
    warns,
)
from discretio.domain.judgements.facts import may_lack
from discretio.domain.outcomes import Judgement

RULE_ID = "BG-TRANSPARENCY"
GDPR, SUBJECT = "GDPR", "SUBJECT"


@dataclass(frozen=True, slots=True)
class Facts:
    """One entry.

    Attributes:
        regime: GDPR or T2: under which it is processed.
        role: the role of the person that it is about.
        introduced_at: when it was introduced.
        informed_at: when the person was informed.
        restriction_ref: the exception or restriction that is recorded.
    """

    regime: str | None = None
    role: str | None = None
    introduced_at: datetime | None = None
    informed_at: datetime | None = may_lack("it wasn't yet")
    restriction_ref: str | None = may_lack("there is none")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """Informed within the term, or not for a recorded reason."""
    if known(facts.regime, "regime") != GDPR or known(facts.role, "role") != SUBJECT:
        return does_not_apply(Reason.INFORMATION_NOT_ASKED)
    if filled(facts.restriction_ref):
        return passes(Reason.INFORMATION_RESTRICTED)
    due = under.term("information.within").after(day(known(facts.introduced_at, "introduced_at")))
    if facts.informed_at is None:
        return fails(Reason.NOT_INFORMED) if under.as_of > due else warns(Reason.TO_BE_INFORMED)
    return passes(Reason.INFORMED) if day(facts.informed_at) <= due else fails(Reason.INFORMED_LATE)
