"""The register of requests: each statement about one is signed, and nothing is kept of who asks but a keyed hash."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from discretio.domain.approvals import Role
from discretio.domain.rights_requests import Reply, Restriction, Right, RightsRequest
from discretio.errors import UsageError
from discretio.ledger import locator, stores
from discretio.ledger.connection import server_date
from discretio.ledger.declarations import Declaration, sealed_note
from discretio.ledger.declaring import Entitled, declare
from discretio.ledger.keys import keyed_hash
from discretio.ledger.surrogate_ids import new_id
from discretio.steps.one_dossier import one_dossier
from discretio.steps.people_keys import Signer
from discretio.steps.rights_register import (
    DECIDED,
    EXTENDED,
    REGISTERED,
    RESTRICTED,
    ROUTED,
    entry_routes,
    request_of,
    store_name,
)
from discretio.steps.workplace import Workplace
from discretio.stores.casting import records

_ANYBODY = frozenset({Role.APPROVER, Role.DPO})
_PROSECUTOR = "PROSECUTOR"


@dataclass(frozen=True, slots=True)
class RequestOrder:
    """A request to be registered: who asks (in memory only), what, about which dossiers (keys or ids), of whom, when."""

    person: str
    right: str
    dossiers: Sequence[str]
    controller_id: str
    received_on: date
    requested_on: date | None = None


def register_request(place: Workplace, store: str, order: RequestOrder, signer: Signer) -> RightsRequest:
    """Register a request, and route it entry by entry.

    Raises:
        UsageError: there is no such right or dossier, nobody asks, or a date lies ahead.
        ApprovalError: it isn't this person's to state.
        StoreUnavailableError: the store can't be read.
    """
    today = server_date(place.ledger)
    if order.right not in set(Right):
        raise UsageError("there is no such right", where=order.right, remedy=f"one of {', '.join(Right)}")
    if not order.person.strip() or not order.dossiers:
        raise UsageError("a request comes from a person and touches a dossier", remedy="give both")
    if max(order.received_on, order.requested_on or order.received_on) > today:
        raise UsageError("a request can't be dated ahead", where=str(order.received_on), remedy="see the dates")
    store_id = stores.store_named(place.ledger, store).store_id
    keys = sorted({one_dossier(place, store, dossier, ["dossiers"])[0] for dossier in order.dossiers})
    body = {
        "store_id": store_id,
        "person": keyed_hash(place.ledger.keys.lookup, "interested person", " ".join(order.person.casefold().split())),
        "right": order.right,
        "dossiers": sorted(locator.surrogates(place.ledger, store_id, "dossier", keys).values()),
        "controller": order.controller_id,
        "regime": _controller(place, store, order.controller_id).get("regime"),
        "requested_on": order.requested_on.isoformat() if order.requested_on else None,
        "received_on": order.received_on.isoformat(),
    }
    request_id = new_id("request")
    _declare(place, (REGISTERED, request_id, body), "", signer)
    return route_request(place, request_id, signer)


def route_request(place: Workplace, request_id: str, signer: Signer, origin: str | None = None) -> RightsRequest:
    """Route a request anew: an entry may have become judicial since.

    Args:
        place: the collaborators.
        request_id: the request.
        signer: who states it.
        origin: the judicial origin that he found of entries of which the store tells none; None: they stay without a way.

    Raises:
        UsageError: there is no such request.
        StoreUnavailableError: the store can't be read.
    """
    request = request_of(place, request_id)
    routes: dict[str, str] = {}
    for dossier in request.dossiers:
        routes |= entry_routes(place, request.store_id, dossier, origin)
    _declare(place, (ROUTED, request_id, {"routes": routes}), "", signer)
    return request_of(place, request_id)


def extend_reply(place: Workplace, request_id: str, told_on: date, reason: str, signer: Signer) -> RightsRequest:
    """Record that the person was told that the answer takes longer, and why (GDPR art. 12(3))."""
    _open(place, request_id)
    _declare(place, (EXTENDED, request_id, {"told_on": told_on.isoformat()}), _filled(reason), signer)
    return request_of(place, request_id)


def restrict_request(place: Workplace, request_id: str, restriction: Restriction, notes: str, signer: Signer) -> RightsRequest:
    """Record a restriction by the prosecutor, with why it is necessary and proportionate (art. 7).

    Raises:
        UsageError: a right, a ground or the review isn't one that the article allows; or no prosecutor is concerned.
        ApprovalError: the signer doesn't act for a prosecutor.
    """
    request, policy = _open(place, request_id), place.policy_on(server_date(place.ledger))
    latest = policy.period("restriction.review_within").after(restriction.decided_on)
    if not restriction.rights or restriction.rights - set(policy.words("art7.rights")):
        raise UsageError("the prosecutor restricts other rights", remedy=f"one of {', '.join(policy.words('art7.rights'))}")
    if restriction.ground not in policy.words("restriction.grounds"):
        raise UsageError("a restriction rests on one of the grounds of art. 7", where=restriction.ground)
    if restriction.review_on > latest:
        raise UsageError("the review comes too late", where=f"after {latest}", remedy="have it reviewed by that day")
    body = {
        "rights": sorted(restriction.rights),
        "ground": restriction.ground,
        "decided_on": restriction.decided_on.isoformat(),
        "review_on": restriction.review_on.isoformat(),
    }
    prosecutors = frozenset(_prosecutors(place, request.store_id))
    entitled = Entitled(frozenset({Role.APPROVER}), prosecutors)
    _declare(place, (RESTRICTED, request_id, body), _filled(notes), signer, entitled)
    return request_of(place, request_id)


def decide_request(place: Workplace, request_id: str, reply: str, replied_on: date, signer: Signer) -> RightsRequest:
    """Record the answer. Only an approver of the controller to whom it is addressed answers for it.

    Raises:
        UsageError: there is no such answer, or it lies ahead or before the receipt.
        ApprovalError: it isn't this person's to state.
    """
    request = _open(place, request_id)
    if reply not in set(Reply):
        raise UsageError("there is no such answer", where=reply, remedy=f"one of {', '.join(Reply)}")
    if not request.received_on <= replied_on <= server_date(place.ledger):
        raise UsageError("an answer comes after the request and not ahead of today", where=str(replied_on))
    entitled = Entitled(frozenset({Role.APPROVER}), frozenset({request.controller_id}))
    _declare(place, (DECIDED, request_id, {"reply": reply, "replied_on": replied_on.isoformat()}), "", signer, entitled)
    return request_of(place, request_id)


def _declare(
    place: Workplace, statement: tuple[str, str, Mapping[str, Any]], note: str, signer: Signer, entitled: Entitled | None = None
) -> None:
    kind, subject, body = statement
    sealed = sealed_note(place.ledger, subject, note) if note else None
    said = Declaration(kind, subject, body, signer.person.person_id, place.now(), sealed)
    declare(place.ledger, said.signed(signer.private_key), entitled or Entitled(_ANYBODY))


def _open(place: Workplace, request_id: str) -> RightsRequest:
    request = request_of(place, request_id)
    if request.reply is not None:
        raise UsageError("this request has been answered", where=request_id, remedy="register a new one")
    return request


def _filled(text: str) -> str:
    if not text.strip():
        raise UsageError("a reason is asked for here", remedy="give it; it is kept encrypted")
    return text


def _controller(place: Workplace, name: str, controller_id: str) -> Mapping[str, Any]:
    store = place.open_store(name)
    key = locator.natural_keys(place.ledger, [controller_id]).get(controller_id)
    rows = records(store.read("controllers")) if "controllers" in store.frames() else []
    found = next((row for row in rows if row["controller_key"] == key), None)
    if found is None:
        raise UsageError("the store knows no such controller", where=controller_id, remedy="give the id that reports name")
    return found


def _prosecutors(place: Workplace, store_id: int) -> list[str]:
    store = place.open_store(store_name(place, store_id))
    rows = records(store.read("controllers")) if "controllers" in store.frames() else []
    keys = [row["controller_key"] for row in rows if row.get("kind") == _PROSECUTOR]
    return list(locator.surrogates(place.ledger, store_id, "controller", keys).values())
