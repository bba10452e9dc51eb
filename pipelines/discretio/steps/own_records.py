"""The frames about ourselves that no store delivers: our purges with their approvals, our findings with their policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import pandas as pd

from discretio.domain.approvals import Role
from discretio.domain.frames import KNOWN_FRAMES
from discretio.law.policy import ResolvedPolicy
from discretio.ledger import locator, own_records
from discretio.ledger.approvals import approvals, is_positive, standing
from discretio.ledger.plans import PlanRecord, latest_plans
from discretio.steps.workplace import Workplace

_ROLES = {Role.APPROVER: "CONTROLLER", Role.DPO: "DPO", Role.ADMINISTRATOR: "ADMIN"}
_EVERY_PLAN = 1_000_000


def frames_about_ourselves(
    place: Workplace, store_id: int, policy: ResolvedPolicy, delivered: Mapping[str, pd.DataFrame]
) -> dict[str, pd.DataFrame]:
    """The frames `number_findings`, `recorded_findings`, `purges` and `purge_approvals`, as far as the store delivers none.

    Findings are told by the run that made them and the controller, not one by one: what the rules ask is the same for all of
    them. A purge is told once for each controller whose data it erased. Its list was approved by persons; that it was asked for
    counts as the act of the administrator.

    Args:
        place: the collaborators.
        store_id: the store.
        policy: the policy in use.
        delivered: what the store delivers.
    """
    plans = latest_plans(place.ledger, store_id, limit=_EVERY_PLAN)
    rows: dict[str, list[dict[str, Any]]] = {
        "recorded_findings": list(_findings(place, store_id, policy)),
        "purges": [row for plan in plans for row in _purges(place, store_id, plan)],
        "purge_approvals": [row for plan in plans for row in _approvals(place, store_id, plan)],
    }
    made = {name: _frame(name, told) for name, told in rows.items()}
    numbers = own_records.numbers_found(place.ledger, store_id)
    return {name: frame for name, frame in (made | {"number_findings": numbers}).items() if name not in delivered}


def _findings(place: Workplace, store_id: int, policy: ResolvedPolicy) -> Iterator[dict[str, Any]]:
    found = own_records.findings_by_policy(place.ledger, store_id)
    named = [f"{row['run_id']} {row['controller_key']}" for row in found.to_dict("records")]
    ids = locator.surrogates(place.ledger, store_id, "finding", sorted(named))
    adopted = policy.adoption
    offices = locator.surrogates(place.ledger, store_id, "user", [adopted.adopted_by] if adopted else [])
    for name, row in zip(named, found.to_dict("records"), strict=True):
        same = row["policy_sha256"] == policy.sha256
        yield {
            "finding_key": ids[name],
            "controller_key": row["controller_key"],
            "policy_set": row["policy_set"],
            "policy_version": row["policy_version"],
            "policy_status": policy.status.value if same or row["policy_set"] == policy.policy_set_id else None,
            "labelled_anticipatory": True,  # every report and explanation says so of a bill
            "led_to_deletion": False,  # terms lead to deletion, findings never do
            "adopted_by": None if adopted is None else offices[adopted.adopted_by],
            "adopted_at": None if adopted is None else adopted.adopted_at,
            "keyed_at": _local(row["made_at"]),
            "closed_at": None,  # what is dismissed or erased is no finding any more
            "key_dropped_at": None,
        }


def _purges(place: Workplace, store_id: int, plan: PlanRecord) -> Iterator[dict[str, Any]]:
    """A row per controller whose data a plan erased; a plan that only tried has done nothing."""
    key = locator.surrogates(place.ledger, store_id, "purge", [plan.plan_id])[plan.plan_id]
    unchanged = place.policy_on(plan.as_of).sha256 == plan.policy_sha256
    for row in own_records.purged(place.ledger, plan.plan_id).to_dict("records"):
        yield {
            "purge_key": key,
            "controller_key": row["controller_key"],
            "dry_run": plan.dry_run_only,
            "executed_at": _local(row["executed_at"]),
            "logical_day": plan.as_of,
            "list_sha256": plan.root_hash,
            "hold_active": False,  # holds are read again under the lock, and what is held drops out
            "policy_unchanged": True if unchanged else None,
        }


def _approvals(place: Workplace, store_id: int, plan: PlanRecord) -> Iterator[dict[str, Any]]:
    """Who asked for a plan, and whose approval of it stands."""
    given = [one for one in standing(approvals(place.ledger, plan.plan_id)) if is_positive(one)]
    told = [(plan.requester, "ADMIN", plan.created_at, plan.root_hash)]
    told += [(one.person_id, _ROLES.get(Role(one.role), one.role), one.at, one.root_hash) for one in given]
    users = locator.surrogates(place.ledger, store_id, "user", sorted({person for person, *_ in told}))
    key = locator.surrogates(place.ledger, store_id, "purge", [plan.plan_id])[plan.plan_id]
    for person, role, at, root_hash in told:
        yield {"purge_key": key, "user_key": users[person], "role": role, "at": _local(at), "list_sha256": root_hash}


def _local(moment: datetime) -> pd.Timestamp:
    """A moment as frames hold it: in Europe/Brussels, without a zone."""
    return pd.Timestamp(moment).tz_convert("Europe/Brussels").tz_localize(None)


def _frame(name: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """The rows with the columns that they tell; a frame without rows has those that it could tell."""
    told = {key for row in rows for key in row} or {column.name for column in KNOWN_FRAMES[name].columns}
    columns = [column for column in KNOWN_FRAMES[name].columns if column.name in told]
    frame = pd.DataFrame(rows, columns=[column.name for column in columns])
    return frame.astype({column.name: column.dtype for column in columns})
