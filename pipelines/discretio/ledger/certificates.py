"""Certificates of deletion, signed with the ledger's key: what was erased, under which rule, and what a reader found after."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, insert, select

from discretio.errors import LedgerError
from discretio.ledger.audit_chain import append, canonical, moment_text
from discretio.ledger.connection import Ledger
from discretio.ledger.purge_tables import certificates as table
from discretio.ledger.surrogate_ids import new_id


@dataclass(frozen=True, slots=True)
class CertificateRecord:
    """A certificate: `body` is canonical JSON without personal data, `signature` Ed25519 over `certificate_message`.

    `sha256` is that of the body.
    """

    certificate_id: str
    plan_id: str
    body: str
    sha256: str
    signature: str
    issued_at: datetime


_COLUMNS = [table.c[name] for name in CertificateRecord.__slots__]


def certificate_message(body: str, issued_at: datetime) -> bytes:
    """The bytes that are signed: the moment and the body; anyone verifies them with one of `Ledger.keys.public_keys`."""
    return f"discretio certificate 2\n{moment_text(issued_at)}\n{body}".encode()


def _undated_message(body: str) -> bytes:
    """What was signed before the moment was part of it; neither message can pass for the other."""
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
    signature = ledger.keys.checkpoint.sign(certificate_message(text, issued_at)).hex()
    record = CertificateRecord(new_id("certificate"), plan_id, text, digest, signature, issued_at)
    for known in certificates(ledger, plan_id):
        if known.sha256 == digest:
            return known
    with ledger.writing() as connection:
        connection.execute(insert(table).values(**asdict(record)))
        payload = {"plan_id": plan_id, "sha256": digest, "signature": signature}
        append(ledger, connection, "certificate.issued", payload, subject=record.certificate_id)
    return record


def latest_certificates(ledger: Ledger, limit: int = 100) -> list[CertificateRecord]:
    """The last certificates of all plans, the last first; every signature is verified.

    Raises:
        LedgerError: one was changed in the database.
    """
    return _verified(ledger, select(*_COLUMNS).order_by(table.c.issued_at.desc(), table.c.certificate_id).limit(limit))


def certificates(ledger: Ledger, plan_id: str) -> list[CertificateRecord]:
    """The certificates of a plan, the oldest first; every signature is verified.

    Raises:
        LedgerError: one was changed in the database.
    """
    query = select(*_COLUMNS).where(table.c.plan_id == plan_id).order_by(table.c.issued_at, table.c.certificate_id)
    return _verified(ledger, query)


def _verified(ledger: Ledger, query: Select[Any]) -> list[CertificateRecord]:
    with ledger.reading() as connection:
        found = [CertificateRecord(*row) for row in connection.execute(query)]
    for record in found:
        messages = (certificate_message(record.body, record.issued_at), _undated_message(record.body))
        if not any(ledger.keys.signed(message, record.signature) for message in messages):
            raise LedgerError(
                "a certificate was changed behind the ledger's back", where=record.certificate_id, remedy="restore a backup"
            )
    return found
