"""Statements that a person signs with the personal key: anything but an approval of a plan, which has its own form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from discretio.errors import ApprovalError
from discretio.ledger.audit_chain import canonical
from discretio.ledger.connection import Ledger
from discretio.ledger.keys import signature_bytes
from discretio.ledger.people import PersonRecord

_CLOCK_DRIFT = timedelta(minutes=5)


def statement(kind: str, fields: Mapping[str, object]) -> bytes:
    """The bytes that are signed: the kind of statement and its fields, in canonical JSON."""
    return f"discretio {kind}\n{canonical(dict(fields))}".encode()


def sign_statement(private_key: bytes, message: bytes) -> str:
    """The signature (Ed25519) by a personal key of 32 raw bytes, in hexadecimal."""
    return Ed25519PrivateKey.from_private_bytes(private_key).sign(message).hex()


def check_signature(person: PersonRecord | None, message: bytes, signature: str, where: str) -> PersonRecord:
    """The person, whose signature it is.

    Raises:
        ApprovalError: nobody of that id is enrolled, or the signature is not that person's.
    """
    if person is None:
        raise refused("is not of an enrolled person", where)
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(person.public_key))
        key.verify(signature_bytes(signature), message)
    except (InvalidSignature, ValueError):
        raise refused("doesn't carry its giver's signature", where) from None
    return person


def check_moment(ledger: Ledger, person: PersonRecord, at: datetime, where: str) -> None:
    """Make sure that a statement made now isn't dated ahead, nor by somebody whose enrolment has ended.

    Raises:
        ApprovalError: it is.
    """
    if at > ledger.now() + _CLOCK_DRIFT or person.revoked_at:
        raise refused("is dated ahead, or its giver is revoked", where)


def refused(why: str, where: str) -> ApprovalError:
    """The refusal of a statement."""
    return ApprovalError(f"the statement {why}", where=where, remedy="let an enrolled person sign it with the personal key")
