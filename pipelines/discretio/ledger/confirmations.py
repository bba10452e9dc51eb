"""Confirmed enrolments: what a person signs counts for deletion once another one, who stands already, confirmed who he is.

Whoever enrols persons could otherwise invent two of them and delete alone. The first of all confirmations is a data protection
officer's of himself; after it everyone is confirmed by another. Roles, controllers and key are what is confirmed, so that a
changed enrolment waits for a new confirmation.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from discretio.domain.approvals import Role
from discretio.errors import ApprovalError
from discretio.ledger.connection import Ledger
from discretio.ledger.declarations import Declaration, declared_in
from discretio.ledger.people import PersonRecord, people_in, person_in

CONFIRMED = "ENROLMENT_CONFIRMED"
_Confirmed = dict[str, Mapping[str, Any]]
"""What was last confirmed of each person, by id."""


def enrolment(person: PersonRecord) -> dict[str, object]:
    """What a confirmation is about."""
    return {"roles": list(person.roles), "controllers": list(person.controller_ids), "key": person.public_key}


def standing_people(ledger: Ledger) -> list[PersonRecord]:
    """Everyone whose present enrolment is confirmed and not revoked.

    Raises:
        ApprovalError: a confirmation is forged.
        LedgerError: one isn't what the audit chain tells.
    """
    with ledger.reading() as connection:
        confirmed = _confirmed(ledger, connection)
        return [person for person in people_in(ledger, connection) if _is_confirmed(person, confirmed)]


def require_confirmed(ledger: Ledger, connection: Connection, person: PersonRecord | None, where: str) -> None:
    """Make sure that somebody's present enrolment is confirmed.

    Raises:
        ApprovalError: it isn't.
    """
    if person is None or not _is_confirmed(person, _confirmed(ledger, connection)):
        raise _unconfirmed(where)


def require_standing(ledger: Ledger, connection: Connection, said: Declaration) -> None:
    """Make sure that a declaration is of somebody who stands, and that a confirmation is about an enrolment as it is.

    Raises:
        ApprovalError: it isn't.
    """
    confirmed = _confirmed(ledger, connection)
    giver, about = person_in(ledger, connection, said.person_id), person_in(ledger, connection, said.subject)
    if said.kind == CONFIRMED and (about is None or said.body != enrolment(about)):
        raise ApprovalError(
            "this is not how the person is enrolled", where=said.subject, remedy="discretio people list shows it"
        )
    if said.kind == CONFIRMED and said.person_id == said.subject:
        if not _may_begin(said, confirmed):
            raise ApprovalError(
                "nobody confirms his own enrolment, but the first data protection officer", remedy="let somebody else do it"
            )
    elif giver is None or not _is_confirmed(giver, confirmed):
        raise _unconfirmed(said.subject)


def _is_confirmed(person: PersonRecord, confirmed: _Confirmed) -> bool:
    return person.revoked_at is None and confirmed.get(person.person_id) == enrolment(person)


def _confirmed(ledger: Ledger, connection: Connection) -> _Confirmed:
    """What is confirmed, each by somebody who was confirmed before."""
    found: _Confirmed = {}
    for said in declared_in(ledger, connection, [CONFIRMED]):
        if _may_begin(said, found) or (said.person_id in found and said.person_id != said.subject):
            found[said.subject] = said.body
    return found


def _may_begin(said: Declaration, confirmed: _Confirmed) -> bool:
    return not confirmed and said.person_id == said.subject and Role.DPO in said.body["roles"]


def _unconfirmed(where: str) -> ApprovalError:
    return ApprovalError(
        "nobody has confirmed this person's enrolment, or it changed since",
        where=where,
        remedy="let an officer or an approver who stands confirm it: discretio people confirm",
    )
