"""Mandates to look outside the stores: a controller's signed word that one place may be searched for copies of one store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import Connection, Row, insert, select, update

from discretio.domain.approvals import Role
from discretio.errors import ApprovalError, UsageError
from discretio.ledger.audit_chain import Payload, append, canonical, moment_text, payloads
from discretio.ledger.connection import Ledger
from discretio.ledger.keys import signature_bytes
from discretio.ledger.locator import forget
from discretio.ledger.people import PersonRecord, person_in
from discretio.ledger.shadow_tables import mandates as table
from discretio.ledger.shadow_tables import shadow_copies, shadow_searches

_RECORDED, _ENDED = "mandate.recorded", "mandate.ended"


@dataclass(frozen=True, slots=True)
class Mandate:
    """A mandate: copies of what this store holds may be looked for at one place, from one day to another, both included.

    `location_id` is the surrogate of the place, `controller_id` of the controller that holds it and gives the mandate.
    `signature` is Ed25519 over `mandate_message`, in hexadecimal. `ended_at` is null while the mandate stands.
    """

    mandate_id: str
    store_id: int
    location_id: str
    controller_id: str
    person_id: str
    role: str
    valid_from: date
    valid_until: date
    given_at: datetime
    signature: str = ""
    ended_at: datetime | None = None

    def covers(self, day: date) -> bool:
        """Whether it lets somebody search on that day."""
        return self.ended_at is None and self.valid_from <= day <= self.valid_until


def mandate_message(mandate: Mandate) -> bytes:
    """The bytes that a person signs: every field but the signature and the end, in canonical JSON."""
    fields: dict[str, object] = asdict(mandate) | {
        "valid_from": mandate.valid_from.isoformat(),
        "valid_until": mandate.valid_until.isoformat(),
        "given_at": moment_text(mandate.given_at),
    }
    del fields["signature"], fields["ended_at"]
    return b"discretio mandate\n" + canonical(fields).encode()


def sign_mandate(mandate: Mandate, private_key: bytes) -> Mandate:
    """The mandate with its signature, by a person's own key (Ed25519, 32 raw bytes)."""
    return replace(mandate, signature=Ed25519PrivateKey.from_private_bytes(private_key).sign(mandate_message(mandate)).hex())


def record_mandate(ledger: Ledger, mandate: Mandate) -> None:
    """Record a mandate.

    Raises:
        UsageError: it ends before it begins.
        ApprovalError: its giver isn't enrolled or is revoked, may not give it, or didn't sign it.
    """
    if mandate.valid_until < mandate.valid_from:
        raise UsageError("a mandate can't end before it begins", remedy="give --from and --until in their order")
    with ledger.writing() as connection:
        person = _check(connection, ledger, mandate)
        if person.revoked_at is not None:
            raise _refused(mandate, "comes from somebody whose enrolment has ended")
        connection.execute(insert(table).values(**asdict(mandate)))
        payload = {"person_id": mandate.person_id, "location_id": mandate.location_id, "signature": mandate.signature}
        append(ledger, connection, _RECORDED, payload, subject=mandate.mandate_id)


def mandate_of(ledger: Ledger, mandate_id: str) -> Mandate:
    """The mandate of that id, its signature verified again.

    Raises:
        UsageError: there is none.
        ApprovalError: it is forged.
    """
    with ledger.reading() as connection:
        row = connection.execute(select(table).where(table.c.mandate_id == mandate_id)).one_or_none()
        if row is None:
            raise UsageError("no mandate of this id is known", where=mandate_id, remedy="discretio shadow list shows them")
        return _verified(ledger, connection, row)


def mandates(ledger: Ledger, store_id: int | None = None) -> list[Mandate]:
    """Every mandate ever given, for one store or all, the oldest first; each signature is verified again."""
    query = select(table).order_by(table.c.given_at, table.c.mandate_id)
    if store_id is not None:
        query = query.where(table.c.store_id == store_id)
    with ledger.reading() as connection:
        return [_verified(ledger, connection, row) for row in connection.execute(query).all()]


def end_mandate(ledger: Ledger, mandate_id: str, person_id: str) -> None:
    """End a mandate before its day: nobody searches under it any more, and where copies were found is forgotten."""
    with ledger.writing() as connection:
        _end(ledger, connection, [mandate_id], person_id)


def end_expired(ledger: Ledger, day: date) -> int:
    """End the mandates whose last day lies before this one; returns how many."""
    over = select(table.c.mandate_id).where(table.c.valid_until < day, table.c.ended_at.is_(None))
    with ledger.reading() as connection:
        expired = list(connection.execute(over).scalars())
    if expired:
        with ledger.writing() as connection:
            _end(ledger, connection, expired, "")
    return len(expired)


def _end(ledger: Ledger, connection: Connection, ids: Sequence[str], person_id: str) -> None:
    for mandate_id in ids:
        ours = (table.c.mandate_id == mandate_id, table.c.ended_at.is_(None))
        if connection.execute(update(table).where(*ours).values(ended_at=ledger.now())).rowcount:
            files = select(shadow_copies.c.file_id).join(shadow_searches)
            found = set(connection.execute(files.where(shadow_searches.c.mandate_id == mandate_id)).scalars())
            forgotten = forget(connection, found)
            payload: Payload = {"person_id": person_id, "forgotten": forgotten}
            append(ledger, connection, _ENDED, payload, subject=mandate_id)


def _verified(ledger: Ledger, connection: Connection, row: Row[Any]) -> Mandate:
    mandate = Mandate(**{name: getattr(row, name) for name in Mandate.__slots__})
    person = _check(connection, ledger, mandate)
    if person.revoked_at is not None and person.revoked_at <= mandate.given_at:
        raise _refused(mandate, "was given after its giver was revoked")
    if mandate.ended_at is None and payloads(connection, _ENDED, mandate.mandate_id):
        raise _refused(mandate, "has ended, and somebody made it stand again")
    return mandate


def _check(connection: Connection, ledger: Ledger, mandate: Mandate) -> PersonRecord:
    """The person who gave it, if it was his to give and carries his signature."""
    person = person_in(ledger, connection, mandate.person_id)
    if person is None:
        raise _refused(mandate, "is not of an enrolled person")
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(person.public_key))
        key.verify(signature_bytes(mandate.signature), mandate_message(mandate))
    except (InvalidSignature, ValueError):
        raise _refused(mandate, "doesn't carry its giver's signature") from None
    if not may_give(person, mandate.role, mandate.controller_id):
        raise _refused(mandate, "is not its giver's to give")
    return person


def may_give(person: PersonRecord, role: str, controller_id: str) -> bool:
    """Whether a person may give a mandate for a controller in this role: who acts for it, or a DPO who isn't another's."""
    if role not in person.roles or Role.ADMINISTRATOR in person.roles:
        return False
    return controller_id in person.controller_ids or (role == Role.DPO and not person.controller_ids)


def _refused(mandate: Mandate, why: str) -> ApprovalError:
    return ApprovalError(
        f"the mandate {why}",
        where=mandate.mandate_id,
        remedy="let an enrolled DPO, or an approver of the controller that holds the place, give it with the personal key",
    )
