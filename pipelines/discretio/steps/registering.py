"""Register stores by name, so that nobody has to type or log where they are."""

from __future__ import annotations

import re
from itertools import count
from pathlib import Path

from discretio.errors import UsageError
from discretio.ledger import stores
from discretio.steps.workplace import Workplace
from discretio.stores.port import DossierStore, ErasableStore

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")


def registered_name(place: Workplace, target: str) -> str:
    """The name under which a store is registered; one met for the first time is registered under a name of its kind.

    Args:
        place: the collaborators.
        target: a registered name, a mapping file, a folder, or a SQLAlchemy URL of a reference store.

    Raises:
        UsageError: it is none of these.
        SecretInUrlError: a password stands in the URL.
    """
    records = stores.stores(place.ledger)
    if any(record.name == target for record in records):
        return target
    store = place.open_store(target)
    locator = _locator(store, target)
    known = next((record.name for record in records if record.locator == locator and record.owner is None), None)
    if known is not None:
        return known
    names = {record.name for record in records}
    free = (f"{store.kind.replace('_', '-')}-{number}" for number in count(1))
    return _register(place, next(name for name in free if name not in names), store, locator)


def register(place: Workplace, name: str, target: str, owner: str | None = None) -> str:
    """Register a store under a name.

    Args:
        place: the collaborators.
        name: the name.
        target: what `registered_name` takes, but a registered name.
        owner: the store's own key of a controller: only its drafts and own dossiers are read under this name.

    Raises:
        UsageError: the name stands for another store or scope, or is none, or the store has a name already.
    """
    require_free(place, name, target)
    store = place.open_store(target)
    return _register(place, name, store, _locator(store, target), owner)


def require_free(place: Workplace, name: str, target: str) -> None:
    """Make sure that a name can be given to this store.

    Raises:
        UsageError: the name stands for another store, or is none.
    """
    if not _NAME.fullmatch(name):
        raise UsageError(
            "a store is named by small letters, digits, - and _", remedy="such as main; where it is stays in the ledger"
        )
    known = next((record for record in stores.stores(place.ledger) if record.name == name), None)
    if known is not None and known.locator != _locator(place.open_store(target), target):
        raise UsageError("another store is registered under this name", where=name, remedy="give another name with --name")


def _register(place: Workplace, name: str, store: DossierStore, locator: str, owner: str | None = None) -> str:
    if owner is None:
        _require_unnamed(place, name, store)
    # A scope is read with an account of its own, which is known by its name only: nothing is read before that.
    demo = owner is None and isinstance(store, ErasableStore) and _is_demo(store)
    stores.register_store(place.ledger, name, store.kind, locator, demo, owner)
    return name


def _require_unnamed(place: Workplace, name: str, store: DossierStore) -> None:
    """Holds, clearances and tombstones belong to a name: under a second one, the same dossiers would escape them."""
    for record in stores.stores(place.ledger):
        if record.owner is not None or record.name == name or record.kind != store.kind:
            continue
        if place.open_store(record.name).locator == store.locator:
            raise UsageError(
                "this store is registered already, under another name",
                where=record.name,
                remedy="use that name; a database that holds two systems is described in one mapping, by parts",
            )


def _locator(store: DossierStore, target: str) -> str:
    """How a store is found again from whatever folder: a URL or a path from the root."""
    return store.locator if "://" in target else str(Path(target).resolve())


def _is_demo(store: ErasableStore) -> bool:
    store.check()
    return store.is_demo()
