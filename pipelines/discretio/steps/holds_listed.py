"""What stands on the dossiers of a store: the holds that are recorded here and those that it declares, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from discretio.domain.holds import Hold, hold_defects, hold_is_active, hold_is_ahead
from discretio.domain.partial_dates import day_of
from discretio.domain.recorded_holds import RecordedHold, past_ceiling
from discretio.domain.retention_reasons import Reason
from discretio.ledger import locator, stores
from discretio.ledger.holds import held_dossiers, holds_on
from discretio.steps.archive_waits import under_all
from discretio.steps.dossier_facts import hold_of
from discretio.steps.freezing import PLANNING_FRAMES
from discretio.steps.recorded_holds import HOLDS
from discretio.steps.terms import dues_of
from discretio.steps.workplace import Workplace
from discretio.stores.casting import records


@dataclass(frozen=True, slots=True)
class ListedHold:
    """A hold that suspends a deletion, or will (surrogate ids).

    Attributes:
        hold_id: its id.
        dossier_id: the dossier.
        controllers: those concerned: who introduced something when it was placed; of a store's own hold, the dossier's owner.
        hold: when it holds.
        remarks: what is wrong with it, or to be known.
        recorded: whether it is recorded here; else the store declares it.
    """

    hold_id: str
    dossier_id: str
    controllers: frozenset[str]
    hold: Hold
    remarks: tuple[Reason, ...]
    recorded: bool


def standing_holds(place: Workplace, store_name: str, as_of: date) -> list[ListedHold]:
    """The holds that stand on that day or begin later, those recorded here first.

    Raises:
        StoreUnavailableError: the store can't be read.
        KeyError: the policy doesn't set `hold.review_within`.
    """
    ledger, store_id = place.ledger, stores.store_named(place.ledger, store_name).store_id
    recorded = [
        ListedHold(one.hold_id, one.dossier_id, one.controllers, one.as_hold(), _asked(one), recorded=True)
        for one in holds_on(ledger, held_dossiers(ledger, store_id))
    ]
    found = [one for one in [*recorded, *_declared(place, store_name, store_id)] if _counts(one.hold, as_of)]
    return [_remarked(one, place, as_of) for one in found]


def dossiers_past_ceiling(place: Workplace, store_name: str, as_of: date) -> frozenset[str]:
    """The dossiers (surrogate ids) that are held although the longest term of the law has passed.

    Raises:
        StoreUnavailableError: the store can't be read.
    """
    store, store_id = place.open_store(store_name), stores.store_named(place.ledger, store_name).store_id
    read = {name: store.read(name) for name in PLANNING_FRAMES if name in store.frames()}
    policy = place.policy_on(as_of)
    dues = dues_of(under_all(place, store_name, read, policy), policy, as_of)
    keys = sorted({scoped.key for scoped in dues if scoped.kind == "dossier" and past_ceiling([scoped.due])})
    return frozenset(locator.surrogates(place.ledger, store_id, "dossier", keys).values())


def _declared(place: Workplace, store_name: str, store_id: int) -> list[ListedHold]:
    store = place.open_store(store_name)
    rows = records(store.read(HOLDS)) if HOLDS in store.frames() else []
    dossiers = locator.surrogates(place.ledger, store_id, "dossier", sorted({row["dossier_key"] for row in rows}))
    keys = [row["hold_key"] for row in rows]
    homes = {row["hold_key"]: dossiers[row["dossier_key"]] for row in rows}
    ids = locator.surrogates(place.ledger, store_id, "hold", keys, dossier_of=homes)
    owners = _owners(place, store_id, store.read("dossiers")) if rows else {}
    return [_declared_hold(row, ids, dossiers, owners) for row in rows]


def _declared_hold(
    row: Mapping[str, Any], ids: Mapping[str, str], dossiers: Mapping[str, str], owners: Mapping[str, str]
) -> ListedHold:
    key = row["dossier_key"]
    concerned = frozenset({owners[key]} if key in owners else ())
    return ListedHold(ids[row["hold_key"]], dossiers[key], concerned, hold_of(row), (), recorded=False)


def _owners(place: Workplace, store_id: int, dossiers: pd.DataFrame) -> dict[str, str]:
    named = dossiers.reindex(columns=["dossier_key", "owner"]).dropna()
    ids = locator.surrogates(place.ledger, store_id, "controller", sorted(named["owner"].unique()))
    return {key: ids[owner] for key, owner in zip(named["dossier_key"], named["owner"], strict=True)}


def _counts(hold: Hold, as_of: date) -> bool:
    return hold_is_active(hold, as_of) or hold_is_ahead(hold, as_of)


def _asked(hold: RecordedHold) -> tuple[Reason, ...]:
    return (Reason.HOLD_RELEASE_ASKED,) if hold.standing.release_asked else ()


def _remarked(one: ListedHold, place: Workplace, as_of: date) -> ListedHold:
    review = day_of(one.hold.review_at)
    overdue = (Reason.HOLD_REVIEW_OVERDUE,) if review is not None and review < as_of else ()
    # A store that keeps no approvals of its holds would be told so at each of them: the rule ART2-3-4-HOLD judges those.
    defects = hold_defects(one.hold, place.policy_on(as_of)) if one.recorded else ()
    remarks = (*one.remarks, *overdue, *defects)
    return replace(one, remarks=remarks)
