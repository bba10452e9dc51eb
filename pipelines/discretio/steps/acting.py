"""Who acts: the enrolled person behind a login, as the rules of the domain know him."""

from __future__ import annotations

from discretio.domain.approvals import Person, Role
from discretio.errors import ApprovalError
from discretio.ledger.people import people, person_id_of
from discretio.steps.workplace import Workplace


def acting(place: Workplace, login: str) -> Person:
    """The person who is enrolled under a login.

    Raises:
        ApprovalError: nobody is, or the enrolment was revoked.
    """
    person_id = person_id_of(place.ledger, login)
    found = next((person for person in people(place.ledger) if person.person_id == person_id), None)
    if found is None or found.revoked_at is not None:
        raise ApprovalError(
            "nobody is enrolled under this login, or not any more",
            remedy="see the login; discretio people enrol enrols who has none",
        )
    return Person(person_id, frozenset(found.roles), frozenset(found.controller_ids))


def scope_of_plans(place: Workplace, login: str) -> frozenset[str] | None:
    """The controllers whose share of plans an enrolled person sees; None for all: a DPO or administrator enrolled for none.

    Raises:
        ApprovalError: nobody is enrolled under this login.
    """
    person = acting(place, login)
    if not person.controllers and person.roles & {Role.DPO, Role.ADMINISTRATOR}:
        return None
    return person.controllers if person.roles - {Role.REVIEWER} else frozenset()


def scope_of(place: Workplace, login: str, *, unbound: bool) -> frozenset[str] | None:
    """The controllers (surrogate ids) whose share a login sees; None for all of them.

    Args:
        place: the collaborators.
        login: who looks.
        unbound: whether his role sees every controller where no enrolment names some. An enrolment confines whatever the role
            says, and one that was revoked leaves nothing to see.
    """
    person_id = person_id_of(place.ledger, login)
    found = next((person for person in people(place.ledger) if person.person_id == person_id), None)
    if found is not None and (found.revoked_at is not None or found.controller_ids):
        return frozenset() if found.revoked_at is not None else frozenset(found.controller_ids)
    return None if unbound else frozenset()
