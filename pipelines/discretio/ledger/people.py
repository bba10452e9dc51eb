"""Enrolled persons: who may approve, for whom, and with which key. Ids only; who is behind an id is for the login to know."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, Row, Select, insert, select, true, update

from discretio.errors import ApprovalError, LedgerError
from discretio.ledger.audit_chain import append, canonical, moment_text
from discretio.ledger.chain_tables import chain_records
from discretio.ledger.connection import Ledger
from discretio.ledger.keys import keyed_hash
from discretio.ledger.purge_tables import people as table
from discretio.ledger.seals import check_seal, seal

_ENROLLED, _REVOKED = "person.enrolled", "person.revoked"
_Told = tuple[str, dict[str, Any]]
"""A record of the audit chain: its kind, what it says."""
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
        connection.execute(select(table).where(table.c.person_id == person_id).with_for_update())
        person = person_in(ledger, connection, person_id)
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


def people_in(ledger: Ledger, connection: Connection, ids: Collection[str] | None = None) -> list[PersonRecord]:
    """The same, inside a transaction; of these ids alone, if given. Two queries, however many they are."""
    wanted = true() if ids is None else table.c.person_id.in_(sorted(ids))
    rows = connection.execute(select(table).where(wanted).order_by(table.c.person_id)).all()
    told = _told_in(connection, select(table.c.person_id).where(wanted))
    return [_person(ledger, row, told.get(row.person_id, [])) for row in rows]


def people_by_id(ledger: Ledger, connection: Connection, ids: Collection[str]) -> dict[str, PersonRecord]:
    """The persons of these ids, inside a transaction; nobody is asked for if there are none."""
    return {person.person_id: person for person in people_in(ledger, connection, ids)} if ids else {}


def person_in(ledger: Ledger, connection: Connection, person_id: str) -> PersonRecord | None:
    """The person of that id, inside a transaction; None if nobody is enrolled under it."""
    return people_by_id(ledger, connection, [person_id]).get(person_id)


def _write(ledger: Ledger, connection: Connection, person: PersonRecord, known: bool) -> None:  # noqa: FBT001 - what was found
    values = asdict(person) | {"roles": list(person.roles), "controller_ids": list(person.controller_ids)}
    values["seal"] = seal(ledger, "person", _sealed(person))
    statement = update(table).where(table.c.person_id == person.person_id) if known else insert(table)
    connection.execute(statement.values(**values))


def _person(ledger: Ledger, row: Row[Any], told: Sequence[_Told]) -> PersonRecord:
    lists = (tuple(row.roles), tuple(row.controller_ids))
    person = PersonRecord(row.person_id, *lists, row.public_key, row.enrolled_at, row.revoked_at)
    check_seal(ledger, "person", _sealed(person), row.seal)
    _check_told(person, told)
    return person


def _told_in(connection: Connection, ids: Select[Any]) -> dict[str, list[_Told]]:
    """What the audit chain tells of these persons, oldest first."""
    records = chain_records.c
    query = select(records.subject, records.kind, records.payload).order_by(records.sequence)
    found: dict[str, list[_Told]] = {}
    for subject, kind, payload in connection.execute(
        query.where(records.kind.in_([_ENROLLED, _REVOKED]), records.subject.in_(ids))
    ):
        found.setdefault(subject, []).append((kind, json.loads(payload)))
    return found


def _check_told(person: PersonRecord, told: Sequence[_Told]) -> None:
    """An earlier row that is put back carries its own seal still; the audit chain tells what came after it."""
    enrolled = [payload for kind, payload in told if kind == _ENROLLED]
    came_back = person.revoked_at is None and len(enrolled) < len(told)
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
