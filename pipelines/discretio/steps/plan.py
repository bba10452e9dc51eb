"""Plan a deletion: terms worked out and recorded, the exact population frozen under one root hash. Touches nothing."""

from __future__ import annotations

from datetime import date

import pandas as pd

from discretio.ledger import locator
from discretio.ledger.dues import record_dues
from discretio.steps.freezing import Planned, basis_of, freeze
from discretio.steps.run_records import recorded_run
from discretio.steps.terms import ScopedDue, deletable, dues_of, held_back, is_worth_recording
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
    dues = dues_of(basis.frames, policy, as_of)
    with recorded_run(place, policy, "plan", store_id) as run:
        record_dues(place.ledger, run.run_id, store_id, _due_rows(place, store_id, dues))
        planned = freeze(place, basis, run.run_id, deletable(dues, policy), held_back(dues, policy))
        run.counts.update(items=planned.dossiers + planned.art8_rows, dues=len(dues))
    return planned


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
