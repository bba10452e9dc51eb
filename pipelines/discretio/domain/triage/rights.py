"""Who may answer and who may decide: two persons, the first of the participant that introduced, the second without the text."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from discretio.domain.approvals import Person, Role
from discretio.domain.triage.standing import Event
from discretio.domain.triage.words import FALSE_ALARMS, Answer, Decision
from discretio.errors import ApprovalError, UsageError
from discretio.law.periods import Period


@dataclass(frozen=True, slots=True)
class Decided:
    """What the last answer on an item was, and who gave it; nothing if there is none that stands."""

    answer: Answer | None = None
    answered_by: str = ""


def sees(person: Person, controller_id: str | None) -> bool:
    """Whether a person may see an item of a controller.

    A reviewer sees what his own controllers introduced. A data protection officer who is enrolled for controllers sees theirs,
    one who is enrolled for none sees all: ids, answers and codes.
    """
    if Role.DPO in person.roles and not person.controllers:
        return True
    return bool({Role.REVIEWER, Role.DPO} & person.roles) and controller_id in person.controllers


def require_may_answer(person: Person, controller_id: str | None, event: Event) -> None:
    """Refuse an answer that is not this person's to give, or that says too little.

    Raises:
        ApprovalError: the person is no reviewer of the controller that introduced the record.
        UsageError: a false alarm without its reason, or with one that doesn't blame the detector.
    """
    if Role.REVIEWER not in person.roles or controller_id not in person.controllers:
        raise ApprovalError(
            "only a reviewer of the participant that introduced the record may answer",
            remedy="let one of its reviewers answer; discretio people enrol makes one",
        )
    if (event.word is Answer.FALSE_ALARM) != (event.reason is not None):
        raise UsageError("a false alarm, and nothing else, is answered with a reason", remedy=_reasons(FALSE_ALARMS))
    if event.reason is not None and event.reason not in FALSE_ALARMS:
        raise UsageError("this reason is for decisions, not for answers", remedy=_reasons(FALSE_ALARMS))


def require_may_decide(person: Person, event: Event, known: Decided, longest: Period) -> None:
    """Refuse a decision that is not this person's to take, or that its facts don't carry.

    Args:
        person: who decides.
        event: the decision.
        known: the answer that stands.
        longest: how long a risk may be accepted at most.

    Raises:
        ApprovalError: no data protection officer, an administrator, or the one who answered.
        UsageError: a reason, a day or an answer is missing, or doesn't fit.
    """
    if Role.DPO not in person.roles or Role.ADMINISTRATOR in person.roles:
        raise ApprovalError(
            "only a data protection officer may decide, and no administrator", remedy="let an enrolled DPO decide"
        )
    if person.person_id == known.answered_by:
        raise ApprovalError("who answered may not decide too", remedy="let another data protection officer decide")
    _require_fitting(event, known)
    _require_dates(event, longest)


def _require_fitting(event: Event, known: Decided) -> None:
    if (event.word is Decision.DISMISS) != (event.reason is not None):
        raise UsageError("a dismissal, and nothing else, has a reason", remedy="give --reason with DISMISS, and only there")
    if event.reason in FALSE_ALARMS and known.answer is not Answer.FALSE_ALARM:
        raise UsageError(
            "nobody who sees the text has called this a false alarm",
            remedy="let the introducing participant's reviewer answer first, or dismiss for another reason",
        )
    if event.word is not Decision.CONFIRM and (event.assignee or event.due):
        raise UsageError("only what is confirmed is assigned or due", remedy="leave --assign and --due to CONFIRM")
    if (event.word is Decision.ACCEPT_RISK) != (event.until is not None):
        raise UsageError(
            "an accepted risk, and nothing else, has an end", remedy="give --until with ACCEPT_RISK, and only there"
        )


def _require_dates(event: Event, longest: Period) -> None:
    if event.until is not None and not _within(event.until, event.on, longest.after(event.on)):
        raise UsageError(
            "a risk is accepted from today until a day that the policy allows",
            where=event.until.isoformat(),
            remedy=f"choose a day until {longest.after(event.on)}",
        )
    if event.due is not None and event.due < event.on:
        raise UsageError("the due date is over", where=event.due.isoformat(), remedy="choose a day from today on")


def _within(day: date, first: date, last: date) -> bool:
    return first <= day <= last


def _reasons(words: Collection[str]) -> str:
    return f"one of {', '.join(sorted(words))}"
