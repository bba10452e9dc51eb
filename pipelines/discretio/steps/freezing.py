"""Freeze what was chosen for deletion in a plan: the exact population under one root hash. Touches no store."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from discretio.domain.caps import check_cap, may_execute
from discretio.domain.population import root_hash
from discretio.domain.purge_states import ItemState, PlanState
from discretio.errors import PurgeRefusedError, UsageError
from discretio.law.policy import ResolvedPolicy
from discretio.ledger import locator, stores
from discretio.ledger.connection import server_date
from discretio.ledger.people import person_id_of
from discretio.ledger.plans import PlanRecord, save_plan
from discretio.ledger.surrogate_ids import new_id
from discretio.steps.dossier_facts import DECIDING_FRAMES
from discretio.steps.other_terms import INTRODUCERS, OVERRIDES
from discretio.steps.recorded_holds import with_recorded_holds
from discretio.steps.terms import ScopedDue
from discretio.steps.tracing import traces_kept
from discretio.steps.workplace import Workplace
from discretio.stores.port import DossierStore, ErasableStore

PLANNING_FRAMES = (*DECIDING_FRAMES, OVERRIDES, INTRODUCERS, "art8_rows")


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


@dataclass(frozen=True, slots=True)
class Basis:
    """What a plan rests on: the store as it was read (PLANNING_FRAMES, all holds), the policy of the day, who asked (login)."""

    record: stores.StoreRecord
    store: DossierStore
    frames: Mapping[str, pd.DataFrame]
    policy: ResolvedPolicy
    requester: str
    known_as: int


def basis_of(place: Workplace, store_name: str, policy: ResolvedPolicy, requester: str, copy_of: str | None = None) -> Basis:
    """Read what a plan rests on.

    Args:
        place: the collaborators.
        store_name: the store.
        policy: that of the day.
        requester: who asks (a login).
        copy_of: the name of the store that it is a restored copy of, if it stands elsewhere.

    Raises:
        StoreUnavailableError: the store can't be read.
        UsageError: no such store as `copy_of` is known, or none of its kind.
    """
    store = place.open_store(store_name)
    store.check()
    record = stores.store_named(place.ledger, store_name)
    read = {name: store.read(name) for name in PLANNING_FRAMES if name in store.frames()}
    frames = with_recorded_holds(place.ledger, record.store_id, read)
    known_as = _original(place, copy_of, record) if copy_of else record
    return Basis(record, store, frames, policy, requester, known_as.store_id)


def _original(place: Workplace, copy_of: str, copy: stores.StoreRecord) -> stores.StoreRecord:
    original = stores.store_named(place.ledger, copy_of)
    if original.kind != copy.kind:
        raise UsageError(
            "a store of one kind is no copy of one of another", where=copy_of, remedy="name the store that was backed up"
        )
    return original


def freeze(place: Workplace, basis: Basis, run_id: str, chosen: list[ScopedDue], held_back: Mapping[str, int]) -> Planned:
    """Save a plan of what was chosen.

    Raises:
        PurgeRefusedError: it exceeds the cap, or nothing can be erased in the store.
    """
    dossiers = len(basis.frames["dossiers"])
    check_cap(sum(scoped.kind == "dossier" for scoped in chosen), dossiers, basis.policy)
    items = _items(place, basis, chosen)
    plan = _save(place, basis, run_id, items)
    kinds = items["kind"].value_counts()
    counts = (int(kinds.get("dossier", 0)), int(kinds.get("art8_row", 0)), dossiers)
    return Planned(plan.plan_id, *counts, plan.root_hash, plan.dry_run_only, held_back)


def _save(place: Workplace, basis: Basis, run_id: str, items: pd.DataFrame) -> PlanRecord:
    policy, record = basis.policy, basis.record
    today = server_date(place.ledger)
    plan = PlanRecord(
        plan_id=new_id("plan"),
        store_id=record.store_id,
        run_id=run_id,
        as_of=policy.as_of,
        requester=person_id_of(place.ledger, basis.requester),
        root_hash=root_hash(zip(items["item_id"], items["dossier_hash"], strict=True)),
        policy_set_id=policy.policy_set_id,
        policy_version=policy.version,
        policy_sha256=policy.sha256,
        dry_run_only=not may_execute(policy.as_of, today, own_demo_store=record.demo, catch_up=False),
        created_at=place.now(),
        state=PlanState.PLANNED.value,
        layout_sha256=basis.store.layout_sha256 if isinstance(basis.store, ErasableStore) else None,
    )
    traces = None if plan.dry_run_only else traces_kept(place, basis.store, items)
    save_plan(place.ledger, plan, items, traces)
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


def _items(place: Workplace, basis: Basis, chosen: list[ScopedDue]) -> pd.DataFrame:
    store_id, concerned = basis.record.store_id, introducers(basis.frames)
    keys = {kind: [scoped.key for scoped in chosen if scoped.kind == kind] for kind in ("dossier", "art8_row")}
    hashes: dict[str, Mapping[str, str]] = {"dossier": {}, "art8_row": {}}
    if chosen:
        store = _erasable(basis.store)
        secret = place.ledger.keys.content_hash
        hashes["dossier"] = store.dossier_hashes(keys["dossier"], secret)
        hashes["art8_row"] = store.art8_hashes(keys["art8_row"], secret)
    ids = {kind: locator.surrogates(place.ledger, store_id, kind, keys[kind]) for kind in keys}
    controllers = {key for names in concerned.values() for key in names} | {s.controller for s in chosen if s.controller}
    names = locator.surrogates(place.ledger, basis.known_as, "controller", sorted(controllers))
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
