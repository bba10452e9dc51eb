"""The purge plans as those see them who decide: the exact population in counts, what changed, who signed, what lacks."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from discretio.domain.approvals import Missing
from discretio.ledger import stores
from discretio.ledger.approvals import SignedApproval, approvals
from discretio.ledger.certificates import CertificateRecord, certificates
from discretio.ledger.plans import PlanRecord, latest_plans, load_plan, plan_items
from discretio.steps.approve import missing
from discretio.steps.workplace import Workplace


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One plan in a list: its store, its state, how many items it holds and how many approvals it lacks."""

    plan: PlanRecord
    store: str
    items: int
    lacking: int


@dataclass(frozen=True, slots=True)
class PlanView:
    """One plan, whole.

    Attributes:
        plan: as it was frozen.
        store: the name of its store.
        by_rule: rule: n items.
        by_controller: controller's surrogate: n items that concern it; an item may concern several.
        by_state: state of the items: n.
        added: items that the plan before it over the same store didn't hold; None if there is no such plan.
        removed: items of the plan before it that this one doesn't hold.
        signed: the decisions, in order.
        lacking: what still keeps it from being run.
        certificates: of its verifications.
    """

    plan: PlanRecord
    store: str
    by_rule: Mapping[str, int]
    by_controller: Mapping[str, int]
    by_state: Mapping[str, int]
    added: int | None
    removed: int | None
    signed: Sequence[SignedApproval]
    lacking: Sequence[Missing]
    certificates: Sequence[CertificateRecord]


def plan_lines(place: Workplace) -> list[PlanLine]:
    """The latest plans, the last first."""
    names = {record.store_id: record.name for record in stores.stores(place.ledger)}
    return [
        PlanLine(plan, names.get(plan.store_id, ""), len(plan_items(place.ledger, plan.plan_id)), len(missing(place, plan)))
        for plan in latest_plans(place.ledger)
    ]


def plan_view(place: Workplace, plan_id: str) -> PlanView:
    """One plan with all that a decision on it needs.

    Raises:
        UsageError: there is no such plan.
        LedgerError: its items are not those that were planned.
    """
    plan = load_plan(place.ledger, plan_id)
    items = plan_items(place.ledger, plan_id)
    before = _before(place, plan)
    earlier = None if before is None else _scopes(plan_items(place.ledger, before.plan_id))
    return PlanView(
        plan=plan,
        store=next(record.name for record in stores.stores(place.ledger) if record.store_id == plan.store_id),
        by_rule=dict(sorted(Counter(items["rule_id"]).items())),
        by_controller=dict(sorted(Counter(one for several in items["controllers"] for one in json.loads(several)).items())),
        by_state=dict(sorted(Counter(items["state"]).items())),
        added=None if earlier is None else len(_scopes(items) - earlier),
        removed=None if earlier is None else len(earlier - _scopes(items)),
        signed=approvals(place.ledger, plan_id),
        lacking=missing(place, plan),
        certificates=certificates(place.ledger, plan_id),
    )


def _before(place: Workplace, plan: PlanRecord) -> PlanRecord | None:
    older = [one for one in latest_plans(place.ledger, plan.store_id) if one.created_at < plan.created_at]
    return older[0] if older else None


def _scopes(items: pd.DataFrame) -> set[str]:
    return set(items["item_id"])
