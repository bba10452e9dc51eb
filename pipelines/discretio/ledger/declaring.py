"""Recording a declaration: whose it is to make, and whether the giver's enrolment is confirmed (`confirmations.py`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert

from discretio.domain.approvals import Role
from discretio.ledger.audit_chain import append, canonical, lock_chain
from discretio.ledger.confirmations import require_standing
from discretio.ledger.connection import Ledger
from discretio.ledger.declaration_tables import declarations as table
from discretio.ledger.declarations import RECORDED, Declaration
from discretio.ledger.people import person_in
from discretio.ledger.signatures import check_moment, check_signature, refused


@dataclass(frozen=True, slots=True)
class Entitled:
    """Who may declare something: one of these roles, for one of these controllers (None: for whichever).

    Nobody does who is an administrator besides; and only a person whose enrolment is confirmed, where a deletion may follow.
    """

    roles: frozenset[Role]
    controllers: frozenset[str] | None = None
    confirmed: bool = False


def declare(ledger: Ledger, declaration: Declaration, entitled: Entitled) -> None:
    """Record what a person states.

    Raises:
        ApprovalError: the signature isn't this person's, or it isn't this person's to state, confirmed or not.
    """
    with ledger.writing() as connection:
        lock_chain(connection)
        known, where = person_in(ledger, connection, declaration.person_id), declaration.subject
        person = check_signature(known, declaration.message(), declaration.signature, where)
        check_moment(ledger, person, declaration.at, where)
        if Role.ADMINISTRATOR in person.roles or not entitled.roles & set(person.roles):
            raise refused("is not its giver's to make in this role", declaration.subject)
        if entitled.controllers is not None and not entitled.controllers & set(person.controller_ids):
            raise refused("is not its giver's to make for this controller", declaration.subject)
        if entitled.confirmed:
            require_standing(ledger, connection, declaration)
        connection.execute(insert(table).values(**_values(declaration), recorded_at=ledger.now()))
        payload = {"declared": declaration.kind, "person_id": declaration.person_id, "signature": declaration.signature}
        append(ledger, connection, RECORDED, payload, subject=declaration.subject)


def _values(declaration: Declaration) -> dict[str, Any]:
    fields = {name: getattr(declaration, name) for name in Declaration.__slots__}
    return fields | {"body": canonical(dict(declaration.body))}
