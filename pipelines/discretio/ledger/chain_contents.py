"""Whether what the audit chain tells of is still there: plans, people, approvals, holds, certificates, reports, ..."""

from __future__ import annotations

import json

from sqlalchemy import Column, Connection, Table, func, select

from discretio.errors import ChainBrokenError
from discretio.ledger import declarations
from discretio.ledger.chain_tables import chain_records
from discretio.ledger.declaration_tables import declarations as declared
from discretio.ledger.hold_tables import hold_acts
from discretio.ledger.holds import RECORDED
from discretio.ledger.paper_tables import destruction_notes
from discretio.ledger.purge_tables import approvals, certificates, frozen_reports, people, plans, tombstones
from discretio.ledger.shadow_tables import mandates
from discretio.ledger.term_erasures import count_erased, erased_by_term
from discretio.ledger.tombstones import FORGOTTEN
from discretio.ledger.triage_tables import samples, triage_events

_KEPT: dict[str, Column[str]] = {
    "plan.saved": plans.c.plan_id,
    "person.enrolled": people.c.person_id,
    "approval.recorded": approvals.c.plan_id,
    "certificate.issued": certificates.c.certificate_id,
    "report.frozen": frozen_reports.c.report_id,
    "mandate.recorded": mandates.c.mandate_id,
    "paper.destroyed": destruction_notes.c.plan_id,
    "sample.drawn": samples.c.sample_id,
}
_SAID = "triage.recorded"


def check_contents(connection: Connection) -> None:
    """Compare the chain with the tables it tells of; records erased by their term tell of nothing any more.

    Raises:
        ChainBrokenError: a row is gone that nobody said was removed; says which table.
    """
    for kind, column in _KEPT.items():
        told = select(chain_records.c.subject).where(chain_records.c.kind == kind)
        gone = set(connection.execute(told.where(chain_records.c.subject.not_in(select(column)))).scalars())
        if gone and (gone := gone - erased_by_term(connection, column.table.name)):
            raise _missing(column.table.name, min(gone))
    query = select(chain_records.c.payload).where(chain_records.c.kind == FORGOTTEN)
    forgotten = [json.loads(payload) for payload in connection.execute(query).scalars()]
    laid = sum(payload["count"] for payload in forgotten)
    if _rows(connection, tombstones) < laid - count_erased(connection, tombstones.name):
        raise _missing("tombstones", "")
    said = connection.execute(select(func.count()).where(chain_records.c.kind == _SAID)).scalar_one()
    if _rows(connection, triage_events) < said - sum(payload.get("said", 0) for payload in forgotten):
        raise _missing("triage_events", "")
    gone_with = {dossier for payload in forgotten for dossier in json.loads(payload["ids"])}
    _check_holds(connection, gone_with)
    _check_declarations(connection)


def _check_holds(connection: Connection, gone_with: set[str]) -> None:
    """Every signed act about a hold is there, unless its dossier was erased."""
    query = select(chain_records.c.subject, chain_records.c.payload).where(chain_records.c.kind == RECORDED)
    signatures = set(connection.execute(select(hold_acts.c.signature)).scalars()) | erased_by_term(connection, hold_acts.name)
    for dossier, payload in connection.execute(query):
        if dossier not in gone_with and json.loads(payload)["signature"] not in signatures:
            raise _missing("hold_acts", dossier)


def _check_declarations(connection: Connection) -> None:
    """Every declaration is there, unless its term has passed."""
    query = select(chain_records.c.subject, chain_records.c.payload).where(chain_records.c.kind == declarations.RECORDED)
    known = set(connection.execute(select(declared.c.signature)).scalars()) | erased_by_term(connection, declared.name)
    for subject, payload in connection.execute(query):
        if json.loads(payload)["signature"] not in known:
            raise _missing("declarations", subject)


def _rows(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def _missing(table: str, subject: str) -> ChainBrokenError:
    return ChainBrokenError(
        "a row that the audit chain tells of is gone from the ledger",
        where=f"{table} {subject}".strip(),
        remedy="keep this ledger as it is, restore a backup beside it, and find out who can write to its database",
    )
