"""The delivery log: which report went to which authority, when, how, by whom. It is the audit chain's own, and no second list.

An address is never kept: the authority's code says whose it was.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import select

from discretio.domain.deliveries import Way
from discretio.ledger.audit_chain import append, moment_text
from discretio.ledger.chain_tables import chain_records
from discretio.ledger.connection import Ledger
from discretio.ledger.people import person_in
from discretio.ledger.signatures import check_moment, check_signature, sign_statement, statement

_DELIVERED = "report.delivered"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One delivery of an issued report.

    Attributes:
        report_id: the report.
        authority: to whom, by code.
        way: how.
        sha256: of the file that was delivered, in hexadecimal.
        at: when.
        person_id: who delivered it; empty if a run of Airflow did.
        signature: that person's, over all the rest; empty likewise.
    """

    report_id: str
    authority: str
    way: Way
    sha256: str
    at: datetime
    person_id: str = ""
    signature: str = ""


def sign_delivery(delivery: Delivery, private_key: bytes) -> Delivery:
    """The delivery with its signature, by a person's own key (Ed25519, 32 raw bytes)."""
    return replace(delivery, signature=sign_statement(private_key, _message(delivery)))


def record_delivery(ledger: Ledger, delivery: Delivery) -> None:
    """Write a delivery to the audit chain.

    Raises:
        ApprovalError: who delivered it isn't enrolled or is revoked, or didn't sign it.
    """
    with ledger.writing() as connection:
        if delivery.person_id:
            person = person_in(ledger, connection, delivery.person_id)
            found = check_signature(person, _message(delivery), delivery.signature, delivery.report_id)
            check_moment(ledger, found, delivery.at, delivery.report_id)
        append(
            ledger, connection, _DELIVERED, {**_fields(delivery), "signature": delivery.signature}, subject=delivery.report_id
        )


def deliveries(ledger: Ledger, report_id: str | None = None) -> list[Delivery]:
    """The deliveries of a report, or of all, as long as the audit chain is kept; the first first."""
    query = select(chain_records.c.payload).where(chain_records.c.kind == _DELIVERED).order_by(chain_records.c.sequence)
    if report_id is not None:
        query = query.where(chain_records.c.subject == report_id)
    with ledger.reading() as connection:
        told = [json.loads(payload) for payload in connection.execute(query).scalars()]
    return [Delivery(**{**one, "way": Way(one["way"]), "at": datetime.fromisoformat(one["at"])}) for one in told]


def _message(delivery: Delivery) -> bytes:
    return statement("report delivery", _fields(delivery))


def _fields(delivery: Delivery) -> dict[str, str]:
    fields = asdict(delivery) | {"way": delivery.way.value, "at": moment_text(delivery.at)}
    del fields["signature"]
    return fields
