"""ART7-REPLY-3M: the prosecutor answers a request of an interested person within three months (bill art. 7).

From the request if its date is known, else from its receipt; no extension for a weekend. A refusal is a reply, a holding letter
isn't. A request sent to another participant is passed on within days and keeps its clock: it starts at the first public
addressee.
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
HOLDING = "HOLDING"


@dataclass(frozen=True, slots=True)
class Facts:
    """One request.

    Attributes:
        request_date: the date that the request bears; None if the store doesn't tell.
        received_at: when it was received; None if the store doesn't tell.
        replied_at: when it was answered; None if it wasn't.
        reply_kind: ANSWER, REFUSAL, RESTRICTION, or HOLDING for a letter that only says that an answer will come; None if the
            store doesn't tell.
        forwarded_at: when the participant that received it passed it on; None if it was sent to the prosecutor directly.
    """

    request_date: datetime | None = None
    received_at: datetime | None = None
    replied_at: datetime | None = None
    reply_kind: str | None = None
    forwarded_at: datetime | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """Answered by the deadline; a warning when the deadline nears without an answer."""
    start = _start(facts, under)
    if start > under.as_of:
        return does_not_apply(Reason.REQUEST_AFTER_REFERENCE_DATE)
    if _passed_on_late(facts, under):
        return fails(Reason.REQUEST_FORWARDED_LATE)
    deadline = deadline_of(facts, under)
    replied = None if facts.reply_kind == HOLDING or facts.replied_at is None else facts.replied_at.date()
    if replied is not None and replied <= under.as_of:
        return _judge_reply(replied, start, deadline)
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


def _passed_on_late(facts: Facts, under: Circumstances) -> bool:
    if facts.forwarded_at is None:
        return False
    latest = under.term("reply.forward_within").after(known(facts.received_at, "received_at").date())
    return facts.forwarded_at.date() > latest


def _start(facts: Facts, under: Circumstances) -> date:
    ranked = (facts.request_date, facts.received_at)
    if under.choice("reply.start") == RECEIPT:
        ranked = (facts.received_at, facts.request_date)
    return known(ranked[0] or ranked[1], "request_date").date()


def _judge_reply(replied: date, start: date, deadline: date) -> Judgement:
    if replied < start:
        raise UnjudgeableError(Reason.REPLY_BEFORE_REQUEST)
    return fails(Reason.REPLIED_LATE) if replied > deadline else passes(Reason.REPLIED_IN_TIME)
