"""What a person may still say about a plan: the page offers that and nothing else, and the ledger asks again."""

from __future__ import annotations

from collections.abc import Sequence

from discretio.domain.approvals import Decision, Role
from discretio.ledger.approvals import is_positive, standing
from discretio.ledger.people import PersonRecord, people, person_id_of
from discretio.steps.deletion_overview import PlanView
from discretio.steps.plan_states import OPEN
from discretio.steps.workplace import Workplace


def open_decisions(place: Workplace, view: PlanView, login: str) -> Sequence[Decision]:
    """The decisions that are this person's to give on a plan now; none for its requester, an administrator or a stranger."""
    person_id = person_id_of(place.ledger, login)
    person = next((one for one in people(place.ledger) if one.person_id == person_id and one.revoked_at is None), None)
    if person is None or not _may_speak(view, person):
        return ()
    given = [one for one in standing(view.signed) if one.person_id == person_id]
    if any(is_positive(one) for one in given):
        return (Decision.WITHDRAWN,)
    return (*_positive(view, person), Decision.REFUSED)


def _may_speak(view: PlanView, person: PersonRecord) -> bool:
    barred = person.person_id == view.plan.requester or Role.ADMINISTRATOR in person.roles
    return not barred and view.plan.state in OPEN and not view.plan.dry_run_only and bool(_positive(view, person))


def _positive(view: PlanView, person: PersonRecord) -> Sequence[Decision]:
    """How a person lets a plan go on: as approver of a controller concerned, or as DPO of one or of all."""
    concerned = not set(view.by_controller).isdisjoint(person.controller_ids)
    speaks = {
        Decision.APPROVED: Role.APPROVER in person.roles and concerned,
        Decision.NO_OBJECTION: Role.DPO in person.roles and (concerned or not person.controller_ids),
    }
    return tuple(decision for decision, may in speaks.items() if may)
