"""What was said of the items of triage: answers and decisions, sealed row by row, told to the audit chain, never changed.

Each is signed with its giver's personal key, or rests on a login session of the Compliance page.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select

from discretio.domain.triage.standing import Binding, Event
from discretio.domain.triage.words import Answer, Decision, Dismissal
from discretio.errors import UsageError
from discretio.ledger.audit_chain import append, moment_text
from discretio.ledger.connection import Ledger
from discretio.ledger.people import PersonRecord, people, person_in
from discretio.ledger.rows import Row, pieces
from discretio.ledger.seals import check_seal, seal
from discretio.ledger.signatures import check_moment, check_signature, sign_statement, statement
from discretio.ledger.triage_tables import triage_events as table
from discretio.ledger.triage_tables import triage_items

RECORDED = "triage.recorded"
_ANSWER, _DECISION = "ANSWER", "DECISION"


@dataclass(frozen=True, slots=True)
class SaidOfItem:
    """One answer or decision, with who gave it and when; without a signature, a login session of the page vouches for who."""

    item_id: str
    person_id: str
    at: datetime
    event: Event
    signature: str = ""

    def message(self) -> bytes:
        """The bytes that are signed."""
        unsigned = {name: value for name, value in _values(self).items() if name != "signature"}
        return statement("triage", {name: _plain(value) for name, value in unsigned.items()})

    def signed(self, private_key: bytes) -> SaidOfItem:
        """The same under the signature of a personal key."""
        return replace(self, signature=sign_statement(private_key, self.message()))


def record_said(ledger: Ledger, said: SaidOfItem) -> None:
    """Record an answer or a decision, and tell the audit chain under the item's fingerprint.

    Raises:
        ApprovalError: its signature is not of the person who is said to have given it.
        UsageError: there is no such item.
    """
    values = _values(said)
    with ledger.writing() as connection:
        if said.signature:
            known = person_in(ledger, connection, said.person_id)
            person = check_signature(known, said.message(), said.signature, said.item_id)
            check_moment(ledger, person, said.at, said.item_id)
        query = select(triage_items.c.fingerprint).where(triage_items.c.item_id == said.item_id).with_for_update()
        fingerprint = connection.execute(query).scalar_one_or_none()
        if fingerprint is None:
            raise UsageError("there is no such item", where=said.item_id, remedy="discretio triage list shows them")
        mark = seal(ledger, "triage", _sealed(values))
        connection.execute(insert(table).values(**values, seal=mark))
        payload = {"kind": values["kind"], "word": values["word"], "person_id": said.person_id, "seal": mark}
        append(ledger, connection, RECORDED, payload, subject=fingerprint)


def said_of(ledger: Ledger, item_ids: Collection[str] | None = None) -> dict[str, list[SaidOfItem]]:
    """What was said of items (all by default), by item, in the order in which it was said.

    Raises:
        ApprovalError: a signature is not of the person who is said to have given it.
        LedgerError: a row was changed behind the ledger's back.
    """
    query, known = select(table).order_by(table.c.event_id), {person.person_id: person for person in people(ledger)}
    found: dict[str, list[SaidOfItem]] = {}
    with ledger.reading() as connection:
        parts = [query] if item_ids is None else [query.where(table.c.item_id.in_(piece)) for piece in pieces(item_ids)]
        for part in parts:
            for row in connection.execute(part).mappings():
                found.setdefault(row["item_id"], []).append(_said(ledger, dict(row), known))
    return found


def _values(said: SaidOfItem) -> dict[str, Any]:
    event = said.event
    return {
        "item_id": said.item_id,
        "kind": _ANSWER if isinstance(event.word, Answer) else _DECISION,
        "word": event.word.value,
        "person_id": said.person_id,
        "day": event.on,
        "reason": event.reason.value if event.reason else None,
        "assignee": event.assignee or None,
        "due": event.due,
        "until_day": event.until,
        "at": said.at,
        "signature": said.signature or None,
        **{f"{name}_hash": value for name, value in asdict(event.bound).items()},
    }


def _said(ledger: Ledger, row: Row, known: Mapping[str, PersonRecord]) -> SaidOfItem:
    values = {name: value for name, value in row.items() if name not in ("event_id", "seal")}
    check_seal(ledger, "triage", _sealed(values), row["seal"])
    event = Event(
        word=Answer(row["word"]) if row["kind"] == _ANSWER else Decision(row["word"]),
        on=row["day"],
        bound=Binding(row["record_hash"], row["policy_hash"], row["evidence_hash"]),
        reason=Dismissal(row["reason"]) if row["reason"] else None,
        assignee=row["assignee"] or "",
        due=row["due"],
        until=row["until_day"],
    )
    said = SaidOfItem(row["item_id"], row["person_id"], row["at"], event, row["signature"] or "")
    if said.signature:
        check_signature(known.get(said.person_id), said.message(), said.signature, said.item_id)
    return said


def _sealed(values: dict[str, Any]) -> dict[str, object]:
    """As the seal covers it: what was said before signatures came is sealed without one."""
    return {name: _plain(value) for name, value in values.items() if name != "signature" or value is not None}


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return moment_text(value)
    return value.isoformat() if isinstance(value, date) else value
