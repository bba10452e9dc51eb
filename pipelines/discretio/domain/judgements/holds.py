"""ART2-3-4-HOLD: a hold is reasoned, limited and reviewed, and nobody approves his own.

One that begins when the dossier's term is already over names the law that asks for it. A faulty hold still holds: it bars
deletion until it is released.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from discretio.domain.dues import DueStatus
from discretio.domain.holds import Hold, hold_is_active
from discretio.domain.judgements.answers import Circumstances, day, does_not_apply, fails, judged, known, passes, warns
from discretio.domain.judgements.own_dossier.clocks import closure_of, standing_of
from discretio.domain.judgements.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "ART2-3-4-HOLD"
CAP = "retention.cap"


@dataclass(frozen=True, slots=True)
class Facts:
    """One hold on a dossier.

    Attributes:
        reason: why; None or blank if no reason was given, which is a fault.
        from_at: from when; None if the store doesn't tell.
        until_at: until when; None if it is open.
        review_at: when it is reviewed; None if no review is planned.
        requested_by: who asked for it; None if the store doesn't tell.
        approved_by: who approved it; None if nobody did, which is a fault.
        released_at: when it was released; None if it stands.
        closed_at: when its dossier was closed; None if it is open, or nobody knows.
        closed_precision: DAY, MONTH or YEAR: how precisely that is known.
        names_law: whether it cites a law that asks for it; None if the store doesn't tell.
    """

    reason: str | None = None
    from_at: datetime | None = None
    until_at: datetime | None = None
    review_at: datetime | None = None
    requested_by: str | None = None
    approved_by: str | None = None
    released_at: datetime | None = None
    closed_at: datetime | None = None
    closed_precision: str | None = None
    names_law: bool | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """A reason, an end or a review within a year, two persons; a warning if the review was missed."""
    hold = Hold(from_at=facts.from_at, until_at=facts.until_at, released_at=facts.released_at)
    if not hold_is_active(hold, under.as_of):
        return does_not_apply(Reason.HOLD_NOT_ACTIVE)
    if not (facts.reason or "").strip():
        return fails(Reason.HOLD_WITHOUT_REASON)
    if facts.until_at is None and facts.review_at is None:
        return fails(Reason.HOLD_WITHOUT_END_OR_REVIEW)
    if fault := _fault_of_approval(facts):
        return fails(fault)
    if _set_too_late(facts, under) and not known(facts.names_law, "law_citation"):
        return fails(Reason.HOLD_SET_TOO_LATE_WITHOUT_LAW)
    return passes(Reason.HOLD_IN_ORDER) if facts.until_at else _judge_review(facts, under)


def _fault_of_approval(facts: Facts) -> Reason | None:
    if not facts.approved_by:
        return Reason.HOLD_NOT_APPROVED
    return Reason.HOLD_APPROVED_BY_REQUESTER if facts.approved_by == known(facts.requested_by, "requested_by") else None


def _set_too_late(facts: Facts, under: Circumstances) -> bool:
    """Whether it began after the last lawful day of its dossier: certainly so, where that day isn't known to the day."""
    closed = closure_of(facts.closed_at, facts.closed_precision)
    if CAP not in under.policy.values or closed is None or facts.from_at is None:
        return False
    begun = Circumstances(under.policy, day(facts.from_at))
    return standing_of(closed, under.term(CAP), None, begun) is DueStatus.OVERDUE


def _judge_review(facts: Facts, under: Circumstances) -> Judgement:
    """A hold without an end stands only from review to review."""
    begun, review = day(known(facts.from_at, "from_at")), day(known(facts.review_at, "review_at"))
    if review > under.term("hold.review_within").after(begun):
        return fails(Reason.HOLD_REVIEW_TOO_FAR)
    return warns(Reason.HOLD_REVIEW_OVERDUE) if review < under.as_of else passes(Reason.HOLD_IN_ORDER)
