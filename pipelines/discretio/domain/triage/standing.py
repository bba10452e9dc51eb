"""Where an item stands on one day: which answer and which decision still hold, and why an earlier one doesn't."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from discretio.domain.triage.words import Answer, Decision, Dismissal, Lapse, Status


@dataclass(frozen=True, slots=True)
class Binding:
    """What an answer or a decision is about; it lapses as soon as one of the three differs from what stands now.

    Attributes:
        record: hash of the record that was judged.
        policy: hash of the rule and of the values that it reads.
        evidence: hash of what the rule answered, and of the kinds of evidence behind it.
    """

    record: str
    policy: str
    evidence: str

    def lapse(self, now: Binding) -> Lapse | None:
        """What changed since; None if nothing did."""
        if self.record != now.record:
            return Lapse.RECORD_CHANGED
        if self.policy != now.policy:
            return Lapse.POLICY_CHANGED
        return Lapse.EVIDENCE_CHANGED if self.evidence != now.evidence else None


@dataclass(frozen=True, slots=True)
class Event:
    """One answer or one decision.

    Attributes:
        word: an Answer or a Decision.
        on: the day on which it was given.
        bound: what it was about.
        reason: why an item is dismissed, or taken for a false alarm.
        assignee: the controller (surrogate id) who is to act; empty if nobody is named.
        due: until when he is to have acted.
        until: until when a risk is accepted.
    """

    word: Answer | Decision
    on: date
    bound: Binding
    reason: Dismissal | None = None
    assignee: str = ""
    due: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an item stands, the events that say so, and, if it fell open again, why."""

    status: Status
    answer: Event | None = None
    decision: Event | None = None
    lapsed: Lapse | None = None


_DECIDED = {
    Decision.CONFIRM: Status.CONFIRMED,
    Decision.DISMISS: Status.DISMISSED,
    Decision.ACCEPT_RISK: Status.ACCEPTED,
}


def standing(events: Sequence[Event], now: Binding, as_of: date, *, gone: bool = False) -> Standing:
    """Where an item stands.

    Args:
        events: its answers and decisions, in the order in which they were given.
        now: what the item is about today.
        as_of: the day.
        gone: the rule does not find it any more, so that nothing is left to do.

    Returns:
        The standing. Only the last answer and the last decision count, and only as long as they are about what is there.
    """
    answer = _last(events, Answer)
    decision = _last(events, Decision)
    if gone:
        return Standing(Status.RESOLVED, answer, decision)
    lapsed = _lapse(decision, now, as_of) or _lapse(answer, now, as_of)
    answer = answer if _lapse(answer, now, as_of) is None else None
    decision = decision if _lapse(decision, now, as_of) is None else None
    if decision is not None and isinstance(decision.word, Decision):
        return Standing(_DECIDED[decision.word], answer, decision)
    return Standing(Status.ANSWERED if answer else Status.OPEN, answer, None, lapsed)


def _last(events: Sequence[Event], kind: type[Answer] | type[Decision]) -> Event | None:
    return next((event for event in reversed(events) if isinstance(event.word, kind)), None)


def _lapse(event: Event | None, now: Binding, as_of: date) -> Lapse | None:
    if event is None:
        return None
    if event.until is not None and event.until < as_of:
        return Lapse.TERM_PASSED
    return event.bound.lapse(now)
