"""ART4-CONSENT: an own copy needs the agreement of the participant who shared the entry (bill art. 4, 2°).

It is the participant's agreement, never GDPR consent of the person concerned. That a withdrawal takes effect after a grace
term is our default: the bill is silent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

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
)
from discretio.domain.judgements.reasons import Reason
from discretio.domain.outcomes import Judgement, Outcome

RULE_ID = "ART4-CONSENT"
_WORST_FIRST = (Outcome.FAIL, Outcome.NOT_CHECKABLE, Outcome.PASS)


@dataclass(frozen=True, slots=True)
class Agreement:
    """One agreement about the entry: who gave it to whom, when, and when it was withdrawn (None if it stands).

    `standing`: whether it was given once for all, in the protocol; `categories`: those that it names then, as bits.
    """

    giver: str | None = None
    receiver: str | None = None
    given_at: datetime | None = None
    withdrawn_at: datetime | None = None
    standing: bool | None = None
    categories: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """One copy of an entry in a participant's own dossier; notes from memory are copies too.

    Attributes:
        holder: who holds the copy; None if the store doesn't tell.
        copied_at: when it was made; None if the store doesn't tell.
        introducers: who introduced the entry; empty if the store doesn't tell.
        agreements: all agreements about this entry.
        categories: those that its author declared, as bits; None if the store doesn't tell.
        own_legal_ground: the holder's own ground for the copy; None or blank if there is none.
    """

    holder: str | None = None
    copied_at: datetime | None = None
    introducers: tuple[str, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    categories: int | None = None
    own_legal_ground: str | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """Every introducer but the holder agreed before the copy, and didn't withdraw longer ago than the grace term."""
    holder = known(facts.holder, "holder")
    introducers = set(known(facts.introducers or None, "introduced_by"))
    if introducers <= {holder}:
        return does_not_apply(Reason.HOLDER_INTRODUCED_IT)
    answers = [_judge_giver(facts, giver, under) for giver in sorted(introducers - {holder})]
    return min(answers, key=lambda answer: _WORST_FIRST.index(answer.outcome))


@judged
def _judge_agreements(case: tuple[datetime, Sequence[Agreement]], under: Circumstances) -> Judgement:
    """The best that the agreements of one introducer can do for this copy."""
    copied_at, agreements = case
    if not agreements:
        return fails(Reason.NO_AGREEMENT)
    in_time = [agreement for agreement in agreements if agreement.given_at is not None and agreement.given_at <= copied_at]
    if any(agreement.withdrawn_at is None for agreement in in_time):
        return passes(Reason.AGREED)
    grace = under.term("own_copy.withdrawal_grace")
    if any(under.as_of <= grace.after(day(agreement.withdrawn_at)) for agreement in in_time if agreement.withdrawn_at):
        return passes(Reason.AGREED_UNTIL_WITHDRAWAL_TAKES_EFFECT)
    if any(agreement.given_at is None for agreement in agreements):
        raise UnjudgeableError(Reason.UNDATED_AGREEMENT)
    return fails(Reason.AGREEMENT_WITHDRAWN if in_time else Reason.AGREEMENT_AFTER_COPY)


def _judge_giver(facts: Facts, giver: str, under: Circumstances) -> Judgement:
    copied_at = known(facts.copied_at, "copied_at")
    given = [one for one in facts.agreements if one.giver == giver and one.receiver == facts.holder and _names(one, facts)]
    answer = _judge_agreements((copied_at, given), under)
    if answer.reason == Reason.AGREEMENT_WITHDRAWN and filled(facts.own_legal_ground):
        return passes(Reason.KEPT_ON_OWN_GROUND)
    return answer


def _names(agreement: Agreement, facts: Facts) -> bool:
    """Whether it covers the entry: one given once for all does if it names the categories of the entry."""
    if not agreement.standing:
        return True
    named = int(agreement.categories or 0)
    return bool(named) and not int(known(facts.categories, "categories")) & ~named
