"""Check a store against the rules in force: frames without keys, validated by Great Expectations, outcomes to the ledger."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from pathlib import Path

import pandas as pd

from discretio.checks import CheckReport, CheckRequest, run_checks
from discretio.errors import UsageError
from discretio.law.policy import ResolvedPolicy
from discretio.ledger import findings, outcomes, stores
from discretio.ledger.connection import server_date
from discretio.ledger.mandates import end_expired
from discretio.steps.decisions import VALIDITY, publish_decisions
from discretio.steps.own_records import frames_about_ourselves
from discretio.steps.recorded_holds import HOLDS, frames_under, judged_holds
from discretio.steps.run_records import recorded_run
from discretio.steps.searched_places import FRAME as PLACES
from discretio.steps.searched_places import with_searched_places
from discretio.steps.surrogates import without_keys
from discretio.steps.triage_items import refresh_triage
from discretio.steps.workplace import Workplace


def check(
    place: Workplace, store_name: str, as_of: date, *, rules: frozenset[str] | None = None, data_docs: Path | None = None
) -> tuple[str, CheckReport]:
    """Judge every rule over the whole store, record the outcomes, and bring the items of triage up to them.

    Args:
        place: the collaborators.
        store_name: a registered store.
        as_of: the day on which the dossiers are judged.
        rules: the rules to judge, None for all that have an expectation.
        data_docs: a folder for Great Expectations' Data Docs, None for none.

    Returns:
        The run id, and the report with outcomes and counts.

    Raises:
        UsageError: the policy has no such rule.
        StoreUnavailableError: the store can't be read; nothing is recorded as checked.
    """
    record = stores.store_named(place.ledger, store_name)
    store = place.open_store(store_name)
    policy = place.policy_on(as_of)
    _require_known(rules or frozenset(), policy)
    store.check()
    end_expired(place.ledger, server_date(place.ledger))
    frames = frames_for_judging(place, store_name, policy)
    request = CheckRequest(
        frames=frames, policy=policy, as_of=as_of, suites=place.suites / store.kind, rules=rules, data_docs=data_docs
    )
    with recorded_run(place, policy, "check", record.store_id) as run:
        report = run_checks(request)
        outcomes.record_outcomes(place.ledger, run.run_id, record.store_id, report.outcomes)
        refresh_triage(place, record.store_id, policy, report.outcomes, frames)
        run.counts.update({f"{rule}:{outcome}": number for rule, by in report.counts.items() for outcome, number in by.items()})
    if VALIDITY in policy.values:
        publish_decisions(place, store_name, as_of)
    return run.run_id, report


def _require_known(rules: frozenset[str], policy: ResolvedPolicy) -> None:
    unknown = sorted(rules - policy.rules.keys())
    if unknown:
        near = get_close_matches(unknown[0], policy.rules, n=1) or [", ".join(sorted(policy.rules))]
        raise UsageError("the policy in force has no such rule", where=", ".join(unknown), remedy=f"did you mean {near[0]}?")


def frames_for_judging(place: Workplace, store_name: str, policy: ResolvedPolicy) -> dict[str, pd.DataFrame]:
    """All that the store delivers, with surrogate ids, what the ledger knows of it and of us, and where copies were found."""
    record = stores.store_named(place.ledger, store_name)
    store = place.open_store(store_name)
    frames = without_keys({name: store.read(name) for name in store.frames()}, place.ledger, record.store_id)
    if HOLDS in frames:
        recorded = judged_holds(place.ledger, record.store_id, list(frames[HOLDS].columns))
        frames |= frames_under(frames, recorded)
    frames["entry_findings"] = findings.entry_findings(place.ledger, record.store_id, policy.number("detection.threshold"))
    frames |= frames_about_ourselves(place, record.store_id, policy, frames)
    places = with_searched_places(place, record.store_id, frames.get(PLACES), policy.as_of)
    return frames if places is None else frames | {PLACES: places}
