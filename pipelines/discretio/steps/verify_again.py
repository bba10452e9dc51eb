"""The second verification of a purge, once replicas and indexes had time to catch up; then the plan's key is destroyed."""

from __future__ import annotations

import json
from datetime import date

from discretio.domain.purge_states import ItemState, PlanState
from discretio.domain.retention_reasons import Reason
from discretio.errors import PurgeRefusedError
from discretio.ledger import stores
from discretio.ledger.audit_chain import Payload
from discretio.ledger.certificates import CertificateRecord, certificates, save_certificate
from discretio.ledger.connection import server_date, truncate_log
from discretio.ledger.plans import PlanRecord, load_plan, plan_items
from discretio.ledger.traces import destroy_traces, destruction, kept_traces, plans_with_a_key
from discretio.steps.freezing import basis_of
from discretio.steps.replay import there_again
from discretio.steps.residue import ROWS_NOT_READABLE, ROWS_SEARCHED, search_residue
from discretio.steps.verify_purge import erasable_store
from discretio.steps.workplace import Workplace

_TERM = "rescan.after"
_SECOND = "second"


def verify_again(place: Workplace, plan_id: str) -> CertificateRecord:
    """Look again for what a certified plan erased; certify it a second time, and destroy the key under which it was looked for.

    Returns:
        The second certificate; the same one if there was a second verification before.

    Raises:
        PurgeRefusedError: the plan isn't verified, the day hasn't come, or something is there again; the key stays.
    """
    plan = load_plan(place.ledger, plan_id)
    if plan.state != PlanState.VERIFIED:
        raise PurgeRefusedError(f"the plan is {plan.state}", where=plan_id, remedy="discretio purge verify comes first")
    if (known := _second(place, plan_id)) is not None:
        return known
    if destruction(place.ledger, plan_id) is None:
        _require_day(place, plan)
        _require_gone(place, plan)
        _look_and_destroy(place, plan)
    # Written from the audit chain, so that one that was killed here certifies the same.
    told = {
        "plan": plan_id,
        "root_hash": plan.root_hash,
        "verification": _SECOND,
        **(destruction(place.ledger, plan_id) or {}),
    }
    return save_certificate(place.ledger, plan_id, told, place.now())


def _second(place: Workplace, plan_id: str) -> CertificateRecord | None:
    found = certificates(place.ledger, plan_id)
    return next((one for one in found if json.loads(one.body).get("verification") == _SECOND), None)


def due_again(place: Workplace) -> list[str]:
    """The plans whose second verification is due."""
    today = server_date(place.ledger)
    plans = [load_plan(place.ledger, plan_id) for plan_id in sorted(plans_with_a_key(place.ledger))]
    verified = [plan for plan in plans if plan.state == PlanState.VERIFIED]
    return [plan.plan_id for plan in verified if (day := _due(place, plan)) is not None and day <= today]


def _due(place: Workplace, plan: PlanRecord) -> date | None:
    policy, first = place.policy_on(plan.as_of), certificates(place.ledger, plan.plan_id)[0]
    return policy.period(_TERM).after(first.issued_at.date()) if _TERM in policy.values else None


def _require_day(place: Workplace, plan: PlanRecord) -> None:
    if kept_traces(place.ledger, plan.plan_id) is None:
        raise PurgeRefusedError(
            "no traces of this plan were kept, so nothing can be looked for again",
            where=plan.plan_id,
            remedy="it was planned by an older version; its first certificate stands",
        )
    day = _due(place, plan)
    if day is None or day > server_date(place.ledger):
        when = f"due on {day}" if day else f"the policy sets no {_TERM}"
        raise PurgeRefusedError("the second verification isn't due yet", where=plan.plan_id, remedy=when)


def _require_gone(place: Workplace, plan: PlanRecord) -> None:
    name = next(record.name for record in stores.stores(place.ledger) if record.store_id == plan.store_id)
    stones, obstacles = there_again(place, basis_of(place, name, place.policy_on(server_date(place.ledger)), ""))
    back = [
        key
        for kind, found in stones.items()
        for key, stone in found.items()
        # An old key that a system gave to a new dossier is no return.
        if stone.plan_id == plan.plan_id and obstacles[kind].get(key) is not Reason.NEWER_THAN_ERASURE
    ]
    if back:
        raise PurgeRefusedError(
            f"{len(back)} erased dossiers or rows of the list are there again",
            where=plan.plan_id,
            remedy="a backup was restored, or somebody wrote them: discretio purge replay plans to erase them again",
        )


def _look_and_destroy(place: Workplace, plan: PlanRecord) -> None:
    items = plan_items(place.ledger, plan.plan_id)
    erased = items[items["state"] == ItemState.VERIFIED]["item_id"].tolist()
    residue = search_residue(place, plan.store_id, plan.plan_id, erasable_store(place, plan), erased)
    payload: Payload = {
        "bytes_of_files": residue.files,
        "mentions": sum(residue.mentions.values()),
        ROWS_SEARCHED: residue.searched.whole,
        ROWS_NOT_READABLE: residue.searched.unread,
        "traces_looked_for": residue.traces,
        "server_still_to": residue.advice or None,
        "erased_keys": "none_found",
        "key_of_the_plan": "destroyed",
    }
    with place.ledger.writing() as connection:
        destroy_traces(place.ledger, connection, plan.plan_id, payload)
    truncate_log(place.ledger)
