"""Files as a store, wherever they lie: each folder at the first level is a dossier, each file an entry."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import ClassVar

import pandas as pd

from discretio.domain.frames import STORE_FRAMES
from discretio.errors import UsageError
from discretio.stores.casting import to_frame
from discretio.stores.cutting import BYTES_TO_ONE_OF_TEXT, EACH_CONTENT, EACH_FILE, cut
from discretio.stores.erasing import NeverErased
from discretio.stores.file_contents import FileContents
from discretio.stores.file_places import FileTree, TreeFile
from discretio.stores.local_files import LocalFiles
from discretio.stores.port import Extractor, Partition, TextUnit, UnitKey, Unversioned
from discretio.stores.text_files import PlainText
from discretio.stores.windows import WindowSize, document_windows

TREE = "document_tree"


class TreeReader(Unversioned):
    """A tree of files whose first-level folders are dossiers; a file beside these is a dossier of its own, with one entry.

    Args:
        root: the folder, or whatever else holds files.
        size: how long texts are cut.
        extract: makes text of the files; only plain text is read by default.
    """

    kind: ClassVar[str] = TREE

    def __init__(self, root: Path | FileTree, size: WindowSize | None = None, extract: Extractor | None = None) -> None:
        self._tree: FileTree = LocalFiles(root) if isinstance(root, Path) else root
        self._size = size or WindowSize()
        self._contents = FileContents(self._tree, extract or PlainText())

    @property
    def locator(self) -> str:
        """The folder's path or URL."""
        return self._tree.locator

    def frames(self) -> frozenset[str]:
        """Dossiers and entries: a folder says nothing of the rest."""
        return frozenset({"dossiers", "entries"})

    def partitions(self, size: int, octets: int | None = None) -> list[Partition]:
        """All dossiers, cut into ranges of `size` and of about so many bytes of text, in the order of their names."""
        if octets is None:
            return cut(((key, 0) for key in _keys(self._tree.dossiers())), size)
        weights: dict[str, int] = {}
        for key, place in self._tree.dossiers():
            weights[key] = weights.get(key, 0) + sum(map(_weight, self._tree.files(key, place)))
        return cut(weights.items(), size, octets)

    def read(self, frame: str, partition: Partition | None = None, columns: Collection[str] | None = None) -> pd.DataFrame:
        """The dossiers (all SHARED) or the entries, with the columns that a folder knows: their keys."""
        if frame == "dossiers":
            dossiers = [(key, "SHARED") for key in _keys(_dossiers(self._tree, partition))]
            return _some(to_frame(STORE_FRAMES[frame], ("dossier_key", "kind"), dossiers), "dossier_key", columns)
        if frame == "entries":
            entries = sorted((file.entry_key, file.dossier_key) for file in _files(self._tree, partition))
            return _some(to_frame(STORE_FRAMES[frame], ("entry_key", "dossier_key"), entries), "entry_key", columns)
        raise UsageError("a folder of documents doesn't hold such a frame", where=frame)

    def texts(self, partition: Partition | None = None, wanted: Collection[UnitKey] | None = None) -> Iterator[TextUnit]:
        """The text of each file part by part, long ones in windows; what can't be read is a unit that says why."""
        for file in _files(self._tree, partition):
            if wanted is None or (file.entry_key, None) in wanted:
                for at in document_windows(self._contents.pieces(file), self._size):
                    yield TextUnit(file.dossier_key, file.entry_key, None, None, at.offset, at.text, at.not_examined, at.part)

    def digests(self, partition: Partition | None = None) -> Iterator[tuple[str, str | None, str]]:
        """A SHA-256 for each file, which changes with its content and with the extractor."""
        for file in _files(self._tree, partition):
            yield file.entry_key, None, self._contents.digest(file)

    def check(self) -> None:
        """See whether the folder can be listed."""
        self._tree.dossiers()


class DocumentTree(NeverErased, TreeReader):
    """A tree of files that is only read."""

    kind: ClassVar[str] = TREE


def _weight(file: TreeFile) -> int:
    """About how many bytes of text a file holds, told by its size alone."""
    return EACH_CONTENT + (EACH_FILE if file.size is None else file.size // BYTES_TO_ONE_OF_TEXT)


def _some(frame: pd.DataFrame, key: str, columns: Collection[str] | None) -> pd.DataFrame:
    return frame if columns is None else frame[[name for name in frame.columns if name == key or name in columns]]


def _dossiers(tree: FileTree, partition: Partition | None) -> list[tuple[str, str]]:
    return [found for found in tree.dossiers() if partition is None or _lies_in(partition, found[0])]


def _keys(dossiers: list[tuple[str, str]]) -> list[str]:
    """Each key once: a bucket may hold a file and a folder of the same name."""
    return list(dict.fromkeys(key for key, _ in dossiers))


def _files(tree: FileTree, partition: Partition | None) -> Iterator[TreeFile]:
    for key, place in _dossiers(tree, partition):
        yield from tree.files(key, place)


def _lies_in(partition: Partition, key: str) -> bool:
    if partition.first is not None and key < partition.first:
        return False
    if partition.before is not None:
        return key < partition.before
    return partition.last is None or key <= partition.last
