"""Where a plan stands, as its approvals come, go and run out (domain/purge_states.py says what can follow what)."""

from __future__ import annotations

from contextlib import suppress

from discretio.domain.approvals import Decision, check_approvals
from discretio.domain.purge_states import PlanState
from discretio.errors import ApprovalError, PurgeRefusedError
from discretio.ledger.plans import PlanRecord, load_plan, set_plan_state
from discretio.steps.plan_facts import ApprovalFacts
from discretio.steps.workplace import Workplace

_WAITING = (PlanState.PLANNED, PlanState.APPROVED)
OPEN = (*_WAITING, PlanState.RUNNING)
"""The states in which a decision on a plan still means something."""
_ENDED_BY = {Decision.REFUSED: PlanState.REFUSED, Decision.WITHDRAWN: PlanState.WITHDRAWN}


def require_open(plan: PlanRecord) -> None:
    """Make sure that a decision on the plan still means something.

    Raises:
        ApprovalError: it has ended.
    """
    if plan.state not in OPEN:
        raise ApprovalError(f"the plan is {plan.state}", where=plan.plan_id, remedy="make a new plan")


def follow_decision(place: Workplace, plan_id: str, decision: str) -> None:
    """Move a plan that waits to where a decision on it takes it. One that runs sees the decision before its next batch."""
    plan = load_plan(place.ledger, plan_id)
    reached = _ENDED_BY.get(Decision(decision))
    if reached is None and plan.state == PlanState.PLANNED and ApprovalFacts.of(place, plan).suffice(place.now()):
        reached = PlanState.APPROVED
    if reached is not None and plan.state in _WAITING:
        with suppress(PurgeRefusedError):  # it was set going meanwhile: the decision stands in the ledger, and the run obeys
            set_plan_state(place.ledger, plan_id, plan.state, reached)


def start(place: Workplace, plan: PlanRecord, facts: ApprovalFacts) -> PlanState:
    """Set a plan going, or going again, on what is known of its approvals.

    Returns:
        RUNNING; or STOPPED for a plan that was interrupted and whose approvals don't stand any more, or that was stopping.

    Raises:
        ApprovalError: an approval is missing, forged, withdrawn or expired.
        PurgeRefusedError: the plan has ended.
    """
    state = PlanState(plan.state)
    if state is PlanState.STOPPED:
        return state
    if state not in OPEN:
        raise PurgeRefusedError(f"the plan is {state}", where=plan.plan_id, remedy=_REMEDIES.get(state, "make a new plan"))
    facts.refuse_dated_ahead(place.now())
    if state is PlanState.RUNNING:
        return state if facts.suffice(place.now()) else stop(place, plan.plan_id)
    _require(place, facts, state)
    if state is PlanState.PLANNED:
        set_plan_state(place.ledger, plan.plan_id, PlanState.PLANNED, PlanState.APPROVED)
    set_plan_state(place.ledger, plan.plan_id, PlanState.APPROVED, PlanState.RUNNING)
    return PlanState.RUNNING


def stop(place: Workplace, plan_id: str) -> PlanState:
    """Stop a plan that runs: what was intended is finished, nothing else begun."""
    set_plan_state(place.ledger, plan_id, PlanState.RUNNING, PlanState.STOPPED)
    return PlanState.STOPPED


_REMEDIES = {
    PlanState.DONE: "it has been executed; discretio purge verify certifies it",
    PlanState.VERIFIED: "it has been executed and certified; make a new plan for what came since",
}


def _require(place: Workplace, facts: ApprovalFacts, state: PlanState) -> None:
    now = place.now()
    if facts.have_expired(now):
        set_plan_state(place.ledger, facts.plan.plan_id, state, PlanState.EXPIRED)
        raise ApprovalError(
            "the approvals of this plan are older than an approval is valid", where=facts.plan.plan_id, remedy="make a new plan"
        )
    check_approvals(facts.as_mandated(now), facts.given, facts.people, now, facts.policy)
