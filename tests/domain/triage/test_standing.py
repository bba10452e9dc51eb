"""An answer or a decision stands as long as it is about what is there, and not a day longer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discretio.domain.triage.standing import Binding, Event, standing
from discretio.domain.triage.words import Answer, Decision, Dismissal, Lapse, Status

DAY = date(2026, 11, 21)
NOW = Binding("record", "policy", "evidence")
ANSWER = Event(Answer.RIGHT, DAY, NOW)
BINDINGS = st.builds(Binding, *(st.sampled_from([part, "other"]) for part in ("record", "policy", "evidence")))
EVENTS = st.builds(
    Event,
    st.sampled_from([*Answer, *Decision]),
    st.dates(date(2026, 1, 1), DAY),
    BINDINGS,
    until=st.none() | st.dates(date(2026, 6, 1), date(2027, 6, 1)),
)


@pytest.mark.parametrize(
    ("word", "status"),
    [
        (Decision.CONFIRM, Status.CONFIRMED),
        (Decision.DISMISS, Status.DISMISSED),
        (Decision.ACCEPT_RISK, Status.ACCEPTED),
    ],
)
def test_a_decision_survives_as_long_as_nothing_changes(word: Decision, status: Status) -> None:
    assert standing([ANSWER, Event(word, DAY, NOW)], NOW, DAY + timedelta(days=3650)).status is status


@pytest.mark.parametrize(
    ("part", "lapse"),
    [
        ("record", Lapse.RECORD_CHANGED),
        ("policy", Lapse.POLICY_CHANGED),
        ("evidence", Lapse.EVIDENCE_CHANGED),
    ],
)
def test_what_changes_reopens_the_item_and_says_why(part: str, lapse: Lapse) -> None:
    decided = [ANSWER, Event(Decision.DISMISS, DAY, NOW, Dismissal.DUPLICATE)]
    stands = standing(decided, replace(NOW, **{part: "changed"}), DAY)
    assert (stands.status, stands.lapsed, stands.answer) == (Status.OPEN, lapse, None)


def test_a_risk_is_accepted_until_its_day_and_on_it() -> None:
    accepted = [ANSWER, Event(Decision.ACCEPT_RISK, DAY, NOW, until=DAY)]
    assert standing(accepted, NOW, DAY).status is Status.ACCEPTED
    after = standing(accepted, NOW, DAY + timedelta(days=1))
    assert (after.status, after.lapsed) == (Status.ANSWERED, Lapse.TERM_PASSED)


def test_the_last_decision_counts() -> None:
    twice = [Event(Decision.CONFIRM, DAY, NOW), Event(Decision.DISMISS, DAY, NOW)]
    assert standing(twice, NOW, DAY).status is Status.DISMISSED
    assert standing(twice[::-1], NOW, DAY).status is Status.CONFIRMED


def test_a_lapsed_decision_does_not_give_its_place_back_to_an_older_one() -> None:
    older = Event(Decision.DISMISS, DAY, NOW)
    newer = Event(Decision.ACCEPT_RISK, DAY, NOW, until=DAY)
    assert standing([older, newer], NOW, DAY + timedelta(days=1)).status is Status.OPEN


def test_what_the_rule_does_not_find_any_more_is_resolved() -> None:
    assert standing([ANSWER], NOW, DAY, gone=True).status is Status.RESOLVED
    assert standing([], NOW, DAY, gone=True).status is Status.RESOLVED


@given(st.lists(EVENTS, max_size=6))
def test_nothing_is_settled_but_by_a_last_decision_about_what_is_there(events: list[Event]) -> None:
    stands = standing(events, NOW, DAY)
    decisions = [event for event in events if isinstance(event.word, Decision)]
    settled = stands.status in (Status.CONFIRMED, Status.DISMISSED, Status.ACCEPTED)
    last = decisions[-1] if decisions else None
    assert settled == (last is not None and last.bound == NOW and (last.until is None or last.until >= DAY))
    assert not (settled and stands.lapsed)
