"""Where other dossiers still mention what a plan erased, by surrogate id: for the DPO to judge, never for deletion."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import delete, func, insert, select

from discretio.ledger.audit_chain import Payload, append
from discretio.ledger.connection import Ledger
from discretio.ledger.scan_tables import examined
from discretio.ledger.trace_tables import residual_mentions as table

Mentions = Mapping[tuple[str, str], int]
"""How many, by dossier and by the unit of it (an entry, an attachment, a person, or the dossier itself)."""


def record_mentions(ledger: Ledger, plan_id: str, found: Mentions) -> None:
    """Keep what a verification of a plan found, in place of what one before it found."""
    rows = [
        {"plan_id": plan_id, "dossier_id": dossier, "unit_id": unit, "number": number}
        for (dossier, unit), number in found.items()
    ]
    with ledger.writing() as connection:
        gone = connection.execute(delete(table).where(table.c.plan_id == plan_id)).rowcount
        if rows:
            connection.execute(insert(table), rows)
        if rows or gone:
            payload: Payload = {"units": len(rows), "number": sum(found.values())}
            append(ledger, connection, "mentions.recorded", payload, subject=plan_id)


def recorded_mentions(ledger: Ledger, plan_id: str, controllers: Collection[str] | None = None) -> Mentions:
    """What the last verification of a plan found; less what was erased since.

    Of these controllers, if given: what stands in the entries and attachments that they introduced.
    """
    columns = (table.c.dossier_id, table.c.unit_id, func.sum(table.c.number).label("number"))
    query = select(*columns).where(table.c.plan_id == plan_id).group_by(table.c.dossier_id, table.c.unit_id)
    if controllers is not None:
        theirs = select(examined.c.unit_id).where(examined.c.controller_id.in_(sorted(controllers)))
        query = query.where(table.c.unit_id.in_(theirs))
    with ledger.reading() as connection:
        return {(row.dossier_id, row.unit_id): int(row.number) for row in connection.execute(query.order_by(*columns[:2]))}
