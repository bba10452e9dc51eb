"""One erasure in a tree of documents (the port's Eraser), and the hash of a dossier: every name and byte below a path."""

from __future__ import annotations

import hashlib
import hmac
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from discretio.errors import PurgeRefusedError, StoreUnavailableError
from discretio.stores.casting import records
from discretio.stores.described_tree import DescribedTree
from discretio.stores.erasing import WithoutList
from discretio.stores.erasing_folder import ErasingFolder
from discretio.stores.local_files import LocalFiles
from discretio.stores.tree_links import linked_among

_PURPOSE = b"discretio folder 1\0"


class TreeEraser(WithoutList):
    """One erasure: dossiers are locked by renaming them, and unlinked once it is committed.

    Args:
        tree: the tree.
        root: its folder.
        folder: where they lie meanwhile.
    """

    def __init__(self, tree: DescribedTree, root: Path, folder: ErasingFolder) -> None:
        self._root = root
        self._folder = folder
        self._locked = tree.at(folder.locked)
        self._chosen: set[str] = set()

    def lock(self, dossier_keys: Iterable[str]) -> frozenset[str]:
        """Take dossiers out of everybody's reach; those that exist."""
        there = paths_of(self._root, dossier_keys)
        self._folder.lock(path.name for path in there.values() if path.parent != self._folder.locked)
        return frozenset(there)

    def read(self, frame: str, keys: Iterable[str]) -> pd.DataFrame:
        """The rows of a frame in these dossiers, as they lie locked."""
        if not self._folder.locked.is_dir():
            return self._locked.at(self._root).read(frame).head(0)
        rows = self._locked.read(frame)
        return rows[rows["dossier_key"].isin(list(keys))].reset_index(drop=True)

    def records(self, frame: str, dossier_keys: Iterable[str]) -> list[dict[str, Any]]:
        """The rows of a frame in locked dossiers, without content."""
        return records(self.read(frame, dossier_keys))

    def dossier_hashes(self, dossier_keys: Iterable[str], key: bytes) -> dict[str, str]:
        """HMAC-SHA256 of each locked dossier with every name and byte in it."""
        return hash_folders(self._paths(dossier_keys), key)

    def linked(self, dossier_keys: Iterable[str]) -> frozenset[str]:
        """Those of locked dossiers that are a link, or into which a link of a dossier leads that isn't one of them."""
        return linked_among(self._root, self._folder.locked, self._paths(dossier_keys))

    def delete(self, dossier_keys: Iterable[str]) -> dict[str, int]:
        """Choose locked dossiers to be unlinked; how many files are in them."""
        keys = set(dossier_keys)
        paths = self._paths(keys)
        if unlocked := keys - paths.keys():
            raise PurgeRefusedError(
                f"{len(unlocked)} dossiers were to be erased without being locked first", where="document_tree"
            )
        self._chosen |= keys
        files = sum(1 for path in paths.values() for one in _below(path) if not one.is_dir() or one.is_symlink())
        return {"files": files} if files else {}

    def commit(self) -> None:
        """Unlink what was chosen; what is only locked comes back at the end."""
        self._folder.unlink(path.name for path in self._paths(self._chosen).values())
        self._chosen.clear()

    def _paths(self, keys: Iterable[str]) -> dict[str, Path]:
        return paths_of(self._folder.locked, keys) if self._folder.locked.is_dir() else {}


def paths_of(root: Path, dossier_keys: Iterable[str]) -> dict[str, Path]:
    """The path of each dossier that is there."""
    wanted = set(dossier_keys)
    return {key: Path(place) for key, place in LocalFiles(root).dossiers() if key in wanted}


def hash_folders(paths: Mapping[str, Path], key: bytes) -> dict[str, str]:
    """HMAC-SHA256 of each dossier over every name and byte below its path; links count by where they lead.

    Raises:
        StoreUnavailableError: a file can't be read.
    """
    try:
        return {dossier: _hash(path, key) for dossier, path in paths.items()}
    except OSError:
        raise StoreUnavailableError(
            "a file of the tree can't be read", where="document_tree", remedy="see that the account may read all of it"
        ) from None


def _hash(path: Path, key: bytes) -> str:
    whole = hmac.new(key, _PURPOSE, "sha256")
    for one in _below(path):
        said = repr((os.fsencode(one.relative_to(path.parent)), *_said(one)))
        whole.update(said.encode() + b"\0")
    return whole.hexdigest()


def _below(path: Path) -> Iterator[Path]:
    """A path and all below it, in order; links aren't followed."""
    yield path
    if path.is_dir() and not path.is_symlink():
        for one in sorted(path.iterdir()):
            yield from _below(one)


def _said(path: Path) -> tuple[str, bytes]:
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        return "link", os.fsencode(path.readlink())
    if not stat.S_ISREG(mode):
        return ("folder" if stat.S_ISDIR(mode) else "other"), b""
    with path.open("rb") as file:
        return "file", hashlib.file_digest(file, "sha256").digest()
