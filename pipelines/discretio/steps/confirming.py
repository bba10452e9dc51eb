"""Confirm that an enrolment is of whom it says: the second person without whom nobody's word counts for deletion."""

from __future__ import annotations

import hashlib
import hmac

from discretio.domain.approvals import Role
from discretio.errors import ApprovalError
from discretio.ledger.audit_chain import canonical
from discretio.ledger.confirmations import CONFIRMED, enrolment
from discretio.ledger.declarations import Declaration
from discretio.ledger.declaring import Entitled, declare
from discretio.ledger.people import PersonRecord
from discretio.steps.people_keys import Signer, enrolled_person
from discretio.steps.workplace import Workplace

_CONFIRMING = Entitled(frozenset({Role.DPO, Role.APPROVER}), confirmed=True)


def confirm_enrolment(place: Workplace, login: str, public_key: str, who: Signer) -> None:
    """Record that a person is enrolled as he should be.

    Args:
        place: the collaborators.
        login: whose enrolment it is.
        public_key: what that person himself told whoever confirms, by another way than the one who enrolled him.
        who: an officer or an approver whose own enrolment is confirmed; the first officer of all confirms himself.

    Raises:
        ApprovalError: nobody is enrolled under the login, or with another key; or it isn't for this person to confirm.
    """
    person = enrolled_person(place, login, where="")
    if person.public_key != public_key:
        raise ApprovalError(
            "this person is enrolled with another key",
            where=person.person_id,
            remedy="let the person read his own public key to you; if it is this one, somebody enrolled another in his name",
        )
    _confirm(place, person, who)


def confirm_shown(place: Workplace, login: str, shown: str, who: Signer) -> None:
    """The same by who saw the whole enrolment, and compared its key with what the person himself told him.

    Args:
        place: the collaborators.
        login: whose enrolment it is, as whoever confirms knows him: what was shown had an id alone.
        shown: the digest of the enrolment that was shown (`enrolment_digest`).
        who: as above.

    Raises:
        ApprovalError: the login is another person's, or the enrolment changed since; or it isn't for this person to confirm.
    """
    person = enrolled_person(place, login, where="")
    if not hmac.compare_digest(enrolment_digest(person).encode(), shown.encode()):
        raise ApprovalError(
            "this login is not that of the enrolment that was shown, or it changed since",
            remedy="load the page again, and ask the person for the login and the public key",
        )
    _confirm(place, person, who)


def enrolment_digest(person: PersonRecord) -> str:
    """What stands for an enrolment in a form: SHA-256 over its id and all that a confirmation is about, in hexadecimal."""
    return hashlib.sha256(canonical({"person": person.person_id, **enrolment(person)}).encode()).hexdigest()


def _confirm(place: Workplace, person: PersonRecord, who: Signer) -> None:
    said = Declaration(CONFIRMED, person.person_id, enrolment(person), who.person.person_id, place.now())
    declare(place.ledger, said.signed(who.private_key), _CONFIRMING)
