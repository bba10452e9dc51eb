"""ART7-REPLY-GDPR: a controller answers a data subject within a month, or three if it says why in time (GDPR art. 12(3)).

Title 2 says without undue delay: there the month is our target, and a warning follows. Both this clock and that of the
prosecutor (ART7-REPLY-3M) may run for one request.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from discretio.domain.judgements.answers import (
    Circumstances,
    UnjudgeableError,
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
from discretio.domain.judgements.rights.reasons import Reason
from discretio.domain.outcomes import Judgement
from discretio.law.authorities import Regime
from discretio.law.periods import Period

RULE_ID = "ART7-REPLY-GDPR"


@dataclass(frozen=True, slots=True)
class Facts:
    """One request.

    Attributes:
        regime: GDPR, T2 or T3: that of the controller to whom it is addressed.
        received_at: when it was received.
        extension_notified_at: when the person was told that it takes longer.
        extension_reason: why.
        replied_at: when it was answered.
    """

    regime: str | None = None
    received_at: datetime | None = None
    extension_notified_at: datetime | None = may_lack("nobody extended it")
    extension_reason: str | None = may_lack("nobody said why, so that it isn't extended")
    replied_at: datetime | None = may_lack("it isn't answered")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """Answered within the month, or within three if the person was told why within the first."""
    if known(facts.regime, "regime") not in (Regime.GDPR, Regime.T2):
        return does_not_apply(Reason.ANSWER_NOT_ASKED)
    received = day(known(facts.received_at, "received_at"))
    if received > under.as_of:
        return does_not_apply(Reason.RECEIVED_AFTER_REFERENCE_DATE)
    deadline = deadline_of(facts, under)
    if facts.replied_at is not None and day(facts.replied_at) < received:
        raise UnjudgeableError(Reason.ANSWERED_BEFORE_RECEIPT)
    is_answered = facts.replied_at is not None and day(facts.replied_at) <= under.as_of
    ended = day(facts.replied_at) if facts.replied_at is not None and is_answered else under.as_of
    if ended > deadline:
        return _late(facts, Reason.ANSWERED_LATE if is_answered else Reason.ANSWER_OVERDUE)
    if is_answered:
        return passes(Reason.ANSWERED_IN_TIME)
    near = under.as_of >= under.term("reply.warn_lead").before(deadline)
    return warns(Reason.ANSWER_DUE_SOON) if near else passes(Reason.ANSWER_NOT_DUE)


def deadline_of(facts: Facts, under: Circumstances) -> date:
    """The last day; two more months count from the receipt too, so that a short month shortens nothing.

    Raises:
        UnjudgeableError: the day of the receipt isn't known, or the policy lacks a term.
    """
    received = day(known(facts.received_at, "received_at"))
    term = under.term("gdpr_reply.term")
    told = facts.extension_notified_at
    if told is None or day(told) > term.after(received) or not filled(facts.extension_reason):
        return term.after(received)
    more = under.term("gdpr_reply.extension")
    return Period(months=term.months + more.months, days=term.days + more.days).after(received)


def _late(facts: Facts, reason: Reason) -> Judgement:
    return fails(reason) if facts.regime == Regime.GDPR else warns(Reason.ANSWER_PAST_TARGET)
