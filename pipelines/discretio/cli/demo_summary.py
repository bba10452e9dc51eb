"""The demo's summary table, from the ledger."""

from __future__ import annotations

from discretio.ledger import outcomes, runs, stores
from discretio.ledger.chain_verification import verify_chain
from discretio.ledger.plans import latest_plans, plan_items
from discretio.steps.workplace import Workplace

_SCAN = (
    ("units", "texts known"),
    ("characters", "characters read"),
    ("detections", "findings"),
    ("not_examined", "not examined"),
)


def summary_rows(place: Workplace) -> list[tuple[str, str, int]]:
    """(step, what, number) for each step of the demo."""
    scan = runs.runs(place.ledger, verb="scan")[0].counts
    rows = [("scan_dossiers", what, int(scan[name])) for name, what in _SCAN]
    rows += [("check_minimisation", f"outcomes {outcome}", number) for outcome, number in _outcomes(place)]
    items = plan_items(place.ledger, latest_plans(place.ledger)[0].plan_id)
    rows += [("plan_retention", "dossiers and rows overdue", len(items))]
    rows += [("purge_approved", f"items {state}", int(number)) for state, number in items["state"].value_counts().items()]
    rows += [("report_authorities", "reports issued", len(runs.runs(place.ledger, verb="report")))]
    rows += [("ledger", "audit chain records, verified", verify_chain(place.ledger).records)]
    return rows


def _outcomes(place: Workplace) -> list[tuple[str, int]]:
    frame = outcomes.latest_outcomes(place.ledger, stores.stores(place.ledger)[0].store_id)
    # What concerns several controllers is one answer all the same.
    answers = frame.drop_duplicates(["rule_id", "scope_kind", "scope_key"])
    return [(str(outcome), int(number)) for outcome, number in answers["outcome"].value_counts().items()]
