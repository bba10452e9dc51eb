"""The purge plans as those see them who decide: the exact population in counts, what changed, who signed, what lacks."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from discretio.domain.approvals import Missing
from discretio.domain.purge_states import PlanState
from discretio.ledger import stores
from discretio.ledger.approvals import SignedApproval, approvals
from discretio.ledger.certificates import CertificateRecord, certificates
from discretio.ledger.plans import PlanRecord, item_counts, load_plan, plan_items, rules_listed
from discretio.steps.approve import missing
from discretio.steps.plan_facts import ApprovalFacts
from discretio.steps.plan_population import plan_before
from discretio.steps.workplace import Workplace


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One plan in a list: its store, how many items it holds, whom they concern, and what a waiting one lacks."""

    plan: PlanRecord
    store: str
    items: int
    by_controller: frozenset[str]
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


def plan_lines(place: Workplace, plans: Sequence[PlanRecord]) -> list[PlanLine]:
    """A line for each of these plans, counted by the database; items are verified where a plan is shown, and when it runs."""
    names = {record.store_id: record.name for record in stores.stores(place.ledger)}
    numbers = item_counts(place.ledger, [plan.plan_id for plan in plans])
    return [_line(place, plan, names.get(plan.store_id, ""), numbers.get(plan.plan_id, 0)) for plan in plans]


def _line(place: Workplace, plan: PlanRecord, store: str, items: int) -> PlanLine:
    rules = rules_listed(place.ledger, plan.plan_id)
    waits = plan.state == PlanState.PLANNED
    lacking = len(ApprovalFacts.under(place, plan, rules).now_in(place).missing(place.now())) if waits else 0
    return PlanLine(plan, store, items, frozenset(rules), lacking)


def plan_view(place: Workplace, plan_id: str) -> PlanView:
    """One plan with all that a decision on it needs.

    Raises:
        UsageError: there is no such plan.
        LedgerError: its items are not those that were planned.
    """
    plan = load_plan(place.ledger, plan_id)
    items = plan_items(place.ledger, plan_id)
    before = plan_before(place, plan)
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


def _scopes(items: pd.DataFrame) -> set[str]:
    return set(items["item_id"])
