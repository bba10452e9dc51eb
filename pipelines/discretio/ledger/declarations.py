"""Declarations: what an enrolled person states under signature about a subject, other than an approval or a hold.

Rows are never changed; what holds now follows from all of a subject's declarations, the first one first.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, select

from discretio.errors import LedgerError
from discretio.ledger.audit_chain import moment_text, segments_erased
from discretio.ledger.chain_tables import chain_records
from discretio.ledger.connection import Ledger
from discretio.ledger.declaration_tables import declarations as table
from discretio.ledger.keys import decrypt, encrypt
from discretio.ledger.people import people_by_id
from discretio.ledger.signatures import check_signature, sign_statement, statement
from discretio.ledger.term_erasures import erased_by_term, note_erased

RECORDED = "declaration.recorded"


@dataclass(frozen=True, slots=True)
class Declaration:
    """What one person states: of which kind, about what (a surrogate id), in which words of ours, when.

    `body` holds ids, codes, dates and numbers. `note` is encrypted: what a person wrote may name somebody.
    """

    kind: str
    subject: str
    body: Mapping[str, Any]
    person_id: str
    at: datetime
    note: bytes | None = None
    signature: str = ""

    def message(self) -> bytes:
        """The bytes that are signed."""
        note = hashlib.sha256(self.note).hexdigest() if self.note is not None else ""
        fields = {"kind": self.kind, "subject": self.subject, "body": dict(self.body), "person_id": self.person_id}
        return statement("declaration", fields | {"note": note, "at": moment_text(self.at)})

    def signed(self, private_key: bytes) -> Declaration:
        """The same under the signature of a personal key."""
        return replace(self, signature=sign_statement(private_key, self.message()))


def sealed_note(ledger: Ledger, subject: str, text: str) -> bytes:
    """A note as the ledger keeps it."""
    return encrypt(ledger.keys, text, subject)


def note_of(ledger: Ledger, declaration: Declaration) -> str:
    """What a person wrote; empty if nothing.

    Raises:
        LedgerError: it was changed in the database.
    """
    return "" if declaration.note is None else decrypt(ledger.keys, declaration.note, declaration.subject)


def declared(ledger: Ledger, kinds: Collection[str], subject: str | None = None) -> list[Declaration]:
    """What was stated of these kinds, about one subject or about all, the first one first; every signature is verified again.

    Raises:
        ApprovalError: one is forged.
        LedgerError: one that the audit chain tells of is gone, or one is there of which it doesn't tell.
    """
    with ledger.reading() as connection:
        return declared_in(ledger, connection, kinds, subject)


def declared_in(
    ledger: Ledger, connection: Connection, kinds: Collection[str], subject: str | None = None
) -> list[Declaration]:
    """The same, inside a transaction."""
    query = select(table).where(table.c.kind.in_(list(kinds))).order_by(table.c.declaration_id)
    if subject is not None:
        query = query.where(table.c.subject == subject)
    found = [_declaration(row) for row in connection.execute(query)]
    givers = people_by_id(ledger, connection, {one.person_id for one in found})
    for one in found:
        check_signature(givers.get(one.person_id), one.message(), one.signature, one.subject)
    _check_told(connection, kinds, subject, {one.signature for one in found})
    return found


def erase_declarations(ledger: Ledger, connection: Connection, subjects: Collection[str]) -> int:
    """Erase everything stated about these subjects, inside the transaction that says why; returns how many statements."""
    here = table.c.subject.in_(list(subjects))
    signatures = list(connection.execute(select(table.c.signature).where(here)).scalars())
    if signatures:
        connection.execute(delete(table).where(here))
        note_erased(ledger, connection, table.name, signatures)
    return len(signatures)


def _check_told(connection: Connection, kinds: Collection[str], subject: str | None, signatures: set[str]) -> None:
    query = select(chain_records.c.payload).where(chain_records.c.kind == RECORDED)
    if subject is not None:
        query = query.where(chain_records.c.subject == subject)
    payloads = [json.loads(text) for text in connection.execute(query).scalars()]
    told = {payload["signature"] for payload in payloads if payload["declared"] in kinds}
    if told - signatures and told - signatures - erased_by_term(connection, table.name):
        raise _contradicted("a declaration that the audit chain tells of is gone from the ledger")
    # Once a segment of the chain was erased by its term, what it told of isn't told any more.
    if signatures - told and not segments_erased(connection):
        raise _contradicted("the ledger holds a declaration that the audit chain doesn't tell of")


def _contradicted(how: str) -> LedgerError:
    return LedgerError(
        how,
        where=table.name,
        remedy="run discretio verify --ledger, restore a backup, and find out who can write to this database",
    )


def _declaration(row: Row[Any]) -> Declaration:
    fields = {name: getattr(row, name) for name in Declaration.__slots__}
    note = None if row.note is None else bytes(row.note)
    return Declaration(**fields | {"body": json.loads(row.body), "note": note})
