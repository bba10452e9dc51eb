"""Give and end mandates: without the signed word of who holds a place, nobody looks there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from discretio.domain.approvals import Role
from discretio.errors import ApprovalError, UsageError
from discretio.ledger import locator, stores
from discretio.ledger.connection import server_date
from discretio.ledger.mandates import Mandate, end_expired, end_mandate, may_give, record_mandate, sign_mandate
from discretio.ledger.mandates import mandate_of as recorded_mandate
from discretio.ledger.people import PersonRecord, people, person_id_of
from discretio.ledger.surrogate_ids import new_id
from discretio.steps.people_keys import personal_key
from discretio.steps.workplace import Workplace

LOCATION = "location"


@dataclass(frozen=True, slots=True)
class MandateTerms:
    """What a mandate says: for which store, by which controller (surrogate id) that holds the place, on which days."""

    store_name: str
    controller_id: str
    valid_from: date
    valid_until: date


def give_mandate(place: Workplace, target: str, terms: MandateTerms, login: str, key_file: Path) -> Mandate:
    """Sign and record a mandate for one place.

    Args:
        place: the collaborators.
        target: a folder or the URL of one, outside the registered stores.
        terms: what it says.
        login: who gives it.
        key_file: his personal key.

    Raises:
        UsageError: there is no such place or store, or the days are in the wrong order.
        ApprovalError: it isn't this person's to give.
    """
    store_id = stores.store_named(place.ledger, terms.store_name).store_id
    where = place.open_outside(target).locator
    person = _enrolled(place, login)
    location_id = locator.surrogates(place.ledger, store_id, LOCATION, [where])[where]
    mandate = Mandate(
        mandate_id=new_id("mandate"),
        store_id=store_id,
        location_id=location_id,
        controller_id=terms.controller_id,
        person_id=person.person_id,
        role=_role(person, terms.controller_id).value,
        valid_from=terms.valid_from,
        valid_until=terms.valid_until,
        given_at=place.now(),
    )
    signed = sign_mandate(mandate, personal_key(key_file))
    record_mandate(place.ledger, signed)
    return signed


def standing_mandate(place: Workplace, mandate_id: str, target: str) -> Mandate:
    """The mandate of that id, if it covers this place today.

    Raises:
        UsageError: there is none, or it is for another place.
        ApprovalError: it is forged, has ended, or hasn't begun.
    """
    mandate = mandate_of(place, mandate_id)
    if not mandate.covers(server_date(place.ledger)):
        raise ApprovalError(
            "this mandate doesn't stand today", where=mandate_id, remedy="ask for a new one: discretio shadow mandate"
        )
    if locator.natural_keys(place.ledger, [mandate.location_id]).get(mandate.location_id) != target:
        raise UsageError(
            "this mandate is for another place",
            where=mandate_id,
            remedy="name the place as the mandate does",
        )
    return mandate


def mandate_of(place: Workplace, mandate_id: str) -> Mandate:
    """The mandate of that id, once those whose day has passed are ended.

    Raises:
        UsageError: there is none.
        ApprovalError: it is forged.
    """
    end_expired(place.ledger, server_date(place.ledger))
    return recorded_mandate(place.ledger, mandate_id)


def end(place: Workplace, mandate_id: str, login: str) -> None:
    """End a mandate before its day.

    Raises:
        UsageError: there is none.
        ApprovalError: this person couldn't have given it.
    """
    mandate, person = mandate_of(place, mandate_id), _enrolled(place, login)
    if not any(may_give(person, role, mandate.controller_id) for role in person.roles):
        raise ApprovalError("this mandate is not yours to end", where=mandate_id, remedy="ask whoever gave it")
    end_mandate(place.ledger, mandate_id, person.person_id)


def _enrolled(place: Workplace, login: str) -> PersonRecord:
    person_id = person_id_of(place.ledger, login)
    found = next((person for person in people(place.ledger) if person.person_id == person_id), None)
    if found is None or found.revoked_at is not None:
        raise ApprovalError("nobody is enrolled under this login", remedy="discretio people enrol makes a personal key")
    return found


def _role(person: PersonRecord, controller_id: str) -> Role:
    """In which role a person gives it; whoever has none that fits is refused when it is recorded."""
    return next((role for role in (Role.DPO, Role.APPROVER) if may_give(person, role, controller_id)), Role.APPROVER)
