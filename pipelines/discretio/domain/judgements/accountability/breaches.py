"""BG-BREACH: a breach is notified within 72 hours, or a human decided otherwise with reasons (GDPR arts 33, 34)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from discretio.domain.judgements.accountability.reasons import Reason
from discretio.domain.judgements.answers import (
    Circumstances,
    fails,
    filled,
    judged,
    known,
    passes,
    warns,
)
from discretio.domain.judgements.facts import may_lack
from discretio.domain.outcomes import Judgement

RULE_ID = "BG-BREACH"
NO_NOTIFICATION = "NO_NOTIFICATION"


@dataclass(frozen=True, slots=True)
class Facts:
    """One breach, for one controller.

    Attributes:
        aware_at: when the controller became aware of it.
        decision: NOTIFY or NO_NOTIFICATION.
        decision_reason: why it isn't notified.
        notified_at: when it was notified.
        delay_reason: why it was notified later.
        host_aware_at: when the host knew.
    """

    aware_at: datetime | None = None
    decision: str | None = may_lack("a human has yet to decide")
    decision_reason: str | None = may_lack("there is none")
    notified_at: datetime | None = may_lack("it wasn't yet")
    delay_reason: str | None = may_lack("there is none")
    host_aware_at: datetime | None = may_lack("it didn't come by a host")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """The host told in time; notified in time, or later with reasons, or not at all with reasons."""
    aware = known(facts.aware_at, "aware_at")
    if facts.host_aware_at is not None and aware > facts.host_aware_at + _hours("breach.host_hours", under):
        return fails(Reason.BREACH_TOLD_LATE_BY_HOST)
    if facts.decision == NO_NOTIFICATION:
        return passes(Reason.BREACH_NOT_NOTIFIED) if filled(facts.decision_reason) else fails(Reason.BREACH_WITHOUT_REASONS)
    due = aware + _hours("breach.notify_hours", under)
    if facts.notified_at is None:
        return fails(Reason.BREACH_NOT_NOTIFIED_IN_TIME) if under.as_of > due.date() else warns(Reason.BREACH_TO_BE_DECIDED)
    if facts.notified_at > due and not filled(facts.delay_reason):
        return fails(Reason.BREACH_NOTIFIED_LATE)
    return passes(Reason.BREACH_NOTIFIED)


def _hours(parameter: str, under: Circumstances) -> timedelta:
    return timedelta(hours=under.number(parameter))
