"""Decide on a plan: each person signs its root hash with his own key; the ledger keeps the signature as the proof."""

from __future__ import annotations

from pathlib import Path

from discretio.domain.approvals import Decision, Missing, Role
from discretio.domain.purge_states import PlanState
from discretio.errors import ApprovalError
from discretio.ledger.approvals import SignedApproval, record_approval, sign_approval
from discretio.ledger.people import PersonRecord
from discretio.ledger.plans import PlanRecord, latest_plans, load_plan
from discretio.steps.people_keys import Signer, signer
from discretio.steps.plan_facts import ApprovalFacts, controllers_concerned
from discretio.steps.plan_states import follow_decision, require_open
from discretio.steps.workplace import Workplace


def approve(place: Workplace, plan_id: str, login: str, key_file: Path, *, decision: str = Decision.APPROVED) -> int:
    """Sign a decision on a plan, for every controller concerned that this person acts for.

    Args:
        place: the collaborators.
        plan_id: the plan.
        login: who signs.
        key_file: his personal key.
        decision: APPROVED, NO_OBJECTION (a DPO), REFUSED or WITHDRAWN.

    Returns:
        How many decisions were signed: one per controller, or one for a person who acts for none.

    Raises:
        ApprovalError: the person may not, the key is not his, or the plan has ended.
    """
    require_open(load_plan(place.ledger, plan_id))
    return decide(place, plan_id, signer(place, login, key_file, where=plan_id), decision)


def decide(place: Workplace, plan_id: str, signing: Signer, decision: str) -> int:
    """The same by who has the key at hand.

    Raises:
        ApprovalError: as for `approve`.
    """
    plan, person = load_plan(place.ledger, plan_id), signing.person
    require_open(plan)
    concerned = sorted(controllers_concerned(place, plan_id) & set(person.controller_ids))
    if not concerned and (person.controller_ids or Role.DPO not in person.roles):
        raise ApprovalError(
            "this plan concerns none of the controllers for whom you act",
            where=plan_id,
            remedy="leave it to those whom it concerns, or have your enrolment corrected",
        )
    scopes: list[str | None] = [*concerned] or [None]
    for controller in scopes:
        unsigned = SignedApproval(
            plan_id=plan_id,
            root_hash=plan.root_hash,
            person_id=person.person_id,
            role=_role(person, decision).value,
            controller_id=controller,
            decision=decision,
            at=place.now(),
        )
        record_approval(place.ledger, sign_approval(unsigned, signing.private_key))
    follow_decision(place, plan_id, decision)
    return len(scopes)


def missing(place: Workplace, plan: PlanRecord) -> tuple[Missing, ...]:
    """What still keeps a plan from being executed, as far as approvals go."""
    return ApprovalFacts.of(place, plan).missing(place.now())


def approved_plans(place: Workplace) -> list[str]:
    """The plans that wait with all their approvals, were interrupted, or still have to be verified; no dry-run-only ones."""
    waiting = [plan for plan in latest_plans(place.ledger) if not plan.dry_run_only]
    ready = (PlanState.APPROVED, PlanState.RUNNING, PlanState.STOPPED, PlanState.DONE)
    fresh = [plan for plan in waiting if plan.state == PlanState.PLANNED and not missing(place, plan)]
    return sorted(plan.plan_id for plan in [*fresh, *(plan for plan in waiting if plan.state in ready)])


def _role(person: PersonRecord, decision: str) -> Role:
    """In which role a person says this: who is a DPO alone also refuses and withdraws as such."""
    if decision == Decision.NO_OBJECTION:
        return Role.DPO
    refuses_as_dpo = decision != Decision.APPROVED and Role.APPROVER not in person.roles
    return Role.DPO if refuses_as_dpo else Role.APPROVER
