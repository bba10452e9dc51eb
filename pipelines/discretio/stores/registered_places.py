"""Where the files of registered stores lie, so that nobody takes what lies there for a copy outside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import URL

from discretio.stores.document_tree import TreeReader
from discretio.stores.mapped import MappedStore
from discretio.stores.owner_scope import OwnerScopedStore
from discretio.stores.port import DossierStore
from discretio.stores.reference import ReferenceStore
from discretio.stores.remote_access import path_in


def registered_places(stores: Iterable[DossierStore]) -> frozenset[str]:
    """Paths and URLs: of document trees, of attachments, of databases that are files."""
    return frozenset(place if "://" in place else str(Path(place).resolve()) for store in stores for place in _places(store))


def seen_from(locator: str, places: Iterable[str]) -> list[str]:
    """Those of the places that lie where this one does, in the spelling that its files have.

    Args:
        locator: a folder's path or URL.
        places: paths and URLs.
    """
    if "://" not in locator:
        return [place for place in places if "://" not in place]
    here = urlsplit(locator)[:2]
    return [path_in(place) for place in places if "://" in place and urlsplit(place)[:2] == here]


def lies_in(place: str, folders: Iterable[str]) -> bool:
    """Whether a path is one of these, or lies below one."""
    return any(place == folder or place.startswith(folder.rstrip("/") + "/") for folder in folders)


def _places(store: DossierStore) -> Iterator[str]:
    if isinstance(store, OwnerScopedStore):
        store = store.store
    if isinstance(store, TreeReader):
        yield store.locator
    elif isinstance(store, MappedStore | ReferenceStore):
        yield from _files_of(store.database.url)
    if isinstance(store, MappedStore) and store.contents.files_at:
        yield store.contents.files_at


def _files_of(url: URL) -> list[str]:
    """The file of an SQLite database, and those that SQLite keeps beside it."""
    if url.get_backend_name() != "sqlite" or not url.database:
        return []
    return [f"{url.database}{suffix}" for suffix in ("", "-journal", "-wal", "-shm")]
