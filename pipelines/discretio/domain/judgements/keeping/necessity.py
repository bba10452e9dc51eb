"""ART2-3-4-RETENTION-NECESSITY: no longer than necessary; thirty years are a ceiling, no term (bill art. 2 §3, 4°).

The bill sets no rhythm: the years between reviews are ours.
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
    warns,
)
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.keeping.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "ART2-3-4-RETENTION-NECESSITY"
OPEN, CLOSED = "OPEN", "CLOSED"


@dataclass(frozen=True, slots=True)
class Facts:
    """One dossier.

    Attributes:
        status: OPEN, CLOSED or DRAFT; drafts have a term of their own.
        opened_at: when it was opened.
        closed_at: when it was closed.
        last_activity_at: the last session or entry; None if there was none since the opening.
        reviewed_at: the last review of its necessity; None if there was none.
        needed: what that review said.
    """

    status: str | None = None
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    last_activity_at: datetime | None = may_lack("nothing happened since the opening")
    reviewed_at: datetime | None = may_lack("nobody reviewed it yet")
    needed: bool | None = may_lack("nobody reviewed it, or nobody wrote down the outcome")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """Reviewed once a year while open and every five years after its closure, and gone once it isn't needed."""
    status = known(facts.status, "status")
    if status not in (OPEN, CLOSED):
        return does_not_apply(Reason.NEITHER_OPEN_NOR_CLOSED)
    if facts.reviewed_at is not None and facts.needed is not True:
        return _judge_refusal(facts, under)
    if status == OPEN:
        return _judge_open(facts, under)
    closed = day(known(facts.closed_at, "closed_at"))
    since = max(closed, day(facts.reviewed_at)) if facts.reviewed_at else closed
    late = under.term("necessity_review.closed_within").after(since) < under.as_of
    return fails(Reason.CLOSED_REVIEW_OVERDUE) if late else passes(Reason.STILL_NECESSARY)


def _judge_refusal(facts: Facts, under: Circumstances) -> Judgement:
    """The last review said that it isn't needed any more."""
    if facts.needed is None:
        raise UnjudgeableError(Reason.REVIEW_WITHOUT_OUTCOME)
    due = under.term("retention.necessity_grace").after(day(known(facts.reviewed_at, "reviewed_at")))
    return fails(Reason.KEPT_THOUGH_NOT_NEEDED) if due < under.as_of else warns(Reason.NOT_NEEDED_ANY_MORE)


def _judge_open(facts: Facts, under: Circumstances) -> Judgement:
    opened = day(known(facts.opened_at, "opened_at"))
    since = day(facts.reviewed_at) if facts.reviewed_at else opened
    if under.term("necessity_review.open_within").after(since) < under.as_of:
        return fails(Reason.OPEN_REVIEW_OVERDUE)
    active = day(facts.last_activity_at) if facts.last_activity_at else opened
    idle = under.term("necessity_review.idle").after(active) < under.as_of
    return fails(Reason.CLOSE_OR_JUSTIFY) if idle else passes(Reason.STILL_NECESSARY)
