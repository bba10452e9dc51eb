"""Whether the rows that the audit chain tells of say what it told: each kind is read by the reader that verifies it.

That a row is there is for `chain_contents` to say; here it has to be the row that was recorded.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select

from discretio.domain.purge_states import ItemState
from discretio.errors import ApprovalError, ChainBrokenError, LedgerError
from discretio.ledger.approvals import approvals
from discretio.ledger.audit_chain import segments_erased
from discretio.ledger.batches import DONE, INTENDED
from discretio.ledger.certificates import certificates
from discretio.ledger.chain_tables import chain_records
from discretio.ledger.connection import Ledger
from discretio.ledger.declaration_tables import declarations
from discretio.ledger.declarations import declared
from discretio.ledger.figures import frozen, frozen_reports
from discretio.ledger.holds import held_dossiers, holds_on
from discretio.ledger.people import people
from discretio.ledger.plans import load_plan, plan_items
from discretio.ledger.purge_tables import certificates as certificates_table
from discretio.ledger.purge_tables import frozen_reports as reports_table
from discretio.ledger.purge_tables import plans, purge_intents, tombstones
from discretio.ledger.term_erasures import erased_by_term
from discretio.ledger.tombstones import FORGOTTEN, TOLD_AGAIN, stone_digest

_DIGESTS = {
    "certificate.issued": ("signature", certificates_table.c.certificate_id, certificates_table.c.signature),
    "report.frozen": ("sha256", reports_table.c.report_id, reports_table.c.sha256),
}
"""By kind of record: which word of it tells how the row is signed or hashed, and where the row says so."""


def check_agreement(ledger: Ledger) -> None:
    """Read every row that the chain tells of, and compare.

    Raises:
        ChainBrokenError: one was changed, or another took its place; says which.
    """
    try:
        _read_again(ledger)
    except (LedgerError, ApprovalError) as error:
        raise _changed(error.what, error.where) from None
    with ledger.reading() as connection:
        _check_digests(connection)
        _check_results(connection)
        _check_tombstones(connection)


def _read_again(ledger: Ledger) -> None:
    people(ledger)
    with ledger.reading() as connection:
        plan_ids = connection.execute(select(plans.c.plan_id).order_by(plans.c.plan_id)).scalars().all()
        kinds = connection.execute(select(declarations.c.kind).distinct()).scalars().all()
    for plan_id in plan_ids:
        load_plan(ledger, plan_id)
        plan_items(ledger, plan_id)
        approvals(ledger, plan_id)
        certificates(ledger, plan_id)
    for report_id in frozen_reports(ledger):
        frozen(ledger, report_id)
    holds_on(ledger, held_dossiers(ledger))
    declared(ledger, kinds)


def _check_digests(connection: Connection) -> None:
    for kind, (word, row_id, digest) in _DIGESTS.items():
        kept = {row[0]: row[1] for row in connection.execute(select(row_id, digest))}
        for _, subject, payload in _records(connection, kind):
            if subject in kept and kept[subject] != payload[word]:
                raise _changed("a row is not the one that was recorded", f"{row_id.table.name} {subject}")


def _check_results(connection: Connection) -> None:
    """What a purge was about to delete and what became of it."""
    told: dict[tuple[str, str], str] = {}
    for _, plan_id, payload in _records(connection, INTENDED, DONE):
        items = json.loads(payload["items"])
        states = {item: state for item, (state, _) in items.items()} if isinstance(items, dict) else dict.fromkeys(items)
        told |= {(plan_id, item): state or ItemState.INTENT for item, state in states.items()}
    columns = (purge_intents.c.plan_id, purge_intents.c.item_id, purge_intents.c.state)
    kept = {(plan_id, item): state for plan_id, item, state in connection.execute(select(*columns))}
    # Once a segment of the chain was erased by its term, what it told of isn't told any more.
    untold = set() if segments_erased(connection) else kept.keys() - told.keys()
    wrong = untold | {key for key, state in told.items() if kept.get(key) != state}
    if wrong:
        raise _changed("what became of an item is not what was recorded", " ".join(min(wrong)))


def _check_tombstones(connection: Connection) -> None:
    told: set[str] = set()
    for kind, _, payload in _records(connection, FORGOTTEN, TOLD_AGAIN):
        stones = set(json.loads(payload.get("stones", "[]")))
        told = stones if kind == TOLD_AGAIN else told | stones
    kept = {stone_digest(dict(stone)) for stone in connection.execute(select(tombstones)).mappings()}
    if told - kept - erased_by_term(connection, tombstones.name):
        raise _changed("a tombstone is not the one that was laid", tombstones.name)


def _records(connection: Connection, *kinds: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Kind, subject and payload of the records of these kinds, the oldest first."""
    columns = (chain_records.c.kind, chain_records.c.subject, chain_records.c.payload)
    query = select(*columns).where(chain_records.c.kind.in_(kinds)).order_by(chain_records.c.sequence)
    for kind, subject, payload in connection.execute(query):
        yield kind, subject, json.loads(payload)


def _changed(what: str, where: str) -> ChainBrokenError:
    return ChainBrokenError(
        what,
        where=where,
        remedy="keep this ledger as it is, restore a backup beside it, and find out who can write to its database",
    )
