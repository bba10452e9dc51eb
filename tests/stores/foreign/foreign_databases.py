"""Foreign databases made up by the tests, and mappings for them."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from discretio.stores.mapped import MappedStore
from discretio.stores.mapping import read_mapping


def made(folder: Path, script: str) -> Path:
    """An SQLite file made by a script."""
    path = folder / "foreign.db"
    with sqlite3.connect(path) as connection:
        connection.executescript(script)
    connection.close()
    return path


def mapped(folder: Path, script: str, frames: str, store: str = "") -> MappedStore:
    """A store of a database made by a script, with these frames in its mapping."""
    url = f"sqlite:///{made(folder, script)}"
    return opened(folder, url, frames, store)


def opened(folder: Path, url: str, frames: str, store: str = "", **options: object) -> MappedStore:
    """The store at a URL, with these frames in its mapping."""
    path = folder / "mapping.yaml"
    path.write_text(f"store:\n  url: '{url}'\n{store}frames:\n{frames}", encoding="utf-8")
    return MappedStore(read_mapping(path), **options)  # type: ignore[arg-type]
