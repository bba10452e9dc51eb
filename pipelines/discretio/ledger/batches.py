"""Write-ahead of a purge: the intent stands here before the store is touched, the result after. Both can be said again."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, Table, insert, select, update

from discretio.domain.purge_states import ITEM_TRANSITIONS, ItemState, PlanState
from discretio.errors import PurgeRefusedError
from discretio.ledger.approvals import SignedApproval, approvals_in, is_positive, standing
from discretio.ledger.attempts import require_latest_in
from discretio.ledger.audit_chain import append, canonical, payloads
from discretio.ledger.connection import Ledger
from discretio.ledger.plans import PlanRecord, locked_plan
from discretio.ledger.purge_tables import plan_items as items_table
from discretio.ledger.purge_tables import purge_intents as table
from discretio.ledger.rows import pieces

INTENDED, DONE = "purge.intended", "purge.done"
_PERSONS = 2

Result = tuple[str, str, str | None]
"""An item, its state (DELETED, DROPPED, later VERIFIED; INTENT where a verification found remains), its reason (a code)."""


class Approvals:
    """The approvals of a plan as an intent asks for them: read and verified each time, and all that the ledger itself asks."""

    def given(self, ledger: Ledger, connection: Connection, plan_id: str) -> Sequence[SignedApproval]:
        """Those that were given, their signatures verified."""
        return approvals_in(ledger, connection, plan_id)

    def suffice(self, given: Sequence[SignedApproval]) -> bool:  # noqa: ARG002 - whoever asks for more looks at them
        """Whether these let the plan go on at this moment."""
        return True


_AS_THEY_STAND = Approvals()


def write_intent(
    ledger: Ledger, plan_id: str, item_ids: Collection[str], at: datetime, asked: Approvals = _AS_THEY_STAND
) -> list[str]:
    """Write down what is about to be deleted, before it is.

    The plan's row is locked meanwhile, as it is by every approval and withdrawal: a withdrawal comes before the intent, and
    stops it, or after, and stops the next one. The approvals are asked for last, while nothing else is written in the ledger:
    they and whatever they rest on (a person, a mandate, a term) are as they say when the intent is committed.

    Args:
        ledger: the ledger.
        plan_id: the plan.
        item_ids: what is about to be deleted.
        at: when.
        asked: tells the approvals of the plan, which nobody can change meanwhile, and whether they suffice now.

    Returns:
        The items to delete now: those asked for, less those whose result is known already.

    Raises:
        PurgeRefusedError: the plan isn't RUNNING, may only dry-run, has a withdrawal, not two persons behind it, not enough
            approvals, or not this item.
        ApprovalError: an approval of the plan is forged or missing.
    """
    with ledger.writing() as connection:
        plan = locked_plan(ledger, connection, plan_id)
        _check_may_run(plan)
        states = _states(connection, plan_id, item_ids)
        fresh = [item for item in sorted(set(item_ids)) if item not in states]
        if fresh:
            row = {"plan_id": plan_id, "written_at": at, "state": ItemState.INTENT.value}
            connection.execute(insert(table), [row | {"item_id": item} for item in fresh])
            append(ledger, connection, INTENDED, {"items": canonical(fresh)}, subject=plan_id)
        given = asked.given(ledger, connection, plan_id)
        _check_approved(plan, standing(given))
        _require(not fresh or asked.suffice(given), plan_id, "the approvals of the plan don't suffice any more")
    return [item for item in sorted(set(item_ids)) if states.get(item, ItemState.INTENT) == ItemState.INTENT]


def mark_done(
    ledger: Ledger, plan_id: str, results: Sequence[Result], rows: Mapping[str, int] | None = None, attempt: int | None = None
) -> None:
    """Write down what became of the items.

    Args:
        ledger: the ledger.
        plan_id: the plan.
        results: an item may be dropped without an intent, but not deleted. The same again changes nothing.
        rows: how many rows of each table went with those that are DELETED; null if nobody counted.
        attempt: the number of the run that tells it (`attempts.begin_attempt`); null if it is told by no run.

    Raises:
        PurgeRefusedError: a result contradicts what is known, or another run of the plan has begun since this one.
    """
    told = {item: {"item_id": item, "state": state, "reason": reason} for item, state, reason in results}
    with ledger.writing() as connection:
        locked_plan(ledger, connection, plan_id)
        if attempt is not None:
            require_latest_in(connection, plan_id, attempt)
        states = _states(connection, plan_id, told)
        fresh = {item: row for item, row in told.items() if row["state"] != states.get(item)}
        for item, row in fresh.items():
            _check_result(item, states.get(item), row["state"])
        if fresh:
            _write_results(ledger, connection, plan_id, fresh, states.keys())
            counts = {} if rows is None else {"rows": canonical(dict(rows))}
            items = canonical({item: [row["state"], row["reason"]] for item, row in fresh.items()})
            append(ledger, connection, DONE, {"items": items, **counts}, subject=plan_id)


def rows_deleted(ledger: Ledger, plan_id: str) -> tuple[dict[str, int], int]:
    """How many rows of each table went with what a plan deleted, and of how many items nobody counted them.

    A run that is killed between its deletion and its result counted nothing.
    """
    rows: Counter[str] = Counter()
    uncounted = 0
    with ledger.reading() as connection:
        told = payloads(connection, DONE, plan_id)
    for payload in told:
        deleted = sum(state == ItemState.DELETED for state, _ in json.loads(payload["items"]).values())
        if "rows" in payload:
            rows.update(json.loads(payload["rows"]))
        else:
            uncounted += deleted
    return dict(rows), uncounted


def open_intents(ledger: Ledger, plan_id: str) -> list[str]:
    """The items that were about to be deleted and whose result isn't known: where a killed purge resumes."""
    here = (table.c.plan_id == plan_id, table.c.state == ItemState.INTENT.value)
    with ledger.reading() as connection:
        return sorted(connection.execute(select(table.c.item_id).where(*here)).scalars())


