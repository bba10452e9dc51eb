"""Outcomes: what each rule answered over each scope, the last time it ran. Older answers live on as counts of their run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

import pandas as pd
from sqlalchemy import ColumnElement, delete, insert, select

from discretio.domain.frames import OUTCOMES
from discretio.domain.outcomes import Outcome
from discretio.ledger.audit_chain import Payload, append, canonical
from discretio.ledger.connection import Ledger
from discretio.ledger.rows import frame_of, rows_of
from discretio.ledger.scan_tables import outcomes as table

_NAMES = {
    "rule_id": "rule_id",
    "scope_kind": "scope_kind",
    "scope_key": "scope_id",
    "dossier_key": "dossier_id",
    "controller_key": "controller_id",
    "outcome": "outcome",
    "reason": "reason",
}


def record_outcomes(
    ledger: Ledger, run_id: str, store_id: int, outcomes: pd.DataFrame, *, rule_ids: Collection[str] = ()
) -> None:
    """Record what a run's rules answered; it replaces what the same rules answered before in this store.

    Args:
        ledger: the ledger.
        run_id: the check.
        store_id: the store.
        outcomes: the frame OUTCOMES, with surrogates as keys; all answers of a rule at once.
        rule_ids: rules that ran; named because one that found no scope has no row, and its old answers must go too.
    """
    marked = outcomes.assign(shared=outcomes.duplicated(["rule_id", "scope_key"], keep=False))
    rows = [row | {"run_id": run_id, "store_id": store_id} for row in rows_of(marked, _NAMES | {"shared": "shared"})]
    rules = sorted({row["rule_id"] for row in rows} | set(rule_ids))
    counts = Counter(row["outcome"] for row in rows)
    with ledger.writing() as connection:
        connection.execute(delete(table).where(table.c.store_id == store_id, table.c.rule_id.in_(rules)))
        if rows:
            connection.execute(insert(table), rows)
        payload: Payload = {"store_id": store_id, "rules": len(rules), "counts": canonical(counts)}
        append(ledger, connection, "outcomes.recorded", payload, subject=run_id)


def latest_outcomes(ledger: Ledger, store_id: int) -> pd.DataFrame:
    """The last answer of every rule over every scope of the store: the frame OUTCOMES, with surrogates as keys."""
    return _read(ledger, table.c.store_id == store_id)


def failures(ledger: Ledger, store_id: int, rule_ids: Collection[str]) -> pd.DataFrame:
    """The failures of some rules in the store, once per controller that hears of one: the frame OUTCOMES, as above."""
    failed = table.c.outcome == Outcome.FAIL.value
    return _read(ledger, table.c.store_id == store_id, table.c.rule_id.in_(sorted(rule_ids)), failed)


def _read(ledger: Ledger, *conditions: ColumnElement[bool]) -> pd.DataFrame:
    query = select(*(table.c[name] for name in _NAMES.values())).where(*conditions).order_by(table.c.outcome_id)
    with ledger.reading() as connection:
        return frame_of(connection, query, {column.name: column.dtype for column in OUTCOMES.columns})
