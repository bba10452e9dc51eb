"""The frame `locations` as mandates and searches tell it: which places were looked at, and whether copies are there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from discretio.domain.frames import KNOWN_FRAMES
from discretio.ledger import locator
from discretio.ledger.mandates import Mandate, mandates
from discretio.ledger.shadow_copies import LastSearch, last_searches
from discretio.steps.mandates import LOCATION
from discretio.steps.workplace import Workplace

FRAME = "locations"
ELSEWHERE = "\0elsewhere"
_COLUMNS = ("location_key", "holder", "kind", "mandated", "holds_data", "shadow_copies")


def with_searched_places(place: Workplace, store_id: int, inventory: pd.DataFrame | None, as_of: date) -> pd.DataFrame | None:
    """The places that a store lists, and those that were looked at under a mandate.

    A store that lists none gets one row for all other places, which nobody may look at: what was seen says nothing of them.

    Args:
        place: the collaborators.
        store_id: the store.
        inventory: the places as the store lists them, with surrogate ids; None if it doesn't.
        as_of: the day of the judgement.

    Returns:
        The frame `locations`; None if the store lists none and no mandate was ever given.
    """
    rows = list(_rows(place, store_id, as_of))
    if not rows:
        return inventory
    if inventory is None:
        others = locator.surrogates(place.ledger, store_id, LOCATION, [ELSEWHERE])[ELSEWHERE]
        rows.append((others, None, "OTHER", False, None, None))
    dtypes = {column.name: column.dtype for column in KNOWN_FRAMES[FRAME].columns}
    searched = pd.DataFrame(rows, columns=list(_COLUMNS)).astype({name: dtypes[name] for name in _COLUMNS})
    return searched if inventory is None else pd.concat([inventory, searched], ignore_index=True)


def _rows(place: Workplace, store_id: int, as_of: date) -> Iterator[tuple[object, ...]]:
    """One row per place: what its last mandate and the last search under it say."""
    searches = last_searches(place.ledger, store_id)
    last = {mandate.location_id: mandate for mandate in mandates(place.ledger, store_id) if mandate.valid_from <= as_of}
    for mandate in last.values():
        copies = _copies(searches.get(mandate.mandate_id))
        # That nothing was found is true of the day of the search: it isn't repeated once nobody may look any more.
        yield mandate.location_id, mandate.controller_id, "OTHER", _stands(mandate, as_of), None, copies


def _stands(mandate: Mandate, as_of: date) -> bool:
    return mandate.ended_at is None and as_of <= mandate.valid_until


def _copies(search: LastSearch | None) -> bool | None:
    if search is None or (not search.copies and not search.complete):
        return None
    return search.copies > 0
