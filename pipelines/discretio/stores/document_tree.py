"""A folder of text files as a store: each folder in it is a dossier, each file an entry."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import ClassVar

import pandas as pd

from discretio.domain.frames import STORE_FRAMES
from discretio.errors import StoreUnavailableError, UsageError
from discretio.stores.casting import to_frame
from discretio.stores.erasing import Eraser, refuse_erasing
from discretio.stores.port import Partition, TextUnit
from discretio.stores.text_files import FileText, TreeFile, key_of, tree_files
from discretio.stores.windows import WindowSize, windows


class DocumentTree:
    """A folder whose first-level folders are dossiers; a file directly in it is a dossier of its own, with one entry.

    Args:
        root: the folder.
        size: from which size on files are read in windows, and how these are cut.
    """

    kind: ClassVar[str] = "document_tree"

    def __init__(self, root: Path, size: WindowSize | None = None) -> None:
        self._root = root.absolute()
        self._size = size or WindowSize()

    @property
    def locator(self) -> str:
        """The folder's path."""
        return key_of(self._root)

    def frames(self) -> frozenset[str]:
        """Dossiers and entries: a folder says nothing of the rest."""
        return frozenset({"dossiers", "entries"})

    def partitions(self, size: int) -> list[Partition]:
        """All dossiers, cut into ranges of `size`, in the order of their names."""
        if size < 1:
            raise UsageError("a partition holds at least one dossier")
        keys = [key for key, _ in _dossiers(self._root, None)]
        cuts = [keys[start : start + size] for start in range(0, len(keys), size)]
        return [Partition(number, cut[0], cut[-1], len(cut)) for number, cut in enumerate(cuts)]

    def read(self, frame: str, partition: Partition | None = None) -> pd.DataFrame:
        """The dossiers (all SHARED) or the entries, with the columns that a folder knows: their keys."""
        if frame == "dossiers":
            dossiers = [(key, "SHARED") for key, _ in _dossiers(self._root, partition)]
            return to_frame(STORE_FRAMES[frame], ("dossier_key", "kind"), dossiers)
        if frame == "entries":
            entries = sorted((file.entry_key, file.dossier_key) for file in _files(self._root, partition))
            return to_frame(STORE_FRAMES[frame], ("entry_key", "dossier_key"), entries)
        raise UsageError("a folder of documents doesn't hold such a frame", where=frame)

    def texts(self, partition: Partition | None = None) -> Iterator[TextUnit]:
        """Each file's text, long ones in windows; a file that can't be read is a unit that says why."""
        for file in _files(self._root, partition):
            for offset, text, problem in _contents(file, self._size):
                yield TextUnit(file.dossier_key, file.entry_key, None, None, offset, text, problem)

    def digests(self, partition: Partition | None = None) -> Iterator[tuple[str, str | None, str]]:
        """The SHA-256 of each file's bytes; what can't be read has one per reason, so that it is tried again when that ends."""
        for file in _files(self._root, partition):
            digest = hashlib.sha256()
            content = FileText(file)
            for piece in content.raw():
                digest.update(piece)
            if content.problem is not None:
                digest = hashlib.sha256(b"\0" + content.problem.encode())
            yield file.entry_key, None, digest.hexdigest()

    def erasing(self) -> AbstractContextManager[Eraser]:
        """Refused: a folder has no holds that could be read under a lock."""
        refuse_erasing(self.kind)

    def check(self) -> None:
        """See whether the folder can be listed."""
        _dossiers(self._root, None)


def _contents(file: TreeFile, size: WindowSize) -> Iterator[tuple[int, str, str | None]]:
    content = FileText(file)
    long = content.size > size.whole_up_to
    if long:
        for offset, window in windows(content, size):
            yield offset, window, None
    else:
        whole = "".join(content)
        if content.problem is None:
            yield 0, whole, None
    if content.problem is not None:
        yield content.length if long else 0, "", content.problem


def _files(root: Path, partition: Partition | None) -> Iterator[TreeFile]:
    for key, path in _dossiers(root, partition):
        yield from tree_files(root, path, key)


def _dossiers(root: Path, partition: Partition | None) -> list[tuple[str, Path]]:
    try:
        found = sorted((key_of(Path(path.name)), path) for path in root.iterdir())
    except OSError:
        raise StoreUnavailableError(
            "the folder of documents can't be listed",
            where=DocumentTree.kind,
            remedy="see that it exists, that its file share is there, and that you may read it",
        ) from None
    return [(key, path) for key, path in found if partition is None or _lies_in(partition, key)]


def _lies_in(partition: Partition, key: str) -> bool:
    if partition.first is not None and key < partition.first:
        return False
    if partition.before is not None:
        return key < partition.before
    return partition.last is None or key <= partition.last
