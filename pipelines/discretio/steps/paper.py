"""Dossiers on paper: load their inventory, note that one was destroyed, and hold a purge back until all of its plan are."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from discretio.domain.purge_states import ItemState, PlanState
from discretio.errors import ApprovalError, PurgeRefusedError, UsageError
from discretio.ledger import locator, stores
from discretio.ledger.connection import server_date
from discretio.ledger.destruction_notes import DestructionNote, notes_of, record_note, sign_note
from discretio.ledger.people import people, person_id_of
from discretio.ledger.plans import PlanRecord, latest_plans, plan_items
from discretio.steps.approve import missing
from discretio.steps.people_keys import personal_key
from discretio.steps.registering import register
from discretio.steps.workplace import Workplace
from discretio.stores.inventory_files import read_inventory
from discretio.stores.loading import replace_dossiers
from discretio.stores.paper import PAPER_URL, PaperInventory
from discretio.stores.reference import create_store

_WAITING = (PlanState.PLANNED, PlanState.APPROVED, PlanState.RUNNING)


@dataclass(frozen=True, slots=True)
class _Item:
    """A dossier in a plan, with the controllers (surrogate ids) that it concerns."""

    plan: PlanRecord
    dossier_id: str
    controllers: frozenset[str]


def load_inventory(place: Workplace, path: Path, name: str) -> dict[str, int]:
    """Load an inventory, or renew what it says of its dossiers; the first time, a store is made for it in Discretio's home.

    Returns:
        How many rows each frame gave.

    Raises:
        UsageError: the file can't be read, or the name is that of another kind of store.
        StoreContentError: the file holds what can't be; nothing is loaded.
    """
    rows = read_inventory(path)
    if name not in {record.name for record in stores.stores(place.ledger)}:
        url = f"sqlite:///{place.settings.home / f'{name}.paper.db'}"
        create_store(url)
        register(place, name, PAPER_URL + url)
    store = place.open_store(name)
    if not isinstance(store, PaperInventory):
        raise UsageError("this is no inventory of dossiers on paper", where=name, remedy="give another name with --name")
    return replace_dossiers(store, rows)


def note_destroyed(place: Workplace, dossier: str, login: str, key_file: Path, destroyed_on: date | None = None) -> str:
    """Note that a dossier on paper was destroyed; the purge of its plan then erases it from the inventory.

    Args:
        place: the collaborators.
        dossier: the dossier's surrogate id, as the plan lists it, or its key in the inventory.
        login: who saw it done: somebody who acts for a controller that it concerns.
        key_file: his personal key.
        destroyed_on: the day; today by default.

    Returns:
        The plan's id.

    Raises:
        ApprovalError: no approved plan lets it be destroyed, or this person may not say so.
        UsageError: the day lies ahead.
    """
    today = server_date(place.ledger)
    day = destroyed_on or today
    if day > today:
        raise UsageError(
            "a destruction that lies ahead can't be noted", where=day.isoformat(), remedy="note it when it is done"
        )
    item = _planned(place, dossier)
    if missing(place, item.plan):
        raise ApprovalError("the plan isn't approved: destroy nothing yet", where=item.plan.plan_id, remedy="have it approved")
    person_id = person_id_of(place.ledger, login)
    person = next((one for one in people(place.ledger) if one.person_id == person_id and one.revoked_at is None), None)
    if person is None or not item.controllers & set(person.controller_ids):
        raise ApprovalError(
            "this destruction is not yours to note",
            where=item.dossier_id,
            remedy="let somebody of the controller sign",
        )
    note = DestructionNote(
        item.plan.plan_id, item.dossier_id, item.plan.root_hash, person_id, day, place.now().replace(microsecond=0)
    )
    record_note(place.ledger, sign_note(note, personal_key(key_file)))
    return item.plan.plan_id


def undestroyed(place: Workplace, plan: PlanRecord) -> int:
    """How many dossiers of a plan lie on paper and are not noted as destroyed.

    Raises:
        ApprovalError: a note is forged.
    """
    record = next(record for record in stores.stores(place.ledger) if record.store_id == plan.store_id)
    if record.kind != PaperInventory.kind or plan.state not in _WAITING:
        return 0  # a plan that was stopped finishes what it intended, and that had been noted
    items = plan_items(place.ledger, plan.plan_id)
    waiting = set(items[items["state"].isin([ItemState.PLANNED, ItemState.INTENT])]["item_id"])
    return len(waiting - {note.dossier_id for note in notes_of(place.ledger, plan.plan_id) if note.root_hash == plan.root_hash})


def require_destroyed(place: Workplace, plan: PlanRecord) -> None:
    """Make sure that what a plan erases from an inventory was destroyed on paper.

    Raises:
        PurgeRefusedError: something wasn't, or nobody signed that it was.
    """
    left = undestroyed(place, plan)
    if left:
        raise PurgeRefusedError(
            f"{left} dossiers of this plan lie on paper and nobody signed that they were destroyed",
            where=plan.plan_id,
            remedy="destroy each, and sign: discretio paper destroyed ID --as LOGIN --key FILE",
        )


def notes_told(place: Workplace, plan: PlanRecord) -> dict[str, object]:
    """What a certificate says of the notes under a plan: nothing where nothing lay on paper."""
    notes = notes_of(place.ledger, plan.plan_id)
    return {"destruction_notes": sorted(note.signature for note in notes)} if notes else {}


def _planned(place: Workplace, dossier: str) -> _Item:
    """The dossier in the last plan that waits for its destruction."""
    kinds = {record.store_id: record.kind for record in stores.stores(place.ledger)}
    for plan in latest_plans(place.ledger):
        if kinds.get(plan.store_id) == PaperInventory.kind and plan.state in _WAITING and not plan.dry_run_only:
            keys = locator.surrogates(place.ledger, plan.store_id, "dossier", [dossier]) if _known(place, plan, dossier) else {}
            items = plan_items(place.ledger, plan.plan_id)
            found = items[items["item_id"].isin([dossier, *keys.values()])]
            if not found.empty:
                row = found.iloc[0]
                return _Item(plan, str(row["item_id"]), frozenset(json.loads(row["controllers"])))
    raise ApprovalError(
        "no plan lets this dossier be destroyed",
        remedy="discretio purge plan; give the id that the plan lists",
    )


def _known(place: Workplace, plan: PlanRecord, key: str) -> bool:
    """Whether an inventory has a dossier of this key: asking the locator alone would name whatever was typed."""
    record = next(record for record in stores.stores(place.ledger) if record.store_id == plan.store_id)
    return key in set(place.open_store(record.name).read("dossiers")["dossier_key"])
