"""Who may say what: the reviewer of the introducer answers, a DPO who didn't answer decides, and nobody does both."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from discretio.domain.approvals import Person
from discretio.domain.triage.rights import Decided, require_may_answer, require_may_decide, sees
from discretio.domain.triage.standing import Binding, Event
from discretio.domain.triage.words import Answer, Decision, Dismissal
from discretio.errors import ApprovalError, DiscretioError, UsageError
from discretio.law.periods import Period

DAY = date(2026, 11, 21)
NOW = Binding("record", "policy", "evidence")
OURS, THEIRS = "CPOLICE", "CWELFARE"
REVIEWER = Person("P1", frozenset({"REVIEWER"}), frozenset({OURS}))
DPO = Person("P2", frozenset({"DPO"}))
BOTH = Person("P3", frozenset({"DPO", "REVIEWER"}), frozenset({OURS}))
YEAR = Period(months=12)
FALSE = Decided(Answer.FALSE_ALARM, REVIEWER.person_id)


def event(word: Answer | Decision, **more: object) -> Event:
    return Event(word, DAY, NOW, **more)  # type: ignore[arg-type] - made by each case


@pytest.mark.parametrize(
    ("person", "controller", "seen"),
    [
        (REVIEWER, OURS, True),
        (REVIEWER, THEIRS, False),
        (REVIEWER, None, False),
        (DPO, THEIRS, True),
        (DPO, None, True),
        (BOTH, THEIRS, False),
        (Person("P4", frozenset({"APPROVER"}), frozenset({OURS})), OURS, False),
        (Person("P5", frozenset({"ADMINISTRATOR"})), OURS, False),
    ],
)
def test_nobody_sees_what_is_not_his(person: Person, controller: str | None, seen: bool) -> None:
    assert sees(person, controller) is seen


@pytest.mark.parametrize(
    ("person", "controller", "given", "refusal"),
    [
        (REVIEWER, THEIRS, event(Answer.RIGHT), ApprovalError),
        (DPO, OURS, event(Answer.RIGHT), ApprovalError),
        (REVIEWER, OURS, event(Answer.FALSE_ALARM), UsageError),
        (REVIEWER, OURS, event(Answer.RIGHT, reason=Dismissal.OTHER_MEANING), UsageError),
        (REVIEWER, OURS, event(Answer.FALSE_ALARM, reason=Dismissal.DUPLICATE), UsageError),
    ],
)
def test_an_answer_of_another_or_without_its_reason_is_refused(
    person: Person, controller: str, given: Event, refusal: type[DiscretioError]
) -> None:
    with pytest.raises(refusal):
        require_may_answer(person, controller, given)


def test_the_reviewer_of_the_introducer_answers() -> None:
    require_may_answer(REVIEWER, OURS, event(Answer.FALSE_ALARM, reason=Dismissal.OTHER_MEANING))
    require_may_answer(REVIEWER, OURS, event(Answer.RIGHT))


@pytest.mark.parametrize(
    ("person", "given", "known", "refusal"),
    [
        (REVIEWER, event(Decision.CONFIRM), Decided(), ApprovalError),
        (Person("P6", frozenset({"DPO", "ADMINISTRATOR"})), event(Decision.CONFIRM), Decided(), ApprovalError),
        (BOTH, event(Decision.CONFIRM), Decided(Answer.RIGHT, BOTH.person_id), ApprovalError),
        (DPO, event(Decision.DISMISS), FALSE, UsageError),
        (DPO, event(Decision.CONFIRM, reason=Dismissal.DUPLICATE), FALSE, UsageError),
        (DPO, event(Decision.DISMISS, reason=Dismissal.OTHER_MEANING), Decided(), UsageError),
        (DPO, event(Decision.DISMISS, reason=Dismissal.OTHER_MEANING), Decided(Answer.RIGHT, "P1"), UsageError),
        (DPO, event(Decision.ACCEPT_RISK), FALSE, UsageError),
        (DPO, event(Decision.ACCEPT_RISK, until=DAY - timedelta(days=1)), FALSE, UsageError),
        (DPO, event(Decision.ACCEPT_RISK, until=date(2027, 11, 22)), FALSE, UsageError),
        (DPO, event(Decision.CONFIRM, until=DAY), FALSE, UsageError),
        (DPO, event(Decision.CONFIRM, due=DAY - timedelta(days=1)), FALSE, UsageError),
        (DPO, event(Decision.DISMISS, reason=Dismissal.DUPLICATE, assignee=OURS), FALSE, UsageError),
    ],
)
def test_a_decision_that_its_facts_dont_carry_is_refused(
    person: Person, given: Event, known: Decided, refusal: type[DiscretioError]
) -> None:
    with pytest.raises(refusal):
        require_may_decide(person, given, known, YEAR)


@pytest.mark.parametrize(
    "given",
    [
        event(Decision.CONFIRM),
        event(Decision.CONFIRM, assignee=OURS, due=DAY),
        event(Decision.DISMISS, reason=Dismissal.OTHER_MEANING),
        event(Decision.DISMISS, reason=Dismissal.DUPLICATE),
        event(Decision.ACCEPT_RISK, until=date(2027, 11, 21)),
    ],
)
def test_a_dpo_decides(given: Event) -> None:
    require_may_decide(DPO, given, FALSE, YEAR)
