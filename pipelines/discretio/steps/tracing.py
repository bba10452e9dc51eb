"""While dossiers still stand, keep of them what a verification will look for once they are erased: keyed hashes alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import pandas as pd

from discretio.domain.traces import Kind, Traces, traces_of
from discretio.ledger import locator
from discretio.ledger.traces import PlanTraces, new_trace_key
from discretio.steps.rows_read import RowsRead, is_key
from discretio.steps.workplace import Workplace
from discretio.stores.port import DossierStore, ErasableStore, Held

_DOSSIERS_AT_ONCE = 200


def traces_kept(place: Workplace, store: DossierStore, items: pd.DataFrame) -> PlanTraces | None:
    """The traces of the items of a new plan, under a new key; None if nothing can be erased there.

    They hold for what is deleted, since a dossier whose hash has changed since it was planned is not.

    Args:
        place: the collaborators.
        store: the store.
        items: item_id and kind of each.
    """
    if not isinstance(store, ErasableStore):
        return None
    key, read = new_trace_key(), RowsRead()
    keys = locator.natural_keys(place.ledger, items["item_id"].tolist())
    by_item = {item: traces_of(key, [(Kind.ROW_KEY, keys[item])]) for item in items[items["kind"] != "dossier"]["item_id"]}
    dossiers = {keys[item]: item for item in items[items["kind"] == "dossier"]["item_id"]}
    ordered = sorted(dossiers)
    for start in range(0, len(ordered), _DOSSIERS_AT_ONCE):
        made = _traces_by_dossier(read.texts(store.values(ordered[start : start + _DOSSIERS_AT_ONCE])), key)
        by_item |= {dossiers[dossier]: traces for dossier, traces in made.items()}
    return PlanTraces(key, by_item, read.unread)


def _traces_by_dossier(held_in: Iterable[Held], key: bytes) -> dict[str, Traces]:
    values: dict[str, list[tuple[Kind, str]]] = defaultdict(list)
    for held in held_in:
        values[held.dossier_key].append((_kind_of(held), held.value))
    return {dossier: traces_of(key, said) for dossier, said in values.items()}


def _kind_of(held: Held) -> Kind:
    if is_key(held):
        return Kind.KEY if held.frame == "dossiers" else Kind.ROW_KEY
    return Kind.NAMES if (held.frame, held.column) == ("persons", "name") else Kind.TEXT
