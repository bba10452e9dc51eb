"""Plan a deletion: terms worked out and recorded, the exact population frozen under one root hash. Touches nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd

from discretio.law.rules import Routing
from discretio.ledger import locator
from discretio.ledger.dues import record_dues
from discretio.steps.archive_waits import ArchiveGate, with_archive_waits
from discretio.steps.freezing import Basis, Planned, basis_of, freeze, introducers
from discretio.steps.run_records import recorded_run
from discretio.steps.standing_figures import of_plan
from discretio.steps.terms import ScopedDue, deletable, dues_of, ends_of, held_back, is_worth_recording
from discretio.steps.workplace import Workplace


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
    policy = place.policy_on(as_of)
    basis = basis_of(place, store_name, policy, requester)
    store_id = basis.record.store_id
    gate = ArchiveGate.of(place.ledger, store_id, basis.store, policy)
    waiting = gate.waiting(store_id, basis.frames)
    dues = dues_of(with_archive_waits(basis.frames, waiting), policy, as_of)
    with recorded_run(place, policy, "plan", store_id) as run:
        record_dues(place.ledger, run.run_id, store_id, _due_rows(place, basis, dues))
        planned = freeze(place, basis, run.run_id, deletable(dues, policy), held_back(dues, policy))
        run.counts.update(items=planned.dossiers + planned.art8_rows, dues=len(dues))
        run.counts.update(
            of_plan([scoped.due.status.value for scoped in dues if is_worth_recording(scoped.due)], ends_of(dues, as_of))
        )
    return planned


def _due_rows(place: Workplace, basis: Basis, dues: list[ScopedDue]) -> pd.DataFrame:
    """One row per due and controller whose authority hears of it: what each is told is a result of its own."""
    store_id = basis.record.store_id
    told = [scoped for scoped in dues if is_worth_recording(scoped.due)]
    heard_by = _hearers(basis)
    ids = {
        kind: locator.surrogates(place.ledger, store_id, kind, sorted({s.key for s in told if s.kind == kind}))
        for kind in ("dossier", "art8_row")
    }
    hearers = [heard_by(scoped) for scoped in told]
    known = {key for keys in hearers for key in keys if key}
    names = locator.surrogates(place.ledger, store_id, "controller", sorted(known))
    rows = [
        {
            "rule_id": scoped.due.rule_id,
            "scope_kind": scoped.kind,
            "scope_id": ids[scoped.kind][scoped.key],
            "dossier_id": ids["dossier"][scoped.key] if scoped.kind == "dossier" else None,
            "controller_id": names.get(key) if key else None,
            "status": scoped.due.status.value,
            "due": scoped.due.last_lawful_day,
            "reason": scoped.due.reason.value,
        }
        for scoped, keys in zip(told, hearers, strict=True)
        for key in keys
    ]
    columns = ["rule_id", "scope_kind", "scope_id", "dossier_id", "controller_id", "status", "due", "reason"]
    return pd.DataFrame(rows, columns=columns)


def _hearers(basis: Basis) -> Callable[[ScopedDue], list[str | None]]:
    """Who hears of a due: the introducers where its rule says so, the host too where it does, else who owns or keeps it."""
    concerned = introducers(basis.frames)
    dossiers = basis.frames["dossiers"].reindex(columns=["dossier_key", "host"]).dropna()
    hosts = dict(zip(dossiers["dossier_key"], dossiers["host"], strict=True))

    def heard_by(scoped: ScopedDue) -> list[str | None]:
        rule = basis.policy.rules.get(scoped.due.rule_id)
        if rule is None or scoped.kind != "dossier" or rule.routing is not Routing.BY_INTRODUCER:
            return [scoped.controller]
        host = {hosts[scoped.key]} if Routing.BY_HOST in rule.heard_too and scoped.key in hosts else set()
        return sorted(concerned.get(scoped.key, set()) | host) or [scoped.controller]

    return heard_by
