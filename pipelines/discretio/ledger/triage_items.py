"""The items of triage: what a rule found, under a fingerprint that survives scans and checks; since when; and whether still."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, bindparam, false, func, insert, or_, select, update

from discretio.ledger.audit_chain import append
from discretio.ledger.connection import Ledger
from discretio.ledger.keys import keyed_hash
from discretio.ledger.rows import Row, frame_of, pieces, rows_of, same_names
from discretio.ledger.surrogate_ids import new_ids
from discretio.ledger.triage_tables import triage_events
from discretio.ledger.triage_tables import triage_items as table

_TEXTS = (
    "rule_id", "scope_kind", "scope_id", "dossier_id", "controller_id", "target", "outcome", "reason", "severity", "evidence",
    "types", "langs", "record_hash", "policy_hash", "evidence_hash",
)  # fmt: skip
ITEM_COLUMNS = (*_TEXTS, "minor")
_NAMED = ("rule_id", "scope_kind", "scope_id", "controller_id", "target")
_CHANGING = tuple(name for name in ITEM_COLUMNS if name not in _NAMED)
_DTYPES = {"item_id": "str", "store_id": "int64", **dict.fromkeys(_TEXTS, "str"), "minor": "boolean"}
ITEM_DTYPES = _DTYPES | {"first_seen": "object", "gone_on": "object"}


def refresh_items(ledger: Ledger, store_id: int, rule_ids: Collection[str], items: pd.DataFrame, on: date) -> dict[str, int]:
    """Bring the items of some rules up to what they find today.

    An item that is found again keeps its id, and what was said of it; one that isn't is marked as gone; one that comes back
    counts from the day of its return.

    Args:
        ledger: the ledger.
        store_id: the store.
        rule_ids: the rules that ran; items of others are left alone.
        items: ITEM_COLUMNS; ids are surrogates. `record_hash` is a digest, of which a keyed hash is kept.
        on: the day of the check.

    Returns:
        How many are new, found again, and gone.
    """
    rows = [_hashed(ledger, store_id, row) for row in rows_of(items, same_names(*ITEM_COLUMNS))]
    found = {row["fingerprint"]: row for row in rows}
    with ledger.writing() as connection:
        known = _known(connection, store_id, rule_ids)
        new = [row for fingerprint, row in found.items() if fingerprint not in known]
        gone = [row["item_id"] for fingerprint, row in known.items() if fingerprint not in found and row["gone_on"] is None]
        if new:
            ids = new_ids("triage_item", len(new))
            connection.execute(insert(table), [r | {"item_id": i, "first_seen": on} for r, i in zip(new, ids, strict=True)])
        _update(connection, [(known[name], row) for name, row in found.items() if name in known], on)
        for piece in pieces(gone):
            connection.execute(update(table).where(table.c.item_id.in_(piece)).values(gone_on=on))
        counts = {"new": len(new), "again": len(found) - len(new), "gone": len(gone)}
        append(ledger, connection, "triage.items_refreshed", {"store_id": store_id, "rules": len(rule_ids), **counts})
    return counts


def items_of(
    ledger: Ledger,
    *,
    store_id: int | None = None,
    controllers: Collection[str] | None = None,
    only: Collection[str] | None = None,
) -> pd.DataFrame:
    """The items: ITEM_DTYPES, in the order of their ids; of one store, of some controllers, or a few; the gone included."""
    conditions: list[ColumnElement[bool]] = [] if store_id is None else [table.c.store_id == store_id]
    conditions += [] if only is None else [table.c.item_id.in_(only)]
    query = select(*(table.c[name] for name in ITEM_DTYPES)).where(*conditions).order_by(table.c.item_id)
    with ledger.reading() as connection:
        frame = frame_of(connection, query, ITEM_DTYPES)
    return frame if controllers is None else frame[frame["controller_id"].isin(controllers)].reset_index(drop=True)


def silent_items(ledger: Ledger, controllers: Collection[str]) -> pd.DataFrame:
    """first_seen, gone (whether the rule finds it no more), n items of these controllers of which nobody ever said anything."""
    gone = table.c.gone_on.is_not(None)
    silent = table.c.item_id.not_in(select(triage_events.c.item_id))
    query = select(table.c.first_seen, gone, func.count()).where(silent, _of_controllers(controllers))
    with ledger.reading() as connection:
        return frame_of(
            connection, query.group_by(table.c.first_seen, gone), {"first_seen": "object", "gone": "bool", "n": "int64"}
        )


def discussed_items(ledger: Ledger, controllers: Collection[str]) -> pd.DataFrame:
    """The items of these controllers of which somebody said something: ITEM_DTYPES, in the order of their ids."""
    said = table.c.item_id.in_(select(triage_events.c.item_id))
    query = select(*(table.c[name] for name in ITEM_DTYPES)).where(said, _of_controllers(controllers))
    with ledger.reading() as connection:
        return frame_of(connection, query.order_by(table.c.item_id), ITEM_DTYPES)


def _of_controllers(controllers: Collection[str]) -> ColumnElement[bool]:
    return or_(false(), *(table.c.controller_id.in_(piece) for piece in pieces(sorted(controllers))))


def fingerprint_of(ledger: Ledger, store_id: int, named: Row) -> str:
    """The fingerprint of an item: a keyed hash over rule, scope, controller and target, the same at every scan."""
    parts = (str(named[name] or "") for name in _NAMED)
    return keyed_hash(ledger.keys.lookup, "triage", str(store_id), *parts)


def _hashed(ledger: Ledger, store_id: int, row: Row) -> Row:
    record = keyed_hash(ledger.keys.content_hash, row["record_hash"])
    return row | {"store_id": store_id, "fingerprint": fingerprint_of(ledger, store_id, row), "record_hash": record}


def _known(connection: Connection, store_id: int, rule_ids: Collection[str]) -> dict[str, Row]:
    query = select(table).where(table.c.store_id == store_id, table.c.rule_id.in_(sorted(rule_ids)))
    return {row["fingerprint"]: dict(row) for row in connection.execute(query).mappings()}


def _update(connection: Connection, pairs: list[tuple[Row, Row]], on: date) -> None:
    """Write what changed of items that are found again."""
    changes: list[dict[str, Any]] = []
    for old, new in pairs:
        since = on if old["gone_on"] is not None else old["first_seen"]
        if old["gone_on"] is not None or any(old[name] != new[name] for name in _CHANGING):
            changes.append({"its_id": old["item_id"], "first_seen": since, **{name: new[name] for name in _CHANGING}})
    if changes:
        statement = update(table).where(table.c.item_id == bindparam("its_id"))
        connection.execute(statement.values(gone_on=None, **{n: bindparam(n) for n in ("first_seen", *_CHANGING)}), changes)
