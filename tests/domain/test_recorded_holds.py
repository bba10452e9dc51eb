"""Where a hold stands after what persons did about it, and who may do what."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discretio.domain.hold_acts import HoldAct, HoldStanding, HoldVerb
from discretio.domain.holds import hold_defects, hold_is_active
from discretio.domain.recorded_holds import RecordedHold, check_dates, check_entitled, check_follows
from discretio.domain.retention_reasons import Reason
from discretio.errors import ApprovalError, UsageError
from discretio.law.policy import ResolvedPolicy

AT = datetime(2026, 11, 21, 12, tzinfo=UTC)
DAY = AT.date()
V = HoldVerb


def act(verb: HoldVerb, person: str, days: int = 0, **sets: date) -> HoldAct:
    return HoldAct(verb, person, AT + timedelta(days=days), **sets)


def hold(*acts: HoldAct) -> RecordedHold:
    return RecordedHold("H", 1, "D", "LITIGATION", frozenset({"C1"}), acts)


PLACED = act(V.PLACE, "anna", until=date(2027, 6, 1))
OPEN = act(V.PLACE, "anna", review=date(2027, 6, 1))


def test_it_holds_from_the_placing_through_its_last_day() -> None:
    found = hold(PLACED).as_hold()
    assert [hold_is_active(found, day) for day in (date(2026, 11, 20), DAY, date(2027, 6, 1), date(2027, 6, 2))] == [
        False, True, True, False,
    ]  # fmt: skip


def test_a_day_is_one_in_brussels() -> None:
    late = HoldAct(V.PLACE, "anna", datetime(2026, 11, 21, 23, 30, tzinfo=UTC))
    assert hold(late).as_hold().from_at == date(2026, 11, 22)


def test_one_person_places_it_and_another_approves_it(policy: ResolvedPolicy) -> None:
    assert hold_defects(hold(PLACED).as_hold(), policy) == (Reason.HOLD_NOT_APPROVED,)
    assert hold_defects(hold(PLACED, act(V.APPROVE, "bert")).as_hold(), policy) == ()
    assert hold_defects(hold(PLACED, act(V.APPROVE, "anna")).as_hold(), policy) == (Reason.HOLD_NOT_APPROVED,)


def test_an_extension_needs_an_approval_of_its_own(policy: ResolvedPolicy) -> None:
    longer = act(V.EXTEND, "bert", 1, until=date(2028, 6, 1))
    extended = hold(PLACED, act(V.APPROVE, "bert"), longer)
    assert extended.as_hold().until_at == date(2028, 6, 1)
    assert hold_defects(extended.as_hold(), policy) == (Reason.HOLD_NOT_APPROVED,)


def test_the_term_to_the_next_review_runs_from_the_last(policy: ResolvedPolicy) -> None:
    reviewed = hold(OPEN, act(V.APPROVE, "bert"), act(V.REVIEW, "bert", 180, review=date(2028, 5, 1)))
    assert hold_defects(reviewed.as_hold(), policy) == ()
    assert hold_defects(replace(reviewed.as_hold(), reviewed_at=None), policy) == (Reason.HOLD_REVIEW_TOO_LATE,)


def test_two_persons_release_it_and_it_holds_through_that_day() -> None:
    released = hold(PLACED, act(V.ASK_RELEASE, "anna", 1), act(V.RELEASE, "bert", 2)).as_hold()
    assert hold_is_active(released, DAY + timedelta(days=2))
    assert not hold_is_active(released, DAY + timedelta(days=3))


@pytest.mark.parametrize(
    "acts",
    [
        (act(V.RELEASE, "bert", 1),),
        (act(V.ASK_RELEASE, "anna", 1),),
        (act(V.ASK_RELEASE, "anna", 1), act(V.RELEASE, "anna", 2)),
        (act(V.ASK_RELEASE, "anna", 1), act(V.REVIEW, "bert", 2), act(V.RELEASE, "bert", 3)),
        (act(V.ASK_RELEASE, "anna", 1), act(V.EXTEND, "bert", 2, until=date(2028, 1, 1)), act(V.RELEASE, "bert", 3)),
    ],
    ids=["not asked", "not confirmed", "one person", "reviewed since", "extended since"],
)
def test_anything_less_releases_nothing(acts: tuple[HoldAct, ...]) -> None:
    assert HoldStanding.after((PLACED, *acts)).released is None


@given(st.lists(st.tuples(st.sampled_from(list(V)), st.sampled_from(["anna", "bert"]))))
def test_whatever_is_done_only_two_persons_release_it(done: list[tuple[HoldVerb, str]]) -> None:
    acts = [act(verb, person, number) for number, (verb, person) in enumerate(done)]
    released = HoldStanding.after([PLACED, *acts]).released
    if released:
        before = acts[: acts.index(released)]
        assert {one.person_id for one in before if one.verb is V.ASK_RELEASE} - {released.person_id}


@pytest.mark.parametrize(
    ("verb", "roles", "acts_for", "allowed"),
    [
        (V.PLACE, {"ADMINISTRATOR"}, (), True),
        (V.PLACE, {"DPO"}, (), True),
        (V.APPROVE, {"DPO"}, (), True),
        (V.APPROVE, {"APPROVER", "ADMINISTRATOR"}, ("C1",), False),
        (V.REVIEW, {"ADMINISTRATOR"}, (), False),
        (V.ASK_RELEASE, {"APPROVER"}, ("C1",), True),
        (V.ASK_RELEASE, {"APPROVER"}, ("C2",), False),
        (V.RELEASE, {"DPO"}, ("C1",), False),
        (V.RELEASE, {"APPROVER", "ADMINISTRATOR"}, ("C1",), False),
        (V.RELEASE, {"APPROVER"}, ("C1", "C2"), True),
    ],
)
def test_anybody_holds_but_only_approvers_concerned_release(
    verb: HoldVerb, roles: set[str], acts_for: tuple[str, ...], allowed: bool
) -> None:
    if allowed:
        check_entitled(verb, roles, acts_for, hold(PLACED))
    else:
        with pytest.raises(ApprovalError):
            check_entitled(verb, roles, acts_for, hold(PLACED))


@pytest.mark.parametrize(
    ("before", "done", "error"),
    [
        ((PLACED,), act(V.APPROVE, "anna"), ApprovalError),
        ((PLACED,), act(V.RELEASE, "bert"), UsageError),
        ((PLACED, act(V.ASK_RELEASE, "anna")), act(V.RELEASE, "anna"), ApprovalError),
        ((PLACED,), act(V.REVIEW, "bert", 300), UsageError),
        ((PLACED, act(V.ASK_RELEASE, "anna"), act(V.RELEASE, "bert")), act(V.EXTEND, "bert"), UsageError),
    ],
    ids=["own approval", "nobody asked", "own confirmation", "ended", "released"],
)
def test_an_act_that_means_nothing_is_refused(before: tuple[HoldAct, ...], done: HoldAct, error: type[Exception]) -> None:
    with pytest.raises(error):
        check_follows(hold(*before), done)


@pytest.mark.parametrize(
    ("before", "done"),
    [
        (None, act(V.PLACE, "anna", until=date(2026, 11, 20))),
        (None, act(V.PLACE, "anna", review=date(2027, 11, 22))),
        ((PLACED,), act(V.EXTEND, "anna", until=date(2027, 6, 1))),
        ((PLACED,), act(V.EXTEND, "anna", until=date(2027, 5, 1))),
        ((OPEN,), act(V.EXTEND, "anna", until=date(2028, 1, 1))),
    ],
    ids=["ends in the past", "reviewed too late", "no longer", "shorter", "without an end"],
)
def test_a_date_that_cant_be_or_that_shortens_a_hold_is_refused(
    before: tuple[HoldAct, ...] | None, done: HoldAct, policy: ResolvedPolicy
) -> None:
    with pytest.raises(UsageError):
        check_dates(hold(*before) if before else None, done, policy)


def test_a_release_is_confirmed_while_its_request_is_fresh(policy: ResolvedPolicy) -> None:
    asked = hold(PLACED, act(V.ASK_RELEASE, "anna"))
    check_dates(asked, act(V.RELEASE, "bert", 30), policy)
    with pytest.raises(ApprovalError, match="too long ago"):
        check_dates(asked, act(V.RELEASE, "bert", 31), policy)
