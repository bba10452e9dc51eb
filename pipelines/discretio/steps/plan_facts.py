"""What decides whether a plan may be executed: its population, what was signed about it, by whom, under which policy."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from discretio.domain.approvals import Approval, Missing, Person, PlanFacts, missing_approvals
from discretio.law.policy import ResolvedPolicy
from discretio.ledger.approvals import SignedApproval, approvals
from discretio.ledger.people import PersonRecord, people
from discretio.ledger.plans import PlanRecord, plan_items
from discretio.steps.workplace import Workplace


@dataclass(frozen=True, slots=True)
class ApprovalFacts:
    """One plan, the decisions on it (their signatures verified), those enrolled and not revoked, and the policy of its day."""

    plan: PlanFacts
    given: tuple[Approval, ...]
    people: tuple[Person, ...]
    policy: ResolvedPolicy

    @classmethod
    def of(cls, place: Workplace, plan: PlanRecord) -> ApprovalFacts:
        """The facts as the ledger holds them.

        Raises:
            ApprovalError: an approval is forged, or one is gone.
        """
        facts = PlanFacts(
            plan_id=plan.plan_id,
            root_hash=plan.root_hash,
            requester=plan.requester,
            controllers_concerned=frozenset(controllers_concerned(place, plan.plan_id)),
            created_at=plan.created_at,
            policy_sha256=plan.policy_sha256,
        )
        given = tuple(_approval(one) for one in approvals(place.ledger, plan.plan_id))
        enrolled = tuple(_person(one) for one in people(place.ledger) if one.revoked_at is None)
        return cls(facts, given, enrolled, place.policy_on(plan.as_of))

    def missing(self, now: datetime) -> tuple[Missing, ...]:
        """What keeps the plan from being executed at that moment, as far as approvals go."""
        return missing_approvals(self.plan, self.given, self.people, now, self.policy)

    def suffice(self, now: datetime) -> bool:
        """Whether nothing does."""
        return not self.missing(now)

    def have_expired(self, now: datetime) -> bool:
        """Whether they sufficed when the last was given, and don't any more."""
        return bool(self.given) and not self.suffice(now) and self.suffice(max(one.at for one in self.given))


def controllers_concerned(place: Workplace, plan_id: str) -> set[str]:
    """The controllers (surrogate ids) whose entries the plan would delete."""
    return {controller for row in plan_items(place.ledger, plan_id)["controllers"] for controller in json.loads(row)}


def _approval(given: SignedApproval) -> Approval:
    return Approval(**{name: getattr(given, name) for name in Approval.__slots__})


def _person(record: PersonRecord) -> Person:
    return Person(record.person_id, frozenset(record.roles), frozenset(record.controller_ids))
