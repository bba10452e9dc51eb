"""Verify a purge: read every erased key again, look for words that remain, certify, and forget what the ledger still knew."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

import pandas as pd

from discretio.domain.purge_states import ItemState, PlanState
from discretio.errors import PurgeRefusedError
from discretio.law.policy import ResolvedPolicy
from discretio.ledger import batches, locator, stores
from discretio.ledger.certificates import CertificateRecord, certificates, save_certificate
from discretio.ledger.plans import PlanRecord, load_plan, plan_items, set_plan_state
from discretio.ledger.tombstones import forget_dossiers
from discretio.steps.paper import notes_told
from discretio.steps.residue import Residue, search_residue
from discretio.steps.workplace import Workplace
from discretio.stores.hooks import still_held
from discretio.stores.port import ErasableStore


def verify_purge(place: Workplace, plan_id: str) -> CertificateRecord:
    """Read every erased key again, and search files and other dossiers for what remains; certify if nothing does.

    Returns:
        The certificate; the same one if the plan was verified before.

    Raises:
        PurgeRefusedError: the plan has not ended, erased keys are there again (the plan runs again), or words of what was
            erased still stand in the store's file.
    """
    plan = load_plan(place.ledger, plan_id)
    if plan.state == PlanState.VERIFIED:
        _forget(place, plan_id)
        return certificates(place.ledger, plan_id)[0]
    if plan.state != PlanState.DONE:
        raise PurgeRefusedError(f"the plan is {plan.state}", where=plan_id, remedy="run it to its end first")
    items, store = plan_items(place.ledger, plan_id), erasable_store(place, plan)
    remaining = _remaining(place, plan, store, items)
    if remaining:
        _resume(place, plan_id, items)
        raise PurgeRefusedError(
            f"{sum(remaining.values())} rows of erased dossiers are there again, or still",
            where=", ".join(sorted(remaining)),
            remedy="run the plan again; find out who wrote them",
        )
    residue = search_residue(place, plan.store_id, plan_id, store, _erased(items)["item_id"].tolist())
    # A verification that was killed after it had certified left its certificate.
    known = certificates(place.ledger, plan_id)
    certificate = known[0] if known else _certify(place, plan, items, residue)
    _mark(place, plan_id, items, ItemState.VERIFIED)
    set_plan_state(place.ledger, plan_id, PlanState.DONE, PlanState.VERIFIED)
    _forget(place, plan_id)
    return certificate


def erasable_store(place: Workplace, plan: PlanRecord) -> ErasableStore:
    """The store of a plan.

    Raises:
        PurgeRefusedError: nothing can be erased in it any more.
    """
    store = place.open_store(_store_name(place, plan))
    if not isinstance(store, ErasableStore):
        raise PurgeRefusedError("what is left in this store can't be read", where=store.kind)
    return store


def _store_name(place: Workplace, plan: PlanRecord) -> str:
    return next(record.name for record in stores.stores(place.ledger) if record.store_id == plan.store_id)


def _remaining(place: Workplace, plan: PlanRecord, store: ErasableStore, items: pd.DataFrame) -> dict[str, int]:
    deleted = _erased(items)
    keys = {
        kind: list(locator.natural_keys(place.ledger, deleted[deleted["kind"] == kind]["item_id"].tolist()).values())
        for kind in ("dossier", "art8_row")
    }
    beside = [still_held(place.hooks, _store_name(place, plan), kind, of_kind) for kind, of_kind in keys.items()]
    return store.remaining(keys["dossier"], keys["art8_row"]) | dict(sum(map(Counter, beside), Counter[str]()))


def _certify(place: Workplace, plan: PlanRecord, items: pd.DataFrame, residue: Residue) -> CertificateRecord:
    now, policy = place.now(), place.policy_on(plan.as_of)
    again_on = _day_after(policy, "rescan.after", now) if residue.traces is not None else None
    verification = residue.as_json() | {
        "erased_keys": "none_found",
        "indexes_and_caches": [hook.name for hook in place.hooks] or "none_installed",
        "again_on": again_on,
    }
    backups = {"may_hold_it_until": _day_after(policy, "backup.expiry", now), "once_restored": "replay"}
    rows, uncounted = batches.rows_deleted(place.ledger, plan.plan_id)
    counts = {"rows_deleted": rows, "items_whose_rows_nobody_counted": uncounted}
    body = _body(plan, items) | counts | notes_told(place, plan) | {"verification": verification, "backups": backups}
    return save_certificate(place.ledger, plan.plan_id, body, now)


def _day_after(policy: ResolvedPolicy, term: str, now: datetime) -> str:
    return policy.period(term).after(now.date()).isoformat() if term in policy.values else "not_set_by_the_policy"


def _body(plan: PlanRecord, items: pd.DataFrame) -> dict[str, object]:
    dropped = items[items["state"] == ItemState.DROPPED]
    deleted = _erased(items)
    return {
        "plan": plan.plan_id,
        "root_hash": plan.root_hash,
        "as_of": plan.as_of.isoformat(),
        "policy": {"id": plan.policy_set_id, "version": plan.policy_version, "sha256": plan.policy_sha256},
        "deleted": {str(kind): int(number) for kind, number in deleted["kind"].value_counts().items()},
        "deleted_by_rule": {str(rule): int(number) for rule, number in deleted["rule_id"].value_counts().items()},
        "dropped": dict(Counter(str(reason) for reason in dropped["reason"])),
    }


def _erased(items: pd.DataFrame) -> pd.DataFrame:
    """What was erased; VERIFIED already where an earlier verification was killed before its end."""
    return items[items["state"].isin([ItemState.DELETED, ItemState.VERIFIED])]


def _mark(place: Workplace, plan_id: str, items: pd.DataFrame, state: ItemState) -> None:
    deleted = items[items["state"] == ItemState.DELETED]["item_id"]
    batches.mark_done(place.ledger, plan_id, [(item, state.value, None) for item in deleted])


def _resume(place: Workplace, plan_id: str, items: pd.DataFrame) -> None:
    _mark(place, plan_id, items, ItemState.INTENT)
    set_plan_state(place.ledger, plan_id, PlanState.DONE, PlanState.RUNNING)


def _forget(place: Workplace, plan_id: str) -> None:
    items = plan_items(place.ledger, plan_id)
    forget_dossiers(place.ledger, items[items["state"] == ItemState.VERIFIED]["item_id"].tolist())
