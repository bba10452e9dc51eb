"""Enrolled persons: who may approve, for whom, and with which key. Ids only; who is behind an id is for the login to know."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, Row, insert, select, update

from discretio.errors import ApprovalError, LedgerError
from discretio.ledger.audit_chain import append, canonical, moment_text, payloads
from discretio.ledger.connection import Ledger
from discretio.ledger.keys import keyed_hash
from discretio.ledger.purge_tables import people as table
from discretio.ledger.seals import check_seal, seal

_ENROLLED, _REVOKED = "person.enrolled", "person.revoked"
_ID_CHARACTERS = 24


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A person who may act.

    Attributes:
        person_id: keyed hash of the login (`person_id_of`).
        roles: APPROVER, REVIEWER, DPO, ADMINISTRATOR, ...
        controller_ids: surrogates of the controllers for which the person acts.
        public_key: Ed25519, 32 raw bytes in hexadecimal; the private half stays with the person.
        enrolled_at: when, UTC.
        revoked_at: since when the person may act no more.
    """

    person_id: str
    roles: tuple[str, ...]
    controller_ids: tuple[str, ...]
    public_key: str
    enrolled_at: datetime
    revoked_at: datetime | None = None


def person_id_of(ledger: Ledger, login: str) -> str:
    """The id of whoever logs in under this name: a keyed hash, since a login can be a name."""
    return "P" + keyed_hash(ledger.keys.lookup, "login", login.casefold())[:_ID_CHARACTERS]


def enrol(ledger: Ledger, person: PersonRecord) -> None:
    """Enrol a person. A second enrolment of the same id replaces roles and controllers, never the key.

    Raises:
        ApprovalError: the key is none, or another one than before (revoke, then enrol under another login).
    """
    _public_key(person.public_key)
    with ledger.writing() as connection:
        known = connection.execute(select(table).where(table.c.person_id == person.person_id).with_for_update()).one_or_none()
        if known is not None and (known.public_key, known.revoked_at) != (person.public_key, None):
            raise ApprovalError("this person is enrolled with another key, or revoked", remedy="enrol under another login")
        _write(ledger, connection, person, known is not None)
        append(ledger, connection, _ENROLLED, _told_of(person), subject=person.person_id)


def revoke(ledger: Ledger, person_id: str, at: datetime) -> None:
    """End a person's enrolment: what the person signs from then on is refused.

    Raises:
        ApprovalError: nobody of this id is enrolled.
    """
    with ledger.writing() as connection:
        row = connection.execute(select(table).where(table.c.person_id == person_id).with_for_update()).one_or_none()
        person = _person(ledger, connection, row)
        if person is None:
            raise ApprovalError("nobody of this id is enrolled", where=person_id)
        values = asdict(person) | {"revoked_at": person.revoked_at or at}
        _write(ledger, connection, PersonRecord(**values), True)  # noqa: FBT003 - the row is there
        append(ledger, connection, _REVOKED, {"at": moment_text(at)}, subject=person_id)


def people(ledger: Ledger) -> list[PersonRecord]:
    """Everyone ever enrolled, the revoked included.

    Raises:
        LedgerError: a row was changed in the database, or an earlier one put back.
    """
    with ledger.reading() as connection:
        return people_in(ledger, connection)


def people_in(ledger: Ledger, connection: Connection) -> list[PersonRecord]:
    """The same, inside a transaction."""
    rows = connection.execute(select(table).order_by(table.c.person_id)).all()
    return [person for row in rows if (person := _person(ledger, connection, row))]


def person_in(ledger: Ledger, connection: Connection, person_id: str) -> PersonRecord | None:
    """The person of that id, inside a transaction; None if nobody is enrolled under it."""
    return _person(ledger, connection, connection.execute(select(table).where(table.c.person_id == person_id)).one_or_none())


def _write(ledger: Ledger, connection: Connection, person: PersonRecord, known: bool) -> None:  # noqa: FBT001 - what was found
    values = asdict(person) | {"roles": list(person.roles), "controller_ids": list(person.controller_ids)}
    values["seal"] = seal(ledger, "person", _sealed(person))
    statement = update(table).where(table.c.person_id == person.person_id) if known else insert(table)
    connection.execute(statement.values(**values))


def _person(ledger: Ledger, connection: Connection, row: Row[Any] | None) -> PersonRecord | None:
    if row is None:
        return None
    lists = (tuple(row.roles), tuple(row.controller_ids))
    person = PersonRecord(row.person_id, *lists, row.public_key, row.enrolled_at, row.revoked_at)
    check_seal(ledger, "person", _sealed(person), row.seal)
    _check_told(connection, person)
    return person


def _check_told(connection: Connection, person: PersonRecord) -> None:
    """An earlier row that is put back carries its own seal still; the audit chain tells what came after it."""
    enrolled = payloads(connection, _ENROLLED, person.person_id)
    came_back = person.revoked_at is None and bool(payloads(connection, _REVOKED, person.person_id))
    if came_back or (enrolled and enrolled[-1] != _told_of(person)):
        raise LedgerError(
            "a person's enrolment is not what the audit chain tells of it",
            where=person.person_id,
            remedy="run discretio verify --ledger, restore a backup, and find out who can write to this database",
        )


def _told_of(person: PersonRecord) -> dict[str, str]:
    return {"roles": canonical(person.roles), "controllers": canonical(person.controller_ids), "key": person.public_key}


def _sealed(person: PersonRecord) -> dict[str, object]:
    moments = {"enrolled_at": moment_text(person.enrolled_at)}
    moments["revoked_at"] = moment_text(person.revoked_at) if person.revoked_at else ""
    return asdict(person) | moments


def _public_key(text: str) -> Ed25519PublicKey:
    try:
        return Ed25519PublicKey.from_public_bytes(bytes.fromhex(text))
    except ValueError:
        raise ApprovalError(
            "this is no public key", remedy="give the 32 bytes of an Ed25519 public key in hexadecimal"
        ) from None
