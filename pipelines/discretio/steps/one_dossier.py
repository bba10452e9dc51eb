"""Read one dossier out of a store, by its key there or by its surrogate id."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from discretio.errors import UsageError
from discretio.ledger import locator, stores
from discretio.steps.workplace import Workplace
from discretio.stores.port import Partition


def one_dossier(place: Workplace, store_name: str, dossier: str, frames: Iterable[str]) -> tuple[str, dict[str, pd.DataFrame]]:
    """The dossier's key in the store, and those of these frames that the store delivers, with its rows alone.

    Raises:
        UsageError: the store holds no such dossier.
        StoreUnavailableError: the store can't be read.
    """
    store = place.open_store(store_name)
    key = locator.natural_keys(place.ledger, [dossier]).get(dossier, dossier)
    read = {name: store.read(name, Partition(0, key, key, 1)) for name in frames if name in store.frames()}
    if key not in set(read["dossiers"]["dossier_key"]):
        raise no_such_dossier(place, store_name)
    return key, read


def no_such_dossier(place: Workplace, store_name: str) -> UsageError:
    """The refusal of a dossier, without repeating its key."""
    name = stores.store_named(place.ledger, store_name).name
    return UsageError("the store holds no such dossier", where=name, remedy="give its key in the store, or the id of a finding")
