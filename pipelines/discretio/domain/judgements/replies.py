"""ART7-REPLY-3M: the prosecutor answers a request of an interested person within three months (bill art. 7).

From the request if its date is known, else from its receipt; no extension for a weekend. A refusal is a reply, a holding letter
isn't. A request sent to another participant keeps its clock: it starts at the first public addressee.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from discretio.domain.judgements.answers import (
    Circumstances,
    UnjudgeableError,
    does_not_apply,
    fails,
    judged,
    known,
    passes,
    warns,
)
from discretio.domain.judgements.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "ART7-REPLY-3M"
RECEIPT = "RECEIPT"


@dataclass(frozen=True, slots=True)
class Facts:
    """One request.

    Attributes:
        request_date: the date that the request bears; None if the store doesn't tell.
        received_at: when it was received; None if the store doesn't tell.
        replied_at: when it was answered; None if it wasn't.
    """

    request_date: datetime | None = None
    received_at: datetime | None = None
    replied_at: datetime | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """Answered by the deadline; a warning when the deadline nears without an answer."""
    start = _start(facts, under)
    if start > under.as_of:
        return does_not_apply(Reason.REQUEST_AFTER_REFERENCE_DATE)
    deadline = deadline_of(facts, under)
    if facts.replied_at is not None and facts.replied_at.date() <= under.as_of:
        return _judge_reply(facts.replied_at.date(), start, deadline)
    if under.as_of > deadline:
        return fails(Reason.REPLY_OVERDUE)
    near = under.as_of >= under.term("reply.warn_lead").before(deadline)
    return warns(Reason.REPLY_DUE_SOON) if near else passes(Reason.REPLY_NOT_DUE)


def deadline_of(facts: Facts, under: Circumstances) -> date:
    """The last day for the answer.

    Raises:
        UnjudgeableError: neither date of the request is known, or the policy lacks the term.
    """
    return under.term("reply.term").after(_start(facts, under))


def _start(facts: Facts, under: Circumstances) -> date:
    ranked = (facts.request_date, facts.received_at)
    if under.choice("reply.start") == RECEIPT:
        ranked = (facts.received_at, facts.request_date)
    return known(ranked[0] or ranked[1], "request_date").date()


def _judge_reply(replied: date, start: date, deadline: date) -> Judgement:
    if replied < start:
        raise UnjudgeableError(Reason.REPLY_BEFORE_REQUEST)
    return fails(Reason.REPLIED_LATE) if replied > deadline else passes(Reason.REPLIED_IN_TIME)
