"""Plans of deletion: exactly which dossiers, under which rule, with which hash; sealed against editing by hand."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Row, distinct, func, insert, select, update

from discretio.domain.frames import TEXT
from discretio.domain.purge_states import PLAN_TRANSITIONS, PlanState
from discretio.errors import LedgerError, PurgeRefusedError, UsageError
from discretio.ledger.audit_chain import Payload, append, canonical, moment_text
from discretio.ledger.connection import Ledger
from discretio.ledger.purge_tables import plan_item_controllers as shares
from discretio.ledger.purge_tables import plan_items as items_table
from discretio.ledger.purge_tables import plans as table
from discretio.ledger.rows import rows_of, same_names, typed
from discretio.ledger.seals import check_seal, seal
from discretio.ledger.traces import PlanTraces, destroy_traces, keep_traces

ITEM_DTYPES = {
    "item_id": TEXT,
    "kind": TEXT,
    "dossier_hash": TEXT,
    "rule_id": TEXT,
    "due": "object",
    "controllers": TEXT,
    "state": TEXT,
    "reason": TEXT,
}
_SEALED_ITEM = ("item_id", "kind", "dossier_hash", "rule_id", "due", "controllers")
_NEVER_EXECUTED = (PlanState.REFUSED, PlanState.EXPIRED, PlanState.WITHDRAWN)
_RECENT = 100


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """A plan: over which store and run, as of when, asked by whom (a person id), under which policy, and where it stands.

    `root_hash` stands over the hashes of all its items; an approval binds to it. `dry_run_only` plans never delete.
    `layout_sha256` is that of what says where the store keeps what and how it is erased; null in plans of older versions.
    """

    plan_id: str
    store_id: int
    run_id: str
    as_of: date
    requester: str
    root_hash: str
    policy_set_id: str
    policy_version: str
    policy_sha256: str
    dry_run_only: bool
    created_at: datetime
    state: str
    layout_sha256: str | None = None


def save_plan(ledger: Ledger, plan: PlanRecord, items: pd.DataFrame, traces: PlanTraces | None = None) -> None:
    """Freeze a plan. Only its state and that of its items may change afterwards.

    Args:
        ledger: the ledger.
        plan: the plan; make its id with `surrogate_ids.new_id("plan")`.
        items: ITEM_DTYPES without `reason`: item_id (surrogate of a dossier or of a row of the art. 8 list), kind,
            dossier_hash, rule_id, due (a date or null), controllers (JSON list of the ids of those concerned), state.
        traces: what a verification will look for; None for a plan that deletes nothing.
    """
    columns = [name for name in ITEM_DTYPES if name != "reason"]
    rows = [_item(row) for row in rows_of(items, same_names(*columns))]
    digest = _items_digest(rows)
    owned = {"plan_id": plan.plan_id}
    split = [
        {"item_id": row["item_id"], "controller_id": controller} | owned for row in rows for controller in row["controllers"]
    ]
    with ledger.writing() as connection:
        sealed = {"items_sha256": digest, "seal": seal(ledger, "plan", _sealed(plan, digest))}
        connection.execute(insert(table).values(**asdict(plan), **sealed))
        if rows:
            connection.execute(insert(items_table), [_without_controllers(row) | owned for row in rows])
        if split:
            connection.execute(insert(shares), split)
        payload: Payload = {"root_hash": plan.root_hash, "items": len(rows), "items_sha256": digest, "seal": sealed["seal"]}
        append(ledger, connection, "plan.saved", payload, subject=plan.plan_id)
        if traces is not None:
            keep_traces(ledger, connection, plan.plan_id, traces)


def load_plan(ledger: Ledger, plan_id: str) -> PlanRecord:
    """The plan of that id.

    Raises:
        UsageError: there is none.
        LedgerError: it was edited in the database.
    """
    with ledger.reading() as connection:
        row = connection.execute(select(table).where(table.c.plan_id == plan_id)).one_or_none()
    return _plan(ledger, plan_id, row)


def locked_plan(ledger: Ledger, connection: Connection, plan_id: str) -> PlanRecord:
    """The plan, locked until the transaction ends: withdrawals and intents go one after the other."""
    row = connection.execute(select(table).where(table.c.plan_id == plan_id).with_for_update()).one_or_none()
    return _plan(ledger, plan_id, row)


def latest_plans(ledger: Ledger, store_id: int | None = None, limit: int = _RECENT) -> list[PlanRecord]:
    """The plans, the last first; of one store, or of all."""
    query = select(table).order_by(table.c.created_at.desc(), table.c.plan_id).limit(limit)
    if store_id is not None:
        query = query.where(table.c.store_id == store_id)
    with ledger.reading() as connection:
        return [_plan(ledger, row.plan_id, row) for row in connection.execute(query)]


def item_counts(ledger: Ledger, plan_ids: Collection[str], controllers: Collection[str] | None = None) -> dict[str, int]:
    """How many items each of these plans holds, all or those that concern one of the controllers; none is no line."""
    whole = select(items_table.c.plan_id, func.count()).group_by(items_table.c.plan_id)
    share = select(shares.c.plan_id, func.count(distinct(shares.c.item_id))).group_by(shares.c.plan_id)
    query = whole if controllers is None else share.where(shares.c.controller_id.in_(controllers))
    asked = (items_table if controllers is None else shares).c.plan_id.in_(plan_ids)
    with ledger.reading() as connection:
        return {row[0]: row[1] for row in connection.execute(query.where(asked))}


def rules_listed(ledger: Ledger, plan_id: str) -> dict[str, frozenset[str]]:
    """Under which rules a plan would delete something of each controller: for lists, without verifying its items."""
    same = (items_table.c.plan_id == shares.c.plan_id) & (items_table.c.item_id == shares.c.item_id)
    query = select(shares.c.controller_id, items_table.c.rule_id).join_from(shares, items_table, same).distinct()
    found: dict[str, frozenset[str]] = {}
    with ledger.reading() as connection:
        for controller, rule_id in connection.execute(query.where(shares.c.plan_id == plan_id)):
            found[controller] = found.get(controller, frozenset()) | {rule_id}
    return found


def plan_items(ledger: Ledger, plan_id: str) -> pd.DataFrame:
    """The items of a plan: ITEM_DTYPES, ordered by item_id.

    Raises:
        LedgerError: an item was added, removed or edited in the database.
    """
    columns = [items_table.c[name] for name in ITEM_DTYPES if name != "controllers"]
    with ledger.reading() as connection:
        digest = connection.execute(select(table.c.items_sha256).where(table.c.plan_id == plan_id)).scalar_one_or_none()
        found = connection.execute(select(*columns).where(items_table.c.plan_id == plan_id)).mappings().all()
        split = connection.execute(select(shares.c.item_id, shares.c.controller_id).where(shares.c.plan_id == plan_id)).all()
    controllers: dict[str, list[str]] = {}
    for item_id, controller in split:
        controllers.setdefault(item_id, []).append(controller)
    rows = [dict(row) | {"controllers": sorted(controllers.get(row["item_id"], []))} for row in found]
    if digest is None or _items_digest(rows) != digest:
        raise LedgerError("the items of this plan are not those that were planned", where=plan_id, remedy="make a new plan")
    ordered = sorted(rows, key=lambda row: str(row["item_id"]))
    return typed([_listed(row) for row in ordered], ITEM_DTYPES)


def set_plan_state(ledger: Ledger, plan_id: str, expected: str, new: str) -> None:
    """Move a plan from one state to another, if it is still in the first.

    Raises:
        PurgeRefusedError: it is not (any more), or no plan moves that way (domain/purge_states.py).
    """
    if new not in PLAN_TRANSITIONS.get(PlanState(expected), {}).values():
        raise PurgeRefusedError(f"a plan that is {expected} can't become {new}", where=plan_id, remedy="make a new plan")
    with ledger.writing() as connection:
        here = (table.c.plan_id == plan_id, table.c.state == expected)
        if not connection.execute(update(table).where(*here).values(state=new)).rowcount:
            raise PurgeRefusedError(
                f"the plan is not {expected}", where=plan_id, remedy="look at the plan again; something else has moved it on"
            )
        append(ledger, connection, "plan.moved", {"from": expected, "to": new}, subject=plan_id)
        if new in _NEVER_EXECUTED:
            destroy_traces(ledger, connection, plan_id, {"plan": new})


def _plan(ledger: Ledger, plan_id: str, row: Row[Any] | None) -> PlanRecord:
    if row is None:
        raise UsageError("no plan of this id is known", where=plan_id, remedy="discretio purge plan prints the id")
    plan = PlanRecord(**{name: getattr(row, name) for name in PlanRecord.__slots__})
    check_seal(ledger, "plan", _sealed(plan, row.items_sha256), row.seal)
    return plan


def _sealed(plan: PlanRecord, items_sha256: str) -> dict[str, object]:
    fields = {**asdict(plan), "items_sha256": items_sha256}
    del fields["state"]
    if plan.layout_sha256 is None:
        del fields["layout_sha256"]
    return fields | {"as_of": plan.as_of.isoformat(), "created_at": moment_text(plan.created_at)}


def _item(row: dict[str, Any]) -> dict[str, Any]:
    due = row["due"].date() if isinstance(row["due"], datetime) else row["due"]
    return row | {"due": due, "controllers": sorted(set(json.loads(row["controllers"])))}


def _without_controllers(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "controllers"}


def _listed(row: dict[str, Any]) -> list[Any]:
    return [canonical(row[name]) if name == "controllers" else row[name] for name in ITEM_DTYPES]


def _items_digest(rows: list[dict[str, Any]]) -> str:
    fields = sorted([str(row[name]) for name in _SEALED_ITEM] for row in rows)
    return hashlib.sha256(canonical(fields).encode()).hexdigest()
