"""Certificates of deletion, signed with the ledger's key: what was erased, under which rule, and what a reader found after."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from sqlalchemy import insert, select

from discretio.errors import LedgerError
from discretio.ledger.audit_chain import append, canonical
from discretio.ledger.connection import Ledger
from discretio.ledger.keys import signature_bytes
from discretio.ledger.purge_tables import certificates as table
from discretio.ledger.surrogate_ids import new_id


@dataclass(frozen=True, slots=True)
class CertificateRecord:
    """A certificate: `body` is canonical JSON without personal data, `signature` Ed25519 over `certificate_message`."""

    certificate_id: str
    plan_id: str
    body: str
    sha256: str
    signature: str
    issued_at: datetime


def certificate_message(body: str) -> bytes:
    """The bytes that are signed; anyone verifies them with `Ledger.keys.public_key`."""
    return b"discretio certificate\n" + body.encode()


def save_certificate(ledger: Ledger, plan_id: str, body: Mapping[str, object], issued_at: datetime) -> CertificateRecord:
    """Sign a certificate and keep it. The same body again gives the certificate that is there.

    Args:
        ledger: the ledger.
        plan_id: the plan that was executed.
        body: counts, rules, policy version, dates, results of the verification, what remains in backups; JSON values only.
        issued_at: when, UTC.
    """
    text = canonical(dict(body))
    digest = hashlib.sha256(text.encode()).hexdigest()
    signature = ledger.keys.checkpoint.sign(certificate_message(text)).hex()
    record = CertificateRecord(new_id("certificate"), plan_id, text, digest, signature, issued_at)
    for known in certificates(ledger, plan_id):
        if known.sha256 == digest:
            return known
    with ledger.writing() as connection:
        connection.execute(insert(table).values(**asdict(record)))
        payload = {"plan_id": plan_id, "sha256": digest, "signature": signature}
        append(ledger, connection, "certificate.issued", payload, subject=record.certificate_id)
    return record


def certificates(ledger: Ledger, plan_id: str) -> list[CertificateRecord]:
    """The certificates of a plan, the oldest first; every signature is verified.

    Raises:
        LedgerError: one was changed in the database.
    """
    columns = [table.c[name] for name in CertificateRecord.__slots__]
    query = select(*columns).where(table.c.plan_id == plan_id).order_by(table.c.issued_at, table.c.certificate_id)
    with ledger.reading() as connection:
        found = [CertificateRecord(*row) for row in connection.execute(query)]
    for record in found:
        try:
            key = ledger.keys.checkpoint.public_key()
            key.verify(signature_bytes(record.signature), certificate_message(record.body))
        except (InvalidSignature, ValueError):
            raise LedgerError(
                "a certificate was changed behind the ledger's back", where=record.certificate_id, remedy="restore a backup"
            ) from None
    return found
