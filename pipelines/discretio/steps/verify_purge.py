"""Verify a purge by reading again, certify it, and forget what the ledger still knew of the erased dossiers."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from discretio.domain.purge_states import ItemState, PlanState
from discretio.errors import PurgeRefusedError
from discretio.ledger import batches, locator, stores
from discretio.ledger.certificates import CertificateRecord, certificates, save_certificate
from discretio.ledger.plans import PlanRecord, load_plan, plan_items, set_plan_state
from discretio.ledger.tombstones import forget_dossiers
from discretio.steps.workplace import Workplace
from discretio.stores.port import ErasableStore


def verify_purge(place: Workplace, plan_id: str) -> CertificateRecord:
    """Read every erased key again; certify if nothing remains, else put the plan back to work.

    Returns:
        The certificate; the same one if the plan was verified before.

    Raises:
        PurgeRefusedError: the plan has not ended, or something remains (the plan runs again).
    """
    plan = load_plan(place.ledger, plan_id)
    if plan.state == PlanState.VERIFIED:
        _forget(place, plan_id)
        return certificates(place.ledger, plan_id)[-1]
    if plan.state != PlanState.DONE:
        raise PurgeRefusedError(f"the plan is {plan.state}", where=plan_id, remedy="run it to its end first")
    items = plan_items(place.ledger, plan_id)
    remaining = _remaining(place, plan, items)
    if remaining:
        _resume(place, plan_id, items)
        raise PurgeRefusedError(
            f"{sum(remaining.values())} rows of erased dossiers are there again",
            where=", ".join(sorted(remaining)),
            remedy="run the plan again; find out who wrote them",
        )
    certificate = save_certificate(place.ledger, plan_id, _body(plan, items), place.now())
    _mark(place, plan_id, items, ItemState.VERIFIED)
    set_plan_state(place.ledger, plan_id, PlanState.DONE, PlanState.VERIFIED)
    _forget(place, plan_id)
    return certificate


def _remaining(place: Workplace, plan: PlanRecord, items: pd.DataFrame) -> dict[str, int]:
    record = next(record for record in stores.stores(place.ledger) if record.store_id == plan.store_id)
    store = place.open_store(record.name)
    if not isinstance(store, ErasableStore):
        raise PurgeRefusedError("what is left in this store can't be read", where=record.kind)
    deleted = _erased(items)
    keys = {
        kind: list(locator.natural_keys(place.ledger, deleted[deleted["kind"] == kind]["item_id"].tolist()).values())
        for kind in ("dossier", "art8_row")
    }
    return store.remaining(keys["dossier"], keys["art8_row"])


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
        "verification": "every erased key was read again and none was found",
        "backups": "not reached by this purge; replay the tombstones after a restore",
    }


def _erased(items: pd.DataFrame) -> pd.DataFrame:
    """What was erased; VERIFIED already where an earlier verification was killed before its end."""
    return items[items["state"].isin([ItemState.DELETED, ItemState.VERIFIED])]


def _mark(place: Workplace, plan_id: str, items: pd.DataFrame, state: ItemState) -> None:
    deleted = items[items["state"] == ItemState.DELETED]["item_id"]
    rows = pd.DataFrame({"item_id": deleted, "state": state.value, "reason": None})
    batches.mark_done(place.ledger, plan_id, rows)


def _resume(place: Workplace, plan_id: str, items: pd.DataFrame) -> None:
    _mark(place, plan_id, items, ItemState.INTENT)
    set_plan_state(place.ledger, plan_id, PlanState.DONE, PlanState.RUNNING)


def _forget(place: Workplace, plan_id: str) -> None:
    items = plan_items(place.ledger, plan_id)
    forget_dossiers(place.ledger, items[items["state"] == ItemState.VERIFIED]["item_id"].tolist())
