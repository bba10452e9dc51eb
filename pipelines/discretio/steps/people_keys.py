"""Enrol the persons who may act: each makes a key of his own and keeps the private half."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from discretio.domain.approvals import Role
from discretio.errors import ApprovalError, UsageError
from discretio.ledger.locked_keys import lock_key, unlock_key
from discretio.ledger.people import PersonRecord, enrol, people, person_id_of
from discretio.steps.workplace import Workplace


def new_personal_key(path: Path) -> str:
    """Make a personal signing key in a file that only its owner may read; returns the public half in hexadecimal.

    Raises:
        UsageError: the file exists, or can't be written.
    """
    key = Ed25519PrivateKey.generate()
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        raise UsageError("the key file exists already", remedy="choose another file; a key is never written over") from None
    except OSError as error:
        raise UsageError(
            "the key file can't be written", where=error.strerror or "", remedy="name a file in a folder where you may write"
        ) from None
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(key.private_bytes_raw().hex() + "\n")
    return public_half(key.private_bytes_raw())


def personal_key(path: Path) -> bytes:
    """Read a personal signing key.

    Raises:
        ApprovalError: there is none in that file, or others may read it.
    """
    try:
        if path.stat().st_mode & 0o077:
            raise ApprovalError("others than its owner may read the personal key", remedy="chmod 600 the key file")
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
        return Ed25519PrivateKey.from_private_bytes(key).private_bytes_raw()
    except (OSError, ValueError):
        raise ApprovalError("no personal key can be read there", remedy="give the file that enrolment made") from None


def public_half(private_key: bytes) -> str:
    """What others may know of a personal key (32 raw bytes), in hexadecimal."""
    return Ed25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw().hex()


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: an enrolled person, and the private half of the personal key."""

    person: PersonRecord
    private_key: bytes = field(repr=False)


def signer(place: Workplace, login: str, key_file: Path, *, where: str) -> Signer:
    """The enrolled person behind a login, with the personal key.

    Raises:
        ApprovalError: nobody is enrolled under it, or there is no key in that file, or others may read it.
    """
    return Signer(enrolled_person(place, login, where=where), personal_key(key_file))


def locked_signer(place: Workplace, login: str, passphrase: str, *, where: str) -> Signer:
    """The enrolled person behind a login, with the personal key that the ledger keeps under a passphrase.

    Raises:
        ApprovalError: nobody is enrolled under it, no key is kept, or the passphrase is wrong, or was too often.
    """
    person = enrolled_person(place, login, where=where)
    return Signer(person, unlock_key(place.ledger, person.person_id, passphrase))


def lock_personal_key(place: Workplace, login: str, key_file: Path, passphrase: str) -> None:
    """Keep a person's key in the ledger under a passphrase, so that decisions can be signed on the Compliance page.

    Raises:
        ApprovalError: nobody is enrolled under this login, or the file holds no key, or another's.
        UsageError: the passphrase is too short.
    """
    signing = signer(place, login, key_file, where="")
    if public_half(signing.private_key) != signing.person.public_key:
        raise ApprovalError(
            "this is not the key with which this person was enrolled", remedy="give the file that enrolment made"
        )
    lock_key(place.ledger, signing.person.person_id, signing.private_key, passphrase)


def enrolled_person(place: Workplace, login: str, *, where: str) -> PersonRecord:
    """The person enrolled under a login.

    Raises:
        ApprovalError: nobody is.
    """
    person_id = person_id_of(place.ledger, login)
    found = next((person for person in people(place.ledger) if person.person_id == person_id), None)
    if found is None:
        raise ApprovalError(
            "nobody is enrolled under this login", where=where, remedy="discretio people enrol makes a personal key"
        )
    return found


def enrol_person(
    place: Workplace, login: str, roles: Sequence[str], controller_ids: Sequence[str], public_key: str
) -> PersonRecord:
    """Enrol a person under a login, with roles and the controllers (surrogate ids) for which he acts.

    Raises:
        UsageError: a role is none of APPROVER, REVIEWER, DPO, ADMINISTRATOR.
        ApprovalError: the login is enrolled with another key.
    """
    unknown = set(roles) - set(Role)
    if unknown:
        raise UsageError("there is no such role", where=", ".join(sorted(unknown)), remedy=f"one of {', '.join(Role)}")
    person_id = person_id_of(place.ledger, login)
    person = PersonRecord(person_id, tuple(roles), tuple(controller_ids), public_key, place.now())
    enrol(place.ledger, person)
    return person
