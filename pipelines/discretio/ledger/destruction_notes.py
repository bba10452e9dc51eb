"""Notes that a dossier on paper was destroyed, under an approved plan, signed by whoever saw it done."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import Connection, insert, select

from discretio.errors import ApprovalError
from discretio.ledger.audit_chain import append, canonical, moment_text
from discretio.ledger.connection import Ledger
from discretio.ledger.keys import signature_bytes
from discretio.ledger.paper_tables import destruction_notes as table
from discretio.ledger.people import PersonRecord, person_in

_NOTED = "paper.destroyed"


@dataclass(frozen=True, slots=True)
class DestructionNote:
    """One dossier's note: under which plan (and population), who says so, on which day it was destroyed, when that was noted.

    `signature` is Ed25519 over `note_message`, in hexadecimal.
    """

    plan_id: str
    dossier_id: str
    root_hash: str
    person_id: str
    destroyed_on: date
    noted_at: datetime
    signature: str = ""


def note_message(note: DestructionNote) -> bytes:
    """The bytes that a person signs: every field but the signature, in canonical JSON."""
    fields = {**asdict(note), "destroyed_on": note.destroyed_on.isoformat(), "noted_at": moment_text(note.noted_at)}
    del fields["signature"]
    return b"discretio destruction note\n" + canonical(fields).encode()


def sign_note(note: DestructionNote, private_key: bytes) -> DestructionNote:
    """The note with its signature, by a person's own key (Ed25519, 32 raw bytes)."""
    return replace(note, signature=Ed25519PrivateKey.from_private_bytes(private_key).sign(note_message(note)).hex())


def record_note(ledger: Ledger, note: DestructionNote) -> None:
    """Record a note. A second one about the same dossier and plan changes nothing.

    Raises:
        ApprovalError: its giver isn't enrolled or is revoked, or didn't sign it.
    """
    with ledger.writing() as connection:
        if _check(ledger, connection, note).revoked_at is not None:
            raise _refused(note, "comes from somebody whose enrolment has ended")
        same = (table.c.plan_id == note.plan_id, table.c.dossier_id == note.dossier_id)
        if connection.execute(select(table.c.person_id).where(*same)).one_or_none() is None:
            connection.execute(insert(table).values(**asdict(note)))
            payload = {"dossier_id": note.dossier_id, "person_id": note.person_id, "signature": note.signature}
            append(ledger, connection, _NOTED, payload, subject=note.plan_id)


def notes_of(ledger: Ledger, plan_id: str) -> list[DestructionNote]:
    """The notes under a plan; every signature is verified again.

    Raises:
        ApprovalError: one is forged.
    """
    columns = [table.c[name] for name in DestructionNote.__slots__]
    query = select(*columns).where(table.c.plan_id == plan_id).order_by(table.c.noted_at, table.c.dossier_id)
    with ledger.reading() as connection:
        found = [DestructionNote(*row) for row in connection.execute(query).all()]
        for note in found:
            _check(ledger, connection, note)
    return found


def _check(ledger: Ledger, connection: Connection, note: DestructionNote) -> PersonRecord:
    person = person_in(ledger, connection, note.person_id)
    if person is None:
        raise _refused(note, "is not of an enrolled person")
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(person.public_key))
        key.verify(signature_bytes(note.signature), note_message(note))
    except (InvalidSignature, ValueError):
        raise _refused(note, "doesn't carry its giver's signature") from None
    return person


def _refused(note: DestructionNote, why: str) -> ApprovalError:
    return ApprovalError(
        f"the destruction note {why}", where=note.dossier_id, remedy="let whoever saw it done sign it with the personal key"
    )
