"""What decides whether a plan may be executed: its population, what was signed about it, by whom, under which policy."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import pandas as pd

from discretio.domain.approvals import Approval, Missing, Person, PlanFacts, missing_approvals
from discretio.domain.standing_mandates import PlannedRules, StandingMandate, mandated_controllers
from discretio.errors import ApprovalError
from discretio.law.policy import ResolvedPolicy
from discretio.ledger.approvals import SignedApproval, approvals
from discretio.ledger.confirmations import standing_people
from discretio.ledger.declarations import Declaration, declared
from discretio.ledger.people import PersonRecord
from discretio.ledger.plans import PlanRecord, plan_items
from discretio.steps.workplace import Workplace

GIVEN, WITHDRAWN = "mandate.standing", "mandate.standing_withdrawn"


@dataclass(frozen=True, slots=True)
class ApprovalFacts:
    """One plan, and what decides on it.

    Attributes:
        plan: its population, requester and policy.
        given: the decisions on it, their signatures verified.
        people: those enrolled and not revoked.
        policy: that of its day.
        mandates: the standing mandates.
        rules: the rules under which it deletes, by controller.
    """

    plan: PlanFacts
    given: tuple[Approval, ...]
    people: tuple[Person, ...]
    policy: ResolvedPolicy
    mandates: tuple[StandingMandate, ...]
    rules: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, place: Workplace, plan: PlanRecord) -> ApprovalFacts:
        """The facts as the ledger holds them.

        Raises:
            ApprovalError: an approval is forged, or one is gone.
        """
        return cls.under(place, plan, rules_by_controller(plan_items(place.ledger, plan.plan_id))).now_in(place)

    @classmethod
    def under(cls, place: Workplace, plan: PlanRecord, rules: Mapping[str, frozenset[str]]) -> ApprovalFacts:
        """What doesn't change about them while the plan runs, with the rules by controller already at hand: nobody approves."""
        facts = PlanFacts(
            plan_id=plan.plan_id,
            root_hash=plan.root_hash,
            requester=plan.requester,
            controllers_concerned=frozenset(rules),
            created_at=plan.created_at,
            policy_sha256=plan.policy_sha256,
        )
        return cls(facts, (), (), place.policy_on(plan.as_of), (), rules)

    def now_in(self, place: Workplace, signed: Sequence[SignedApproval] | None = None) -> ApprovalFacts:
        """The same with what may change while a plan runs read again: decisions, people, mandates; errors as for `of`.

        Args:
            place: the collaborators.
            signed: the decisions, if they were just read under the lock of the plan.
        """
        given = tuple(map(_approval, approvals(place.ledger, self.plan.plan_id) if signed is None else signed))
        enrolled = tuple(_person(one) for one in standing_people(place.ledger))
        return replace(self, given=given, people=enrolled, mandates=tuple(standing_mandates(place)))

    def missing(self, now: datetime) -> tuple[Missing, ...]:
        """What keeps the plan from being executed at that moment, as far as approvals go."""
        return missing_approvals(self.as_mandated(now), self.given, self.people, now, self.policy)

    def as_mandated(self, now: datetime) -> PlanFacts:
        """The plan with the controllers for whom a standing mandate stands in at that moment."""
        return replace(self.plan, mandated=self.mandated(now))

    def mandated(self, now: datetime) -> frozenset[str]:
        """Those controllers."""
        asked = PlannedRules(self.plan.requester, self.plan.created_at, self.rules)
        return mandated_controllers(asked, self.mandates, self.people, now.date())

    def suffice(self, now: datetime) -> bool:
        """Whether nothing does."""
        return not self.missing(now)

    def have_expired(self, now: datetime) -> bool:
        """Whether they sufficed when the last was given, and don't any more."""
        last = max((one.at for one in self.given), default=now)
        return bool(self.given) and last <= now and not self.suffice(now) and self.suffice(last)

    def refuse_dated_ahead(self, now: datetime) -> None:
        """Refuse while an approval lies after this moment: two clocks disagree, and nothing can be said of its age.

        Raises:
            ApprovalError: one does. The plan stays as it is.
        """
        if any(one.at > now for one in self.given):
            raise ApprovalError(
                "an approval is dated after this machine's clock",
                where=self.plan.plan_id,
                remedy="set the clocks of both machines, then run the plan again; nothing was deleted",
            )


def controllers_concerned(place: Workplace, plan_id: str) -> set[str]:
    """The controllers (surrogate ids) whose entries the plan would delete."""
    return set(rules_by_controller(plan_items(place.ledger, plan_id)))


def rules_by_controller(items: pd.DataFrame) -> dict[str, frozenset[str]]:
    """The rules under which a plan of these items would delete something of each controller concerned."""
    found: dict[str, set[str]] = {}
    for row, rule_id in set(zip(items["controllers"], items["rule_id"], strict=True)):
        for controller in json.loads(row):
            found.setdefault(controller, set()).add(rule_id)
    return {controller: frozenset(rules) for controller, rules in found.items()}


def standing_mandates(place: Workplace) -> list[StandingMandate]:
    """Every standing mandate ever given, the first one first.

    Raises:
        ApprovalError: one is forged.
        LedgerError: one is gone.
    """
    said = declared(place.ledger, [GIVEN, WITHDRAWN])
    ended = {one.body["mandate"] for one in said if one.kind == WITHDRAWN}
    return [_mandate(one, withdrawn=one.body["mandate"] in ended) for one in said if one.kind == GIVEN]


def _mandate(said: Declaration, *, withdrawn: bool) -> StandingMandate:
    rules, until = frozenset(said.body["rules"]), date.fromisoformat(said.body["until"])
    return StandingMandate(said.body["mandate"], said.person_id, said.subject, rules, said.at, until, withdrawn)


def _approval(given: SignedApproval) -> Approval:
    return Approval(**{name: getattr(given, name) for name in Approval.__slots__})


def _person(record: PersonRecord) -> Person:
    return Person(record.person_id, frozenset(record.roles), frozenset(record.controller_ids))
