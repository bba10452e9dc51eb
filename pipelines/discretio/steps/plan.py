"""Plan a deletion: terms worked out and recorded, the exact population frozen under one root hash. Touches nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from discretio.domain.caps import check_cap, may_execute
from discretio.domain.population import root_hash
from discretio.domain.purge_states import ItemState, PlanState
from discretio.errors import PurgeRefusedError
from discretio.law.policy import ResolvedPolicy
from discretio.ledger import locator, stores
from discretio.ledger.connection import server_date
from discretio.ledger.dues import record_dues
from discretio.ledger.people import person_id_of
from discretio.ledger.plans import PlanRecord, save_plan
from discretio.ledger.surrogate_ids import new_id
from discretio.steps.dossier_facts import DECIDING_FRAMES
from discretio.steps.run_records import recorded_run
from discretio.steps.terms import ScopedDue, deletable, dues_of, held_back, is_worth_recording
from discretio.steps.workplace import Workplace
from discretio.stores.port import DossierStore, ErasableStore

PLANNING_FRAMES = (*DECIDING_FRAMES, "entry_introducers", "art8_rows")


@dataclass(frozen=True, slots=True)
class Planned:
    """What planning gave: the plan, how many dossiers and rows of the list it holds, of how many dossiers in the store.

    `held_back`: how many more have ended their term, or may have, but can't be deleted, by reason.
    """

    plan_id: str
    dossiers: int
    art8_rows: int
    dossiers_in_store: int
    root_hash: str
    dry_run_only: bool
    held_back: Mapping[str, int]


def plan_purge(place: Workplace, store_name: str, as_of: date, *, requester: str) -> Planned:
    """Work out every term, record it, and freeze what may be deleted in a plan.

    Args:
        place: the collaborators.
        store_name: a registered store.
        as_of: the day on which terms are judged; after the ledger server's date the plan only dry-runs.
        requester: the login of who asks; he can't approve.

    Raises:
        PurgeRefusedError: the plan exceeds the cap, or something is due in a store in which nothing can be erased; the terms
            are recorded all the same.
        StoreUnavailableError: the store can't be read.
    """
    record = stores.store_named(place.ledger, store_name)
    store = place.open_store(store_name)
    store.check()
    policy = place.policy_on(as_of)
    frames = {name: store.read(name) for name in PLANNING_FRAMES if name in store.frames()}
    dues = dues_of(frames, policy, as_of)
    with recorded_run(place, policy, "plan", record.store_id) as run:
        record_dues(place.ledger, run.run_id, record.store_id, _due_rows(place, record.store_id, dues))
        chosen = deletable(dues, policy)
        check_cap(sum(scoped.kind == "dossier" for scoped in chosen), len(frames["dossiers"]), policy)
        items = _items(place, record.store_id, store, chosen, introducers(frames))
        planned = _save(place, record, _Run(run.run_id, as_of, policy, person_id_of(place.ledger, requester)), items)
        run.counts.update(items=len(items), dues=len(dues))
    kinds = items["kind"].value_counts()
    counts = (int(kinds.get("dossier", 0)), int(kinds.get("art8_row", 0)), len(frames["dossiers"]))
    return Planned(planned.plan_id, *counts, planned.root_hash, planned.dry_run_only, held_back(dues, policy))


@dataclass(frozen=True, slots=True)
class _Run:
    run_id: str
    as_of: date
    policy: ResolvedPolicy
    requester: str


def _save(place: Workplace, record: stores.StoreRecord, run: _Run, items: pd.DataFrame) -> PlanRecord:
    today = server_date(place.ledger)
    plan = PlanRecord(
        plan_id=new_id("plan"),
        store_id=record.store_id,
        run_id=run.run_id,
        as_of=run.as_of,
        requester=run.requester,
        root_hash=root_hash(zip(items["item_id"], items["dossier_hash"], strict=True)),
        policy_set_id=run.policy.policy_set_id,
        policy_version=run.policy.version,
        policy_sha256=run.policy.sha256,
        dry_run_only=not may_execute(run.as_of, today, own_demo_store=record.demo, catch_up=False),
        created_at=place.now(),
        state=PlanState.PLANNED.value,
    )
    save_plan(place.ledger, plan, items)
    return plan


def introducers(frames: Mapping[str, pd.DataFrame]) -> dict[str, set[str]]:
    """Every controller that introduced something into each dossier, by the store's own keys (art. 3 §1 al. 2)."""
    # A column that the store lacks names nobody.
    entries = frames.get("entries", pd.DataFrame()).reindex(columns=["entry_key", "dossier_key", "introduced_by"])
    pairs = [entries.rename(columns={"introduced_by": "controller_key"})]
    if "entry_introducers" in frames:
        pairs.append(frames["entry_introducers"].merge(entries[["entry_key", "dossier_key"]], on="entry_key"))
    named = pd.concat([pair[["dossier_key", "controller_key"]] for pair in pairs]).dropna()
    concerned = {str(dossier): set(keys) for dossier, keys in named.groupby("dossier_key")["controller_key"]}
    owners = frames["dossiers"].reindex(columns=["dossier_key", "owner"]).dropna()
    for dossier, owner in zip(owners["dossier_key"], owners["owner"], strict=True):
        concerned.setdefault(dossier, {owner})
    return concerned


