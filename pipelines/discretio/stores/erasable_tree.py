"""A tree of documents in which dossiers may be erased, since its mapping says that their holds stand in the ledger."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from discretio.errors import StoreUnavailableError
from discretio.stores.described_tree import DescribedTree
from discretio.stores.erasing import NeverDemo, WithoutList
from discretio.stores.erasing_folder import ErasingFolder
from discretio.stores.local_files import ERASING, key_of
from discretio.stores.port import Disk, Extractor, Held
from discretio.stores.tree_eraser import TreeEraser, hash_folders, paths_of
from discretio.stores.tree_mapping import TreeMapping
from discretio.stores.windows import WindowSize, document_windows

_PIECE = 1 << 20
_OVERLAP = 256


class ErasableTree(NeverDemo, WithoutList, DescribedTree):
    """A local tree whose mapping has a part `erase`.

    Args:
        mapping: where it lies.
        extract: makes text of the files.
    """

    def __init__(self, mapping: TreeMapping, extract: Extractor | None = None) -> None:
        self.root = Path(mapping.root)
        super().__init__(self.root, mapping.inventory, extract)
        self.layout_sha256 = mapping.sha256
        self._folder = ErasingFolder(self.root)

    @contextmanager
    def erasing(self) -> Iterator[TreeEraser]:
        """One erasure: what it locks and doesn't erase is put back at its end."""
        with self._folder.held():
            yield TreeEraser(self, self.root, self._folder)

    def dossier_hashes(self, dossier_keys: Iterable[str], key: bytes) -> dict[str, str]:
        """HMAC-SHA256 of each dossier with every name and byte in it."""
        return hash_folders(paths_of(self.root, dossier_keys), key)

    def remaining(self, dossier_keys: Iterable[str], row_keys: Iterable[str] = ()) -> dict[str, int]:  # noqa: ARG002 - the port's
        """How many of these dossiers still lie in the tree."""
        with self._folder.held():
            there = len(paths_of(self.root, dossier_keys))
        return {"documents": there} if there else {}

    def values(self, dossier_keys: Iterable[str]) -> Iterator[Held]:
        """The key of every file in these dossiers, and what could be read of it."""
        for key, path in paths_of(self.root, dossier_keys).items():
            yield Held(key, "dossiers", key, "dossier_key", key)
            for file in self._tree.files(key, str(path)):
                yield Held(key, "entries", file.entry_key, "entry_key", file.entry_key)
                for at in document_windows(self._contents.pieces(file), WindowSize()):
                    yield Held(key, "entries", file.entry_key, "text", at.text, at.not_examined)

    def disk(self) -> Disk:
        """All bytes below the folder; what lies in its dossiers is what a reader sees."""
        return Disk(lambda: _bytes_below(self.root), lambda: _bytes_below(self.root, leave_out=ERASING))


def _bytes_below(root: Path, leave_out: str = "") -> Iterator[str]:
    """The name and the bytes of every file below a folder, read as text."""
    try:
        for folder, folders, files in os.walk(root, onerror=_unlisted):
            folders[:] = [name for name in folders if name != leave_out]
            for name in files:
                path = Path(folder) / name
                yield key_of(path.relative_to(root))
                if stat.S_ISREG(path.lstat().st_mode):
                    yield from _pieces(path)
    except OSError:
        raise StoreUnavailableError(
            "a file of the tree can't be read byte by byte", where="document_tree", remedy="see that all of it may be read"
        ) from None


def _unlisted(error: OSError) -> NoReturn:
    """Say of a folder that can't be listed what is said of a file that can't be read: os.walk passes over it otherwise."""
    raise error


def _pieces(path: Path) -> Iterator[str]:
    before = ""
    with path.open("rb") as file:
        while chunk := file.read(_PIECE):
            piece = before + chunk.decode("utf-8", "replace")
            yield piece
            before = piece[-_OVERLAP:]
