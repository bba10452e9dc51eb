"""Nobody deletes alone: who has to approve, and whose word doesn't count."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discretio.domain.approvals import (
    Approval,
    Missing,
    Person,
    PlanFacts,
    approvals_stand,
    check_approvals,
    missing_approvals,
)
from discretio.domain.retention_reasons import Reason
from discretio.errors import ApprovalError
from discretio.law.policy import ResolvedPolicy
from domain.made_policy import make_policy

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
POLICY = make_policy()
WITH_DPO = make_policy({"approval.dpo_non_objection": ("police", "welfare")})
PEOPLE = [
    Person("anna", frozenset({"APPROVER"}), frozenset({"police"})),
    Person("bert", frozenset({"APPROVER"}), frozenset({"police"})),
    Person("cleo", frozenset({"APPROVER"}), frozenset({"welfare"})),
    Person("dirk", frozenset({"DPO"})),
    Person("root", frozenset({"ADMINISTRATOR"})),
    Person("both", frozenset({"ADMINISTRATOR", "APPROVER", "DPO"}), frozenset({"police", "welfare"})),
    Person("asks", frozenset({"APPROVER", "DPO"}), frozenset({"police", "welfare"})),
]


def plan(*controllers: str) -> PlanFacts:
    return PlanFacts("plan-1", "r" * 64, "asks", frozenset(controllers), NOW - timedelta(days=10), POLICY.sha256)


def approval(person: str, controller: str | None = "police", **changes: object) -> Approval:
    given_one = Approval("plan-1", "r" * 64, person, "APPROVER", controller, "APPROVED", NOW - timedelta(days=1))
    return replace(given_one, **changes)


def reasons(concerned: PlanFacts, *approvals: Approval, policy: ResolvedPolicy = POLICY) -> list[Reason]:
    return [missing.reason for missing in missing_approvals(concerned, approvals, PEOPLE, NOW, policy)]


def test_two_approvers_of_the_one_controller_are_enough() -> None:
    check_approvals(plan("police"), [approval("anna"), approval("bert")], PEOPLE, NOW, POLICY)
    assert approvals_stand(plan("police"), [approval("anna"), approval("bert")], PEOPLE, NOW, POLICY)


def test_one_approver_of_each_controller_is_enough() -> None:
    assert reasons(plan("police", "welfare"), approval("anna"), approval("cleo", "welfare")) == []


def test_one_person_is_never_enough_even_for_one_controller() -> None:
    assert reasons(plan("police"), approval("anna")) == [Reason.SECOND_PERSON_MISSING]
    assert reasons(plan("police"), approval("anna"), approval("anna", at=NOW)) == [Reason.SECOND_PERSON_MISSING]


def test_every_controller_concerned_has_its_say() -> None:
    missing = missing_approvals(plan("police", "welfare"), [approval("anna"), approval("bert")], PEOPLE, NOW, POLICY)
    assert missing == (Missing(Reason.APPROVER_MISSING, "welfare"),)


def test_an_approver_speaks_for_no_other_controller() -> None:
    assert Reason.APPROVER_MISSING in reasons(plan("welfare"), approval("anna", "welfare"), approval("bert", "welfare"))


@pytest.mark.parametrize("person", ["asks", "root", "both", "nobody", "dirk"])
def test_requester_administrator_stranger_and_dpo_are_no_approvers(person: str) -> None:
    assert reasons(plan("police"), approval("anna"), approval(person)) == [Reason.SECOND_PERSON_MISSING]


def test_an_administrator_in_any_enrolment_is_one_in_all() -> None:
    people = [*PEOPLE, Person("bert", frozenset({"ADMINISTRATOR"}))]
    assert not approvals_stand(plan("police"), [approval("anna"), approval("bert")], people, NOW, POLICY)


def test_the_dpo_makes_a_second_person_only_where_that_was_adopted() -> None:
    no_objection = approval("dirk", None, role="DPO", decision="NO_OBJECTION")
    assert reasons(plan("police"), approval("anna"), no_objection) == [Reason.SECOND_PERSON_MISSING]
    assert reasons(plan("police"), approval("anna"), no_objection, policy=WITH_DPO) == []
    assert reasons(plan("police"), no_objection, policy=WITH_DPO) == [Reason.APPROVER_MISSING, Reason.SECOND_PERSON_MISSING]
    elsewhere = make_policy({"approval.dpo_non_objection": ("welfare",)})
    assert reasons(plan("police"), approval("anna"), no_objection, policy=elsewhere) == [Reason.SECOND_PERSON_MISSING]


def test_a_dpo_of_another_controller_has_no_say() -> None:
    people = [*PEOPLE, Person("emma", frozenset({"DPO"}), frozenset({"welfare"}))]
    no_objection = approval("emma", None, role="DPO", decision="NO_OBJECTION")
    assert not approvals_stand(plan("police"), [approval("anna"), no_objection], people, NOW, WITH_DPO)


@pytest.mark.parametrize("decision", ["REFUSED", "WITHDRAWN", "OBJECTED", ""])
@pytest.mark.parametrize("person", ["bert", "dirk", "cleo"])
def test_a_standing_refusal_or_withdrawal_stops_the_plan(decision: str, person: str) -> None:
    said_no = approval(person, decision=decision, at=NOW - timedelta(hours=1))
    assert reasons(plan("police"), approval("anna"), approval("bert"), said_no) == [Reason.REFUSED_OR_WITHDRAWN]


def test_who_withdrew_can_approve_again_and_at_one_moment_the_withdrawal_counts() -> None:
    again = [approval("bert", decision="WITHDRAWN"), approval("bert", at=NOW)]
    assert reasons(plan("police"), approval("anna"), *again) == []
    together = [approval("bert"), approval("bert", decision="WITHDRAWN")]
    assert reasons(plan("police"), approval("anna"), *together) == [Reason.REFUSED_OR_WITHDRAWN]
    assert reasons(plan("police"), approval("anna"), *reversed(together)) == [Reason.REFUSED_OR_WITHDRAWN]


@pytest.mark.parametrize(
    "changes",
    [
        {"root_hash": "x" * 64},
        {"plan_id": "plan-2"},
        {"at": NOW - timedelta(days=11)},
        {"decision": "NO_OBJECTION"},
        {"controller_id": None},
    ],
)
def test_an_approval_of_something_else_doesnt_count(changes: dict[str, Any]) -> None:
    assert reasons(plan("police"), approval("anna"), approval("bert", **changes)) == [Reason.SECOND_PERSON_MISSING]


def test_an_approval_is_valid_for_thirty_days() -> None:
    old = replace(plan("police"), created_at=NOW - timedelta(days=90))
    assert reasons(old, approval("anna"), approval("bert", at=NOW - timedelta(days=30))) == []
    assert reasons(old, approval("anna"), approval("bert", at=NOW - timedelta(days=31))) == [Reason.SECOND_PERSON_MISSING]


def test_an_approval_from_the_future_stops_the_plan() -> None:
    future = approval("bert", at=NOW + timedelta(seconds=1))
    assert reasons(plan("police"), approval("anna"), future) == [Reason.APPROVAL_IN_THE_FUTURE]


def test_a_moment_without_a_zone_is_in_utc() -> None:
    naive = [approval("anna", at=datetime(2026, 11, 20)), approval("bert", at=datetime(2026, 11, 20))]  # noqa: DTZ001 - the point
    assert reasons(plan("police"), *naive) == []


def test_a_changed_policy_a_missing_validity_and_a_plan_of_nobody_are_refused() -> None:
    both = (approval("anna"), approval("bert"))
    assert reasons(replace(plan("police"), policy_sha256="b" * 64), *both) == [Reason.POLICY_CHANGED]
    assert reasons(plan("police"), *both, policy=make_policy({"approval.validity": None})) == [Reason.VALIDITY_NOT_SET]
    assert reasons(plan(), *both) == [Reason.NO_CONTROLLER_CONCERNED]


def test_the_error_names_the_plan_and_nobody() -> None:
    with pytest.raises(ApprovalError) as refused:
        check_approvals(plan("police"), [approval("anna")], PEOPLE, NOW, POLICY)
    assert "plan-1" in str(refused.value)
    assert refused.value.remedy
    assert not any(person.person_id in str(refused.value) for person in PEOPLE)


APPROVALS = st.builds(
    Approval,
    st.sampled_from(["plan-1", "plan-1", "plan-1", "plan-2"]),
    st.sampled_from(["r" * 64, "r" * 64, "x" * 64]),
    st.sampled_from([person.person_id for person in PEOPLE]),
    st.sampled_from(["APPROVER", "DPO"]),
    st.sampled_from(["police", "welfare", None]),
    st.sampled_from(["APPROVED", "APPROVED", "NO_OBJECTION", "WITHDRAWN"]),
    st.sampled_from([NOW - timedelta(days=days) for days in (-1, 0, 1, 5, 11, 40)]),
)


@given(st.lists(APPROVALS, max_size=6), st.sets(st.sampled_from(["police", "welfare"])), st.booleans())
def test_what_is_accepted_has_two_people_who_are_neither_requester_nor_administrator(
    given_ones: list[Approval], controllers: set[str], dpo_adopted: bool
) -> None:
    policy = WITH_DPO if dpo_adopted else POLICY
    concerned = plan(*controllers)
    if not approvals_stand(concerned, given_ones, PEOPLE, NOW, policy):
        with pytest.raises(ApprovalError):
            check_approvals(concerned, given_ones, PEOPLE, NOW, policy)
        return
    without_them = [one for one in given_ones if one.person_id not in ("asks", "root", "both")]
    assert approvals_stand(concerned, without_them, PEOPLE, NOW, policy)
    assert len({one.person_id for one in without_them if one.plan_id == "plan-1" and one.root_hash == "r" * 64}) >= 2
    assert controllers <= {one.controller_id for one in without_them if one.role == "APPROVER" and one.decision == "APPROVED"}


@given(st.lists(APPROVALS, max_size=6))
def test_the_order_in_which_approvals_are_read_changes_nothing(given_ones: list[Approval]) -> None:
    concerned = plan("police")
    assert missing_approvals(concerned, given_ones, PEOPLE, NOW, POLICY) == missing_approvals(
        concerned, given_ones[::-1], PEOPLE, NOW, POLICY
    )
