"""Give, withdraw and read standing mandates; a withdrawal stops the plans under way that rest on it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from discretio.domain.approvals import Decision, Role
from discretio.domain.dues import DELETING_RULES
from discretio.domain.standing_mandates import StandingMandate
from discretio.errors import ApprovalError, UsageError
from discretio.ledger.approvals import SignedApproval, record_approval, sign_approval
from discretio.ledger.connection import server_date
from discretio.ledger.declarations import Declaration
from discretio.ledger.declaring import Entitled, declare
from discretio.ledger.plans import PlanRecord, latest_plans
from discretio.ledger.surrogate_ids import new_id
from discretio.steps.people_keys import Signer
from discretio.steps.plan_facts import GIVEN, WITHDRAWN, ApprovalFacts, standing_mandates
from discretio.steps.plan_states import OPEN, follow_decision
from discretio.steps.workplace import Workplace

_APPROVER = frozenset({Role.APPROVER})


def give_mandate(place: Workplace, controller_id: str, rules: Collection[str], until: date, signer: Signer) -> StandingMandate:
    """Give a standing mandate for a controller.

    Args:
        place: the collaborators.
        controller_id: the controller (surrogate id).
        rules: rules under which something is deleted.
        until: its last day, at most `mandate.validity` from now.
        signer: an approver of that controller.

    Raises:
        UsageError: nothing is deleted under such a rule, or the day can't be.
        ApprovalError: it isn't this person's to give.
    """
    today = server_date(place.ledger)
    unknown = set(rules) - set(DELETING_RULES)
    if unknown or not rules:
        known = ", ".join(DELETING_RULES)
        raise UsageError("nothing is deleted under this rule", where=", ".join(sorted(unknown)), remedy=f"one of {known}")
    latest = place.policy_on(today).period("mandate.validity").after(today)
    if not today <= until <= latest:
        raise UsageError("a standing mandate can't last until then", where=str(until), remedy=f"at most until {latest}")
    mandate_id = new_id("mandate")
    body = {"mandate": mandate_id, "rules": sorted(rules), "until": until.isoformat()}
    said = Declaration(GIVEN, controller_id, body, signer.person.person_id, place.now())
    declare(place.ledger, said.signed(signer.private_key), Entitled(_APPROVER, frozenset({controller_id}), confirmed=True))
    return mandate_of(place, mandate_id)


def withdraw_mandate(place: Workplace, mandate_id: str, signer: Signer) -> int:
    """Take a mandate back, by whoever gave it or another approver of that controller.

    Returns:
        How many plans under way rested on it, and are stopped.

    Raises:
        UsageError: there is no such mandate, or it was withdrawn.
        ApprovalError: it isn't this person's to take back.
    """
    mandate = mandate_of(place, mandate_id)
    if mandate.withdrawn:
        raise UsageError("this mandate was withdrawn before", where=mandate_id)
    resting = [plan for plan in latest_plans(place.ledger) if plan.state in OPEN and _rests(place, plan, mandate)]
    if any(plan.requester == signer.person.person_id for plan in resting):
        raise ApprovalError("you asked for a plan that rests on this mandate", remedy="let another approver withdraw it")
    said = Declaration(WITHDRAWN, mandate.controller_id, {"mandate": mandate_id}, signer.person.person_id, place.now())
    declare(place.ledger, said.signed(signer.private_key), Entitled(_APPROVER, frozenset({mandate.controller_id})))
    for plan in resting:
        _withdrawn_from(place, plan, mandate.controller_id, signer)
    return len(resting)


def _withdrawn_from(place: Workplace, plan: PlanRecord, controller_id: str, signer: Signer) -> None:
    """A withdrawal on the plan itself: a purge looks at its approvals, under the plan's lock, before each batch."""
    unsigned = SignedApproval(
        plan_id=plan.plan_id,
        root_hash=plan.root_hash,
        person_id=signer.person.person_id,
        role=Role.APPROVER.value,
        controller_id=controller_id,
        decision=Decision.WITHDRAWN.value,
        at=place.now(),
    )
    record_approval(place.ledger, sign_approval(unsigned, signer.private_key))
    follow_decision(place, plan.plan_id, Decision.WITHDRAWN)


def mandate_of(place: Workplace, mandate_id: str) -> StandingMandate:
    """The mandate of that id.

    Raises:
        UsageError: there is none.
    """
    found = next((one for one in standing_mandates(place) if one.mandate_id == mandate_id), None)
    if found is None:
        raise UsageError("no mandate of this id is known", where=mandate_id, remedy="discretio mandate list shows them")
    return found


def _rests(place: Workplace, plan: PlanRecord, mandate: StandingMandate) -> bool:
    facts = ApprovalFacts.of(place, plan)
    others = tuple(one for one in facts.mandates if one.mandate_id != mandate.mandate_id)
    without = replace(facts, mandates=others)
    return mandate.controller_id in facts.mandated(place.now()) - without.mandated(place.now())
