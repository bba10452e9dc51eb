"""The counts of one report: what the ledger holds of the controllers that report to one authority."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pandas as pd

from discretio.domain.calendar_periods import ReportingPeriod
from discretio.domain.judgements.answers import Circumstances
from discretio.domain.judgements.reasons import Reason
from discretio.domain.outcomes import Outcome
from discretio.domain.rights_requests import clocks
from discretio.law.authorities import Channel
from discretio.law.rules import Action, Routing
from discretio.ledger import counts as ledger_counts
from discretio.ledger import locator, stores
from discretio.ledger.content_counts import category_counts, entry_contents, flag_counts, read_counts
from discretio.reporting.counts import ReportCounts
from discretio.reporting.vocabulary import HIERARCHY_SECTIONS, section_of
from discretio.steps.hold_counts import hold_counts
from discretio.steps.quality_counts import action_plan, missed_rates, triage_precision
from discretio.steps.rights_register import requests
from discretio.steps.workplace import Workplace

# An item of a plan is told to an authority in these words.
_PURGE_EVENTS = {
    "PLANNED": "PROPOSED", "INTENT": "APPROVED", "DELETED": "EXECUTED", "VERIFIED": "VERIFIED", "DROPPED": "DROPPED",
}  # fmt: skip
_REQUEST_STATES: Mapping[str, str] = {
    Reason.REPLIED_IN_TIME: "ANSWERED_IN_TIME", Reason.REPLIED_LATE: "ANSWERED_LATE", Reason.REPLY_NOT_DUE: "PENDING",
    Reason.REPLY_DUE_SOON: "PENDING", Reason.REPLY_OVERDUE: "OVERDUE",
}  # fmt: skip


REPLY_RULE = "ART7-REPLY-3M"

_ROUTING = ("kind", "regime")
"""What is read of a controller: the account that makes reports may read nothing else of it."""


def controllers_of(place: Workplace, authority: str, controller: str) -> frozenset[str]:
    """The controllers (surrogate ids) that report to this authority: of all stores that are read as a whole, or one of them.

    An owner's scope is reported apart, under the owner's id in it (`scope_owners`): then as all that is in it.

    Raises:
        StoreUnavailableError: a store can't be read: its controllers might be silently left out.
    """
    for owner, record in scope_owners(place).items():
        if owner == controller:
            frame = place.open_store(record.name).read("controllers", columns=_ROUTING)
            routed = owner in _routed(place, record.store_id, frame, authority)
            return frozenset(_ids(place, record.store_id, frame["controller_key"])) if routed else frozenset()
    found: set[str] = set()
    for record in stores.stores(place.ledger):
        if record.owner is not None:
            continue
        store = place.open_store(record.name)
        if "controllers" in store.frames():
            found |= _routed(place, record.store_id, store.read("controllers", columns=_ROUTING), authority)
    return frozenset(found if controller == "all" else found & {controller})


def scope_owners(place: Workplace) -> dict[str, stores.StoreRecord]:
    """The registered owners' scopes, by the surrogate id that the owner has in each."""
    scopes = [record for record in stores.stores(place.ledger) if record.owner is not None]
    return {owner: record for record in scopes for owner in _ids(place, record.store_id, [str(record.owner)])}


def counts_for(place: Workplace, controllers: frozenset[str], period: ReportingPeriod, as_of: date) -> ReportCounts:
    """Every count about these controllers: as the last runs left them; purges over the period."""
    threshold = place.policy_on(as_of).number("detection.threshold")
    with ThreadPoolExecutor(max_workers=1) as beside:  # what takes as long as all the rest
        reading = beside.submit(entry_contents, place.ledger, threshold)
        rest = _without_contents(place, controllers, period, as_of)
        contents = reading.result()
    return replace(
        rest,
        coverage=_sum(read_counts(contents), controllers, ["status"]),
        categories=_sum(category_counts(contents), controllers, ["category"], _MASKS),
        flags=_sum(flag_counts(contents), controllers, ["flag"], _MASKS),
    )


def _without_contents(place: Workplace, controllers: frozenset[str], period: ReportingPeriod, as_of: date) -> ReportCounts:
    ledger = place.ledger
    purges = ledger_counts.purge_counts(ledger, period.first, period.last, controllers)
    actions, overdue = action_plan(place, controllers, as_of)
    return ReportCounts(
        dossiers=_dossiers(place, controllers),
        outcomes=ledger_counts.outcome_counts(ledger, controllers),
        unjudged=ledger_counts.unjudged_counts(ledger, controllers),
        dues=ledger_counts.due_counts(ledger, controllers),
        purges=purges.assign(event=purges["event"].map(_PURGE_EVENTS)),
        holds=hold_counts(place, controllers, as_of),
        not_examined=_sum(ledger_counts.not_examined_counts(ledger), controllers, ["reason"]),
        requests=_requests(place, controllers, as_of),
        detector_quality=triage_precision(place, controllers),
        missed=missed_rates(place, controllers, place.policy_on(as_of), as_of),
        actions=actions,
        overdue=overdue,
    )


