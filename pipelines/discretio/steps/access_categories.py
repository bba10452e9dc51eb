"""The lists of who may see sensitive data, as the stores keep them: for an authority that asks. Reads no dossier."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from discretio.domain.access_categories import ARTICLES, AccessCategory, Bound
from discretio.ledger import locator, stores
from discretio.ledger.stores import StoreRecord
from discretio.steps.workplace import Workplace
from discretio.stores.port import DossierStore

_LISTS, _USERS, _DUTIES = "access_lists", "users", "confidentiality_duties"


def access_categories(place: Workplace, controller: str) -> list[AccessCategory]:
    """Every line of the lists of a controller, or of all, of every registered store that is read as a whole.

    Args:
        place: the collaborators.
        controller: a surrogate id, or "all".

    Raises:
        StoreUnavailableError: a store can't be read: its lists might be silently left out.
    """
    whole = [record for record in stores.stores(place.ledger) if record.owner is None]
    found = [line for record in whole for line in _of_store(place, record)]
    return sorted((line for line in found if controller in ("all", line.controller_id)), key=_order)


def _order(line: AccessCategory) -> tuple[str, ...]:
    return line.controller_id, line.data_type or "", line.persons_category or ""


def _of_store(place: Workplace, record: StoreRecord) -> list[AccessCategory]:
    store = place.open_store(record.name)
    if "controllers" not in store.frames():
        return []
    keys = store.read("controllers", columns=["controller_key"])["controller_key"]
    ids = locator.surrogates(place.ledger, record.store_id, "controller", sorted(keys))
    lists = store.read(_LISTS) if _LISTS in store.frames() else pd.DataFrame()
    if not {"controller_key", "data_type", "persons_category"} <= set(lists.columns):
        return [AccessCategory(one) for one in ids.values()]
    bound = _bound(store)
    lines = [_line(ids, row, bound) for row in lists.to_dict("records") if row["controller_key"] in ids]
    listed = {line.controller_id for line in lines}
    return [*lines, *(AccessCategory(one) for one in ids.values() if one not in listed)]


def _line(ids: Mapping[str, str], row: Mapping[Any, Any], bound: Mapping[tuple[Any, ...], Bound]) -> AccessCategory:
    updated = row.get("updated_at")
    kind, persons = row["data_type"], row["persons_category"]
    return AccessCategory(
        controller_id=ids[str(row["controller_key"])],
        data_type=str(kind) if kind in ARTICLES else None,
        persons_category=None if pd.isna(persons) else str(persons),
        updated_on=updated.date() if isinstance(updated, pd.Timestamp) else None,
        bound=bound.get((row["controller_key"], persons), Bound.UNKNOWN),
    )


def _bound(store: DossierStore) -> dict[tuple[Any, ...], Bound]:
    """By controller and category of persons: whether each of their users has a duty on record."""
    if not {_USERS, _DUTIES} <= store.frames():
        return {}
    users = store.read(_USERS)
    if not {"user_key", "controller_key", "persons_category"} <= set(users.columns):
        return {}
    dutiful = users["user_key"].isin(store.read(_DUTIES)["user_key"])
    each = dutiful.groupby([users["controller_key"], users["persons_category"]]).all()
    return {pair: Bound.ALL if whole else Bound.NOT_ALL for pair, whole in each.items() if isinstance(pair, tuple)}
