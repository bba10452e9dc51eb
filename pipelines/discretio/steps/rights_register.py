"""The register of requests, read: every request as the signed statements about it leave it, and the way of its entries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from discretio.domain.judgements.rights.judicial_origins import covered_origins
from discretio.domain.rights_requests import Restriction, RightsRequest, route_of
from discretio.errors import UsageError
from discretio.ledger import locator, stores
from discretio.ledger.connection import server_date
from discretio.ledger.declarations import Declaration, declared
from discretio.ledger.own_data import ANSWERED
from discretio.steps.one_dossier import one_dossier
from discretio.steps.workplace import Workplace
from discretio.stores.casting import records

REGISTERED, ROUTED, EXTENDED, RESTRICTED = (f"rights.{name}" for name in ("registered", "routed", "extended", "restricted"))
DECIDED = ANSWERED
KINDS = (REGISTERED, ROUTED, EXTENDED, RESTRICTED, DECIDED)


def request_of(place: Workplace, request_id: str) -> RightsRequest:
    """The request of that id, as everything that was declared leaves it.

    Raises:
        UsageError: there is none.
    """
    found = requests(place, request_id)
    if not found:
        raise UsageError("no request of this id is known", where=request_id, remedy="discretio rights list shows them")
    return found[0]


def requests(place: Workplace, request_id: str | None = None) -> list[RightsRequest]:
    """Every request that is registered, or one, the first one first.

    Raises:
        ApprovalError: a statement is forged.
        LedgerError: one is gone.
    """
    found: dict[str, RightsRequest] = {}
    for said in declared(place.ledger, KINDS, request_id):
        if said.kind == REGISTERED:
            found[said.subject] = _registered(said)
        else:
            found[said.subject] = replace(found[said.subject], **_CHANGES[said.kind](found[said.subject], said.body))
    return list(found.values())


def entry_routes(place: Workplace, store_id: int, dossier_id: str, untold: str | None = None) -> dict[str, str]:
    """The way of each entry of a dossier (surrogate ids), as the store tells it now.

    `untold` is the judicial origin of the entries of which the store tells none.
    """
    name = store_name(place, store_id)
    _, frames = one_dossier(place, name, dossier_id, ["dossiers", "entries"])
    store = place.open_store(name)
    known = records(store.read("controllers")) if "controllers" in store.frames() else []
    regimes = {row["controller_key"]: row.get("regime") for row in known}
    covered = covered_origins(place.policy_on(server_date(place.ledger)))
    entries = records(frames["entries"]) if "entries" in frames else []
    homes = {row["entry_key"]: dossier_id for row in entries}
    ids = locator.surrogates(place.ledger, store_id, "entry", sorted(homes), dossier_of=homes)
    return {
        ids[row["entry_key"]]: route_of(
            row.get("judicial_origin") or untold, regimes.get(row.get("introduced_by")), covered
        ).value
        for row in entries
    }


def store_name(place: Workplace, store_id: int) -> str:
    """The name of a registered store, by its number."""
    return next(record.name for record in stores.stores(place.ledger) if record.store_id == store_id)


def _registered(said: Declaration) -> RightsRequest:
    body = said.body
    asked = date.fromisoformat(body["requested_on"]) if body["requested_on"] else None
    return RightsRequest(
        request_id=said.subject,
        store_id=body["store_id"],
        person=body["person"],
        right=body["right"],
        dossiers=tuple(body["dossiers"]),
        controller_id=body["controller"],
        regime=body["regime"],
        requested_on=asked,
        received_on=date.fromisoformat(body["received_on"]),
    )


def _restricted(request: RightsRequest, body: Mapping[str, Any]) -> dict[str, Any]:
    days = (date.fromisoformat(body["decided_on"]), date.fromisoformat(body["review_on"]))
    return {"restrictions": (*request.restrictions, Restriction(frozenset(body["rights"]), body["ground"], *days))}


_CHANGES: dict[str, Callable[[RightsRequest, Mapping[str, Any]], dict[str, Any]]] = {
    ROUTED: lambda _, body: {"routes": dict(body["routes"])},
    # Told once: a second letter extends nothing.
    EXTENDED: lambda request, body: {"extended_on": request.extended_on or date.fromisoformat(body["told_on"])},
    RESTRICTED: _restricted,
    DECIDED: lambda _, body: {"reply": body["reply"], "replied_on": date.fromisoformat(body["replied_on"])},
}
