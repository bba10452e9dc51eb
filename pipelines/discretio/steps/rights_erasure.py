"""Plan the erasure of what a person asked to erase and was granted: the same approvals, cap, verification and certificate."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from discretio.domain.dues import Due, DueStatus
from discretio.domain.requested_erasures import RULE_ID, obstacle_to_requested_erasure
from discretio.domain.retention_reasons import Reason
from discretio.domain.rights_requests import RightsRequest, erasure_obstacles, standing_routes
from discretio.ledger import locator
from discretio.ledger.connection import server_date
from discretio.steps.archive_waits import ArchiveGate, with_archive_waits
from discretio.steps.dossier_facts import dossier_facts
from discretio.steps.freezing import Basis, Planned, basis_of, freeze
from discretio.steps.rights_register import entry_routes, request_of, store_name
from discretio.steps.run_records import recorded_run
from discretio.steps.terms import ScopedDue
from discretio.steps.workplace import Workplace

VERB = "rights_erasure"


def plan_requested_erasure(place: Workplace, request_id: str, *, requester: str) -> Planned:
    """Freeze in a plan the dossiers of a granted request for erasure. Touches nothing.

    Args:
        place: the collaborators.
        request_id: the request.
        requester: the login of who asks for the plan; he can't approve it.

    Raises:
        UsageError: there is no such request.
        PurgeRefusedError: the plan exceeds the cap, or nothing can be erased in the store.
        StoreUnavailableError: the store can't be read.
    """
    request, today = request_of(place, request_id), server_date(place.ledger)
    policy = place.policy_on(today)
    basis = basis_of(place, store_name(place, request.store_id), policy, requester)
    chosen, held_back = _chosen(place, request, basis)
    with recorded_run(place, policy, VERB, request.store_id) as run:
        planned = freeze(place, basis, run.run_id, chosen, held_back)
        run.counts.update(items=planned.dossiers)
    return planned


def _chosen(place: Workplace, request: RightsRequest, basis: Basis) -> tuple[list[ScopedDue], Counter[str]]:
    """What may be erased, and how many dossiers of the request may not, by reason."""
    policy, ledger = basis.policy, place.ledger
    gate = ArchiveGate.of(ledger, request.store_id, basis.store, policy)
    frames = with_archive_waits(basis.frames, gate.waiting(request.store_id, basis.frames))
    asked = {key: dossier for dossier, key in locator.natural_keys(ledger, request.dossiers).items()}
    chosen, held_back = [], Counter[str]()
    for key, facts in dossier_facts(frames):
        if key not in asked:
            continue
        # By the origins that the store tells now: an entry may have become judicial since it was routed.
        routes = standing_routes(request.routes, entry_routes(place, request.store_id, asked[key]))
        obstacles = erasure_obstacles(replace(request, routes=routes), routes)
        obstacle = obstacle_to_requested_erasure(facts, policy.as_of, policy)
        if obstacles or obstacle:
            held_back[obstacles[0] if obstacles else str(obstacle)] += 1
        else:
            due = Due(rule_id=RULE_ID, status=DueStatus.OVERDUE, reason=Reason.ERASURE_GRANTED, last_lawful_day=policy.as_of)
            chosen.append(ScopedDue("dossier", key, None, due))
    return chosen, held_back