def separate_counts(place: Workplace, channel: Channel, controllers: frozenset[str], as_of: date) -> ReportCounts:
    """All that an authority is told apart: answers about introducers under title 3, and classified markings."""
    rules = [rule for rule in place.policy_on(as_of).rules.values() if rule.routing is Routing.TITLE3_CHANNEL]
    marking = [rule.id for rule in rules if Action.STOP_READING in rule.does]
    own = ledger_counts.outcome_counts(place.ledger, controllers)
    told = [own[own["rule_id"].isin({rule.id for rule in rules} - set(marking))]]
    if channel is Channel.SEPARATE_WITH_MARKINGS:
        everyones = ledger_counts.outcome_counts(place.ledger)
        failing = everyones["outcome"] == Outcome.FAIL.value
        told.append(everyones[everyones["rule_id"].isin(marking) & failing])
    unjudged = ledger_counts.unjudged_counts(place.ledger, controllers)
    ours = unjudged["rule_id"].isin({rule.id for rule in rules})
    return ReportCounts(outcomes=pd.concat(told, ignore_index=True), unjudged=unjudged[ours])


def hierarchy_counts(place: Workplace, controllers: frozenset[str]) -> ReportCounts:
    """What an internal note tells a hierarchy: answers and terms of the sections that concern its own acts (catalogue § d)."""
    outcomes, unjudged, dues = (
        counted(place.ledger, controllers)
        for counted in (ledger_counts.outcome_counts, ledger_counts.unjudged_counts, ledger_counts.due_counts)
    )
    return ReportCounts(outcomes=_of_hierarchy(outcomes), unjudged=_of_hierarchy(unjudged), dues=_of_hierarchy(dues))


def _of_hierarchy(counts: pd.DataFrame) -> pd.DataFrame:
    return counts[counts["rule_id"].map(section_of).isin(HIERARCHY_SECTIONS)]


_MASKS = ("declared", "detected", "undeclared")


def _sum(
    frame: pd.DataFrame, controllers: frozenset[str], by: list[str], numbers: Iterable[str] = ("n",)
) -> pd.DataFrame | None:
    ours = frame[frame["controller_id"].isin(controllers)]
    wanted = list(numbers)
    # Unknown in one part makes the sum unknown: that table is not measured.
    return None if ours[wanted].isna().any(axis=None) else ours.groupby(by, as_index=False)[wanted].sum()


def _dossiers(place: Workplace, controllers: frozenset[str]) -> pd.DataFrame | None:
    """Dossiers that these controllers own or organise, by kind and status; None if a store can't tell."""
    parts = []
    apart = [record for owner, record in scope_owners(place).items() if owner in controllers]
    for record in apart or [one for one in stores.stores(place.ledger) if one.owner is None]:
        frame = place.open_store(record.name).read("dossiers", columns=("kind", "status", "owner"))
        if {"kind", "status", "owner"} <= set(frame.columns):
            ids = _ids_by_key(place, record.store_id, frame["owner"].dropna().unique())
            parts.append(frame[frame["owner"].map(ids).isin(controllers)][["kind", "status"]])
    return pd.concat(parts).groupby(["kind", "status"], as_index=False).size().rename(columns={"size": "n"}) if parts else None


def _requests(place: Workplace, controllers: frozenset[str], as_of: date) -> pd.DataFrame:
    """Requests of interested persons, the store's and those registered here, by where their answer stands (art. 7)."""
    told = Counter[str]()
    for reason, number in ledger_counts.answer_counts(place.ledger, REPLY_RULE, "request", controllers).items():
        told[_REQUEST_STATES.get(reason, "NOT_CHECKABLE")] += number
    registered = [one for one in requests(place) if one.controller_id in controllers]
    for one in registered:
        reason = clocks(one, Circumstances(place.policy_on(as_of), as_of))[0].judgement.reason
        told[_REQUEST_STATES.get(reason, "NOT_CHECKABLE")] += 1
    return pd.DataFrame(told.most_common(), columns=["state", "n"])


def _routed(place: Workplace, store_id: int, controllers: pd.DataFrame, authority: str) -> set[str]:
    table = place.authorities()
    if not {"kind", "regime"} <= set(controllers.columns):
        return set()  # a store that doesn't say of which kind they are can't be reported on
    rows = zip(controllers["controller_key"], controllers["kind"], controllers["regime"], strict=True)
    return _ids(place, store_id, [key for key, kind, regime in rows if table.hears_of(authority, kind, regime)])


def _ids(place: Workplace, store_id: int, keys: Iterable[str]) -> set[str]:
    return set(_ids_by_key(place, store_id, keys).values())


def _ids_by_key(place: Workplace, store_id: int, keys: Iterable[str]) -> dict[str, str]:
    return locator.surrogates(place.ledger, store_id, "controller", sorted(keys))
