"""ART7-GROUND: a restriction rests on one of five grounds, is necessary and proportionate, and is reviewed (bill art. 7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from discretio.domain.judgements.answers import Circumstances, day, fails, filled, judged, known, passes, warns
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.rights.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "ART7-GROUND"
WIDEST = "5"


@dataclass(frozen=True, slots=True)
class Facts:
    """One restriction.

    Attributes:
        ground: the number of its ground.
        necessity_note: why it is necessary.
        proportionality_note: why it is proportionate.
        decided_at: when it was decided.
        review_at: when it is reviewed.
        fifth_share: the share of the fifth ground among all restrictions of who decided it.
    """

    ground: str | None = may_lack("nobody named one, which is a fault")
    necessity_note: str | None = may_lack("nobody said, which is a fault")
    proportionality_note: str | None = may_lack("nobody said, which is a fault")
    decided_at: datetime | None = None
    review_at: datetime | None = may_lack("nobody set one, which is a fault")
    fifth_share: float | None = may_lack("the store doesn't tell who decided it")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """A ground, both notes and a review within the year; a warning if the widest ground carries most restrictions."""
    fault = _fault(facts, under)
    if fault is not None:
        return fails(fault)
    limit = under.number("restriction.ground5_share_warn")
    often = facts.ground == WIDEST and facts.fifth_share is not None and facts.fifth_share > limit
    return warns(Reason.FIFTH_GROUND_TOO_OFTEN) if often else passes(Reason.RESTRICTION_REASONED)


def _fault(facts: Facts, under: Circumstances) -> Reason | None:
    if facts.ground not in under.words("restriction.grounds"):
        return Reason.NO_GROUND_OF_RESTRICTION
    if not filled(facts.necessity_note):
        return Reason.RESTRICTION_WITHOUT_NECESSITY
    if not filled(facts.proportionality_note):
        return Reason.RESTRICTION_WITHOUT_PROPORTIONALITY
    latest = under.term("restriction.review_within").after(day(known(facts.decided_at, "decided_at")))
    late = facts.review_at is None or day(facts.review_at) > latest
    return Reason.RESTRICTION_NOT_REVIEWED_IN_TIME if late else None
