from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from discretio.stores.loading import load_rows
from discretio.stores.reference import ReferenceStore, create_store
from stores.store_rows import sample_rows


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'store.db'}"


@pytest.fixture
def empty(url: str) -> ReferenceStore:
    return create_store(url)


@pytest.fixture
def filled(tmp_path: Path) -> Callable[[int], ReferenceStore]:
    """Makes a store with so many dossiers."""

    def make(dossiers: int, seed: int = 0, *, copies_from_others: bool = True) -> ReferenceStore:
        store = create_store(f"sqlite:///{tmp_path / f'filled-{dossiers}-{seed}.db'}")
        load_rows(store, sample_rows(dossiers, seed, copies_from_others=copies_from_others))
        return store

    return make
