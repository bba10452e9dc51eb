"""PIPE-NO-AUTO-DELETE: nothing is deleted but with two approvals of exactly that list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from discretio.domain.judgements.answers import (
    Circumstances,
    day,
    does_not_apply,
    fails,
    judged,
    known,
    listed,
    passes,
    words_of,
)
from discretio.domain.judgements.pipeline.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "PIPE-NO-AUTO-DELETE"
NEEDED = 2


@dataclass(frozen=True, slots=True)
class Facts:
    """One purge.

    Attributes:
        dry_run: whether it only tried.
        executed_at: when it ran.
        logical_day: the day for which it ran.
        hold_active: whether a hold stood on something that it took.
        policy_unchanged: whether the policy was the one that was approved.
        approvers: how many persons approved.
        roles: in which roles, | between.
        same_list: whether all approved the list that was purged.
        first_approved_at: the earliest of the approvals.
    """

    dry_run: bool | None = None
    executed_at: datetime | None = None
    logical_day: datetime | None = None
    hold_active: bool | None = None
    policy_unchanged: bool | None = None
    approvers: int | None = None
    roles: str | None = None
    same_list: bool | None = None
    first_approved_at: datetime | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """A purge of today, under the policy and the list approved by two persons in their two roles, lately."""
    if known(facts.dry_run, "dry_run"):
        return does_not_apply(Reason.PURGE_TRIED_ONLY)
    ran = day(known(facts.executed_at, "executed_at"))
    if day(known(facts.logical_day, "logical_day")) < ran:
        return fails(Reason.PURGED_FOR_AN_EARLIER_DAY)
    if known(facts.hold_active, "hold_active"):
        return fails(Reason.PURGED_DESPITE_HOLD)
    if not known(facts.policy_unchanged, "policy_unchanged"):
        return fails(Reason.PURGED_UNDER_OTHER_POLICY)
    fault = _fault_of_approvals(facts, under, ran)
    return passes(Reason.PURGED_WITH_TWO_APPROVALS) if fault is None else fails(fault)


def _fault_of_approvals(facts: Facts, under: Circumstances, ran: date) -> Reason | None:
    if known(facts.approvers, "user_key") < NEEDED:
        return Reason.PURGED_WITHOUT_TWO_APPROVERS
    roles = listed(facts.roles, "role")
    if any(not roles & words_of(either) for either in under.words("approval.roles")):
        return Reason.PURGED_WITHOUT_BOTH_ROLES
    if not known(facts.same_list, "list_sha256"):
        return Reason.PURGED_ANOTHER_LIST
    first = day(known(facts.first_approved_at, "at"))
    old = under.term("approval.validity").after(first) < ran or first > ran
    return Reason.PURGED_WITH_OLD_APPROVAL if old else None