def _write_results(
    ledger: Ledger, connection: Connection, plan_id: str, fresh: Mapping[str, Mapping[str, object]], known: Collection[str]
) -> None:
    now = ledger.now()
    rows = [{**row, "plan_id": plan_id, "written_at": now, "done_at": now} for row in fresh.values()]
    if new := [row for row in rows if row["item_id"] not in known]:
        connection.execute(insert(table), new)
    alike: dict[tuple[object, object], list[str]] = {}
    for item, row in fresh.items():
        alike.setdefault((row["state"], row["reason"]), []).append(item)
    for (state, reason), items in alike.items():
        values = {"state": state, "reason": reason}
        _update(connection, table, plan_id, items, values | {"done_at": now})
        _update(connection, items_table, plan_id, items, values)


def _update(connection: Connection, target: Table, plan_id: str, items: Collection[str], values: Mapping[str, object]) -> None:
    for piece in pieces(items):
        connection.execute(update(target).where(target.c.plan_id == plan_id, target.c.item_id.in_(piece)).values(**values))


def _check_may_run(plan: PlanRecord) -> None:
    _require(plan.state == PlanState.RUNNING, plan.plan_id, f"the plan is {plan.state}, not {PlanState.RUNNING}")
    _require(not plan.dry_run_only, plan.plan_id, "the plan may only dry-run")


def _check_approved(plan: PlanRecord, given: Sequence[SignedApproval]) -> None:
    positive = {approval.person_id for approval in given if is_positive(approval)}
    _require(all(map(is_positive, given)), plan.plan_id, "an approval was withdrawn or refused")
    _require(len(positive - {plan.requester}) >= _PERSONS, plan.plan_id, "fewer than two persons stand behind the plan")


def _require(fulfilled: bool, plan_id: str, why: str) -> None:  # noqa: FBT001 - what was found
    if not fulfilled:
        raise PurgeRefusedError(why, where=plan_id, remedy="nothing more was deleted; look at the plan and its approvals")


def _check_result(item: str, known: str | None, told: object) -> None:
    # Only `write_intent` writes the first intent, under its checks.
    reachable = set(ITEM_TRANSITIONS[ItemState(known or ItemState.PLANNED)].values())
    if told not in (reachable if known else reachable - {ItemState.INTENT}):
        raise PurgeRefusedError(
            f"{told} contradicts what is known of this item", where=item, remedy="run discretio purge verify on the plan"
        )


def _states(connection: Connection, plan_id: str, item_ids: Collection[str]) -> dict[str, str]:
    """What is known of these items of the plan; one that was never intended nor dropped is absent."""
    planned: dict[str, str | None] = {}
    same = (items_table.c.plan_id == table.c.plan_id) & (items_table.c.item_id == table.c.item_id)
    query = select(items_table.c.item_id, table.c.state).join_from(items_table, table, same, isouter=True)
    for piece in pieces(item_ids):
        here = (items_table.c.plan_id == plan_id, items_table.c.item_id.in_(piece))
        planned |= {row.item_id: row.state for row in connection.execute(query.where(*here))}
    if planned.keys() != set(item_ids):
        raise PurgeRefusedError(
            "an item is not of this plan", where=plan_id, remedy="nothing more was deleted; make a new plan"
        )
    return {item: state for item, state in planned.items() if state is not None}
