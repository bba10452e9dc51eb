"""Who has to approve a deletion, and whether they have (design, promise 3; PIPE-NO-AUTO-DELETE)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from discretio.domain.retention_reasons import Reason
from discretio.errors import ApprovalError
from discretio.law.periods import Period
from discretio.law.policy import ResolvedPolicy

DPO_NON_OBJECTION = "approval.dpo_non_objection"


class Role(StrEnum):
    """What a person is enrolled as."""

    APPROVER = "APPROVER"
    DPO = "DPO"
    ADMINISTRATOR = "ADMINISTRATOR"
    REVIEWER = "REVIEWER"


class Decision(StrEnum):
    """What a person decided. Every other word stops the plan as REFUSED does."""

    APPROVED = "APPROVED"
    NO_OBJECTION = "NO_OBJECTION"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"


@dataclass(frozen=True, slots=True)
class Person:
    """One enrolled person: the roles held, and the controllers (surrogate ids) for which."""

    person_id: str
    roles: frozenset[str]
    controllers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What of a plan the approvals have to fit: its exact population by root hash, and the policy it was made under.

    `mandated`: the controllers for whose approval a standing mandate stands in (`standing_mandates`).
    """

    plan_id: str
    root_hash: str
    requester: str
    controllers_concerned: frozenset[str]
    created_at: datetime
    policy_sha256: str
    mandated: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Approval:
    """One decision on one plan, by one person in one role, for one controller (None: the DPO's)."""

    plan_id: str
    root_hash: str
    person_id: str
    role: str
    controller_id: str | None
    decision: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that keeps a plan from being approved; the controller (surrogate id) whose approver is missing, if one is."""

    reason: Reason
    controller_id: str | None = None


_MESSAGES = {
    Reason.APPROVER_MISSING: ("An approver of a controller concerned has not approved.", "Ask that controller's approver."),
    Reason.SECOND_PERSON_MISSING: ("Only one person stands behind this plan.", "Ask a second, other approver."),
    Reason.NO_CONTROLLER_CONCERNED: ("The plan concerns no known controller.", "Find out who introduced the entries."),
    Reason.REFUSED_OR_WITHDRAWN: ("Somebody refused this plan, or withdrew an approval.", "Make a new plan."),
    Reason.APPROVAL_IN_THE_FUTURE: ("An approval bears a date that is still to come.", "Check the clocks; approve again."),
    Reason.POLICY_CHANGED: ("The policy changed since the plan was made.", "Make a new plan."),
    Reason.VALIDITY_NOT_SET: ("The policy doesn't say how long an approval is valid.", "Set approval.validity in the policy."),
}


def check_approvals(
    plan: PlanFacts, approvals: Iterable[Approval], people: Iterable[Person], now: datetime, policy: ResolvedPolicy
) -> None:
    """Make sure that the plan may be executed as far as approvals go.

    Raises:
        ApprovalError: something is missing; the message names the plan and no person.
    """
    missing = missing_approvals(plan, approvals, people, now, policy)
    if missing:
        what, remedy = _MESSAGES[missing[0].reason]
        raise ApprovalError(what, where=f"plan {plan.plan_id}", remedy=remedy)


def approvals_stand(
    plan: PlanFacts, approvals: Iterable[Approval], people: Iterable[Person], now: datetime, policy: ResolvedPolicy
) -> bool:
    """Whether the plan may be executed as far as approvals go."""
    return not missing_approvals(plan, approvals, people, now, policy)


def missing_approvals(
    plan: PlanFacts, approvals: Iterable[Approval], people: Iterable[Person], now: datetime, policy: ResolvedPolicy
) -> tuple[Missing, ...]:
    """Everything that keeps the plan from being executed; empty if nothing does.

    What is needed: the approver of every controller concerned or its standing mandate, and at least two persons in all. Those
    who requested the plan or hold ADMINISTRATOR don't count, whatever else they are. The DPO's non-objection makes a second
    person only where every controller concerned adopted that; a mandate makes none. An approval counts for this plan, this
    root hash and `approval.validity` only.
    """
    latest = _latest_decisions(plan, approvals)
    obstacles = _obstacles(plan, latest, now, policy)
    if obstacles:
        return obstacles
    enrolled = _enrolled(plan, people)
    fresh = [approval for approval in latest if _is_fresh(approval, plan, now, policy.period("approval.validity"))]
    approvers = [approval for approval in fresh if _approves(approval, enrolled)]
    seconds = {approval.person_id for approval in approvers}
    if _dpo_counts(plan, policy):
        seconds |= {approval.person_id for approval in fresh if _does_not_object(approval, plan, enrolled)}
    covered = {approval.controller_id for approval in approvers} | plan.mandated
    missing = [Missing(Reason.APPROVER_MISSING, controller) for controller in sorted(plan.controllers_concerned - covered)]
    if len(seconds) < 2:
        missing.append(Missing(Reason.SECOND_PERSON_MISSING))
    return tuple(missing)


def _latest_decisions(plan: PlanFacts, approvals: Iterable[Approval]) -> list[Approval]:
    """The last word of each person in each role for each controller; at the same moment a refusal is the last."""
    latest: dict[tuple[str, str, str | None], Approval] = {}
    mine = [approval for approval in approvals if approval.plan_id == plan.plan_id]
    for approval in sorted(mine, key=lambda one: (_utc(one.at), not _is_positive(one))):
        latest[approval.person_id, approval.role, approval.controller_id] = approval
    return list(latest.values())


def _obstacles(plan: PlanFacts, latest: list[Approval], now: datetime, policy: ResolvedPolicy) -> tuple[Missing, ...]:
    """What no approval can cure."""
    reasons = {
        Reason.POLICY_CHANGED: plan.policy_sha256 != policy.sha256,
        Reason.NO_CONTROLLER_CONCERNED: not plan.controllers_concerned,
        Reason.VALIDITY_NOT_SET: not isinstance(policy.values.get("approval.validity"), Period),
        Reason.REFUSED_OR_WITHDRAWN: not all(_is_positive(approval) for approval in latest),
        Reason.APPROVAL_IN_THE_FUTURE: any(_utc(approval.at) > _utc(now) for approval in latest),
    }
    return tuple(Missing(reason) for reason, stands in reasons.items() if stands)


def _enrolled(plan: PlanFacts, people: Iterable[Person]) -> dict[str, Person]:
    """Those whose decisions count, by id: neither the requester nor anybody who is an administrator in any enrolment."""
    listed = list(people)
    barred = {person.person_id for person in listed if Role.ADMINISTRATOR in person.roles} | {plan.requester}
    return {person.person_id: person for person in listed if person.person_id not in barred}


def _is_positive(approval: Approval) -> bool:
    return approval.decision in (Decision.APPROVED, Decision.NO_OBJECTION)


def _is_fresh(approval: Approval, plan: PlanFacts, now: datetime, validity: Period) -> bool:
    """Given for this population, after the plan was made, and not longer ago than approvals are valid."""
    at = _utc(approval.at)
    same = approval.root_hash == plan.root_hash and at >= _utc(plan.created_at)
    return same and _utc(now).date() <= validity.after(at.date())


def _approves(approval: Approval, enrolled: dict[str, Person]) -> bool:
    """Whether it is the approval of an enrolled approver, for a controller that he is enrolled for."""
    person = enrolled.get(approval.person_id)
    if person is None or approval.role != Role.APPROVER or approval.decision != Decision.APPROVED:
        return False
    return Role.APPROVER in person.roles and approval.controller_id in person.controllers


def _does_not_object(approval: Approval, plan: PlanFacts, enrolled: dict[str, Person]) -> bool:
    """Whether it is the non-objection of an enrolled DPO, of a controller concerned if he is enrolled for some only."""
    person = enrolled.get(approval.person_id)
    if person is None or approval.role != Role.DPO or Role.DPO not in person.roles:
        return False
    return not person.controllers or bool(person.controllers & plan.controllers_concerned)


def _dpo_counts(plan: PlanFacts, policy: ResolvedPolicy) -> bool:
    """Whether every controller concerned adopted the DPO's non-objection: ADOPTED for all of them, or the list of those."""
    adopted = policy.values.get(DPO_NON_OBJECTION)
    if isinstance(adopted, tuple):
        return plan.controllers_concerned <= set(adopted)
    return adopted is True or adopted == "ADOPTED"


def _utc(moment: datetime) -> datetime:
    """The moment in UTC; one without a zone is in UTC, as the ledger writes it."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