def _items(
    place: Workplace, store_id: int, store: DossierStore, chosen: list[ScopedDue], concerned: Mapping[str, set[str]]
) -> pd.DataFrame:
    keys = {kind: [scoped.key for scoped in chosen if scoped.kind == kind] for kind in ("dossier", "art8_row")}
    hashes: dict[str, Mapping[str, str]] = {"dossier": {}, "art8_row": {}}
    if chosen:
        store = _erasable(store)
        secret = place.ledger.keys.content_hash
        hashes["dossier"] = store.dossier_hashes(keys["dossier"], secret)
        hashes["art8_row"] = store.art8_hashes(keys["art8_row"], secret)
    ids = {kind: locator.surrogates(place.ledger, store_id, kind, keys[kind]) for kind in keys}
    controllers = {key for names in concerned.values() for key in names} | {s.controller for s in chosen if s.controller}
    names = locator.surrogates(place.ledger, store_id, "controller", sorted(controllers))
    rows = [
        {
            "item_id": ids[scoped.kind][scoped.key],
            "kind": scoped.kind,
            "dossier_hash": hashes[scoped.kind][scoped.key],
            "rule_id": scoped.due.rule_id,
            "due": scoped.due.last_lawful_day,
            "controllers": json.dumps(sorted(names[key] for key in _concerned(scoped, concerned))),
            "state": ItemState.PLANNED.value,
        }
        for scoped in chosen
        if scoped.key in hashes[scoped.kind]
    ]
    return pd.DataFrame(rows, columns=["item_id", "kind", "dossier_hash", "rule_id", "due", "controllers", "state"])


def _erasable(store: DossierStore) -> ErasableStore:
    """The store, if something can be erased in it; else its own refusal, which says why."""
    if isinstance(store, ErasableStore):
        return store
    with store.erasing():
        raise PurgeRefusedError("nothing can be erased in this store", where=store.kind)


def _concerned(scoped: ScopedDue, concerned: Mapping[str, set[str]]) -> set[str]:
    if scoped.kind == "dossier":
        return concerned.get(scoped.key, set())
    return {scoped.controller} if scoped.controller else set()


def _due_rows(place: Workplace, store_id: int, dues: list[ScopedDue]) -> pd.DataFrame:
    told = [scoped for scoped in dues if is_worth_recording(scoped.due)]
    ids = {
        kind: locator.surrogates(place.ledger, store_id, kind, sorted({s.key for s in told if s.kind == kind}))
        for kind in ("dossier", "art8_row")
    }
    names = locator.surrogates(place.ledger, store_id, "controller", sorted({s.controller for s in told if s.controller}))
    rows = [
        {
            "rule_id": scoped.due.rule_id,
            "scope_kind": scoped.kind,
            "scope_id": ids[scoped.kind][scoped.key],
            "dossier_id": ids["dossier"][scoped.key] if scoped.kind == "dossier" else None,
            "controller_id": names.get(scoped.controller) if scoped.controller else None,
            "status": scoped.due.status.value,
            "due": scoped.due.last_lawful_day,
            "reason": scoped.due.reason.value,
        }
        for scoped in told
    ]
    columns = ["rule_id", "scope_kind", "scope_id", "dossier_id", "controller_id", "status", "due", "reason"]
    return pd.DataFrame(rows, columns=columns)
