"""The exact population of a plan, item by item and a page at a time; and what came or went since the plan before it."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import pandas as pd

from discretio.ledger.plans import PlanRecord, latest_plans, load_plan, plan_items
from discretio.steps.workplace import Workplace

PAGE = 100
_PLAIN = ("item_id", "kind", "rule_id", "due", "dossier_hash")


class Part(StrEnum):
    """Which items of a plan are asked for: all, those that the plan before didn't hold, or those that only that one held."""

    ALL = "ALL"
    ADDED = "ADDED"
    REMOVED = "REMOVED"


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """One dossier or row of the art. 8 list in a plan: its surrogate, and why it is there."""

    item_id: str
    kind: str
    rule_id: str
    due: date | None
    dossier_hash: str
    controllers: Sequence[str]


@dataclass(frozen=True, slots=True)
class PopulationPage:
    """Some items, which page of how many, and how many items in all."""

    items: Sequence[PlannedItem]
    number: int
    pages: int
    total: int


def population_page(
    place: Workplace, plan_id: str, part: Part, controllers: Collection[str] | None, number: int
) -> PopulationPage:
    """One page of a plan's items, in the order of their ids; a number beyond the last page gives the last.

    Args:
        place: the collaborators.
        plan_id: the plan.
        part: which of its items.
        controllers: only items that concern one of them, told without the others; None for all.
        number: which page, from 1.

    Raises:
        UsageError: there is no such plan.
        LedgerError: its items are not those that were planned.
    """
    items = share_of(_part(place, load_plan(place.ledger, plan_id), part), controllers)
    pages = max(1, -(-len(items) // PAGE))
    chosen = min(max(1, number), pages)
    shown = items.iloc[(chosen - 1) * PAGE : chosen * PAGE]
    columns = (shown[name] for name in (*_PLAIN, "shares"))
    return PopulationPage([PlannedItem(*row) for row in zip(*columns, strict=True)], chosen, pages, len(items))


def share_of(items: pd.DataFrame, controllers: Collection[str] | None) -> pd.DataFrame:
    """The items that concern one of these controllers, or all of them for None; `shares` names them without the others."""
    shares = items["controllers"].map(json.loads)
    if controllers is None:
        return items.assign(shares=shares)
    mine = items.assign(shares=shares.map(lambda several: [one for one in several if one in controllers]))
    return mine[mine["shares"].map(len) > 0]


def plan_before(place: Workplace, plan: PlanRecord) -> PlanRecord | None:
    """The plan before one over the same store; None if it is the first."""
    older = [one for one in latest_plans(place.ledger, plan.store_id) if one.created_at < plan.created_at]
    return older[0] if older else None


def _part(place: Workplace, plan: PlanRecord, part: Part) -> pd.DataFrame:
    items = plan_items(place.ledger, plan.plan_id)
    if part is Part.ALL:
        return items
    before = plan_before(place, plan)
    earlier = items.head(0) if before is None else plan_items(place.ledger, before.plan_id)
    kept, others = (items, earlier) if part is Part.ADDED else (earlier, items)
    return kept[~kept["item_id"].isin(others["item_id"])].reset_index(drop=True)
