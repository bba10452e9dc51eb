"""Dues: until when each dossier (or row of the art. 8 list) may be kept, as the last planning run computed it."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import delete, insert, select

from discretio.domain.frames import TEXT
from discretio.ledger.audit_chain import append
from discretio.ledger.connection import Ledger
from discretio.ledger.rows import frame_of, rows_of, same_names
from discretio.ledger.scan_tables import dues as table

DUE_DTYPES = {
    "rule_id": TEXT,
    "scope_kind": TEXT,
    "scope_id": TEXT,
    "dossier_id": TEXT,
    "controller_id": TEXT,
    "status": TEXT,
    "due": "object",
    "reason": TEXT,
}


def record_dues(ledger: Ledger, run_id: str, store_id: int, dues: pd.DataFrame) -> None:
    """Record the due dates of a whole store; they replace those of earlier runs.

    Args:
        ledger: the ledger.
        run_id: the planning run.
        store_id: the store.
        dues: the columns of DUE_DTYPES; `due` is a date, or null where none could be computed (`reason` says why).
    """
    marked = dues.assign(shared=dues.duplicated(["rule_id", "scope_id"], keep=False))
    told = rows_of(marked, same_names(*DUE_DTYPES, "shared"))
    rows = [_dated(row) | {"run_id": run_id, "store_id": store_id} for row in told]
    with ledger.writing() as connection:
        connection.execute(delete(table).where(table.c.store_id == store_id))
        if rows:
            connection.execute(insert(table), rows)
        append(ledger, connection, "dues.recorded", {"store_id": store_id, "dues": len(rows)}, subject=run_id)


def latest_dues(ledger: Ledger, store_id: int) -> pd.DataFrame:
    """The last due dates of the store: the columns of DUE_DTYPES."""
    query = select(*(table.c[name] for name in DUE_DTYPES)).where(table.c.store_id == store_id).order_by(table.c.due_id)
    with ledger.reading() as connection:
        return frame_of(connection, query, DUE_DTYPES)


def _dated(row: dict[str, object]) -> dict[str, object]:
    due = row["due"]
    return row | {"due": due.date() if isinstance(due, pd.Timestamp) else due}
