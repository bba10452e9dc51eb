"""Files as a store, wherever they lie: each folder at the first level is a dossier, each file an entry."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path, PurePosixPath
from typing import ClassVar

import pandas as pd

from discretio.domain.frames import STORE_FRAMES
from discretio.errors import UsageError
from discretio.stores.casting import to_frame
from discretio.stores.erasing import Eraser, refuse_erasing
from discretio.stores.file_places import FileProblemError, FileTree, TreeFile
from discretio.stores.local_files import LocalFiles
from discretio.stores.port import Extracted, Extractor, Partition, TextUnit, Wanted
from discretio.stores.text_files import UNREADABLE, PlainText
from discretio.stores.windows import WindowSize, document_windows

TOO_LARGE = "too_large"
LARGEST = 2 << 30
"""Bytes of a file beyond which it isn't even opened: to read it would take hours."""

_PIECE_BYTES = 1 << 20


class DocumentTree:
    """A tree of files whose first-level folders are dossiers; a file beside these is a dossier of its own, with one entry.

    Args:
        root: the folder, or whatever else holds files.
        size: how long texts are cut.
        extract: makes text of the files; only plain text is read by default.
    """

    kind: ClassVar[str] = "document_tree"

    def __init__(self, root: Path | FileTree, size: WindowSize | None = None, extract: Extractor | None = None) -> None:
        self._tree: FileTree = LocalFiles(root) if isinstance(root, Path) else root
        self._size = size or WindowSize()
        self._extract: Extractor = extract or PlainText()

    @property
    def locator(self) -> str:
        """The folder's path or URL."""
        return self._tree.locator

    def frames(self) -> frozenset[str]:
        """Dossiers and entries: a folder says nothing of the rest."""
        return frozenset({"dossiers", "entries"})

    def partitions(self, size: int) -> list[Partition]:
        """All dossiers, cut into ranges of `size`, in the order of their names."""
        if size < 1:
            raise UsageError("a partition holds at least one dossier")
        keys = [key for key, _ in self._tree.dossiers()]
        cuts = [keys[start : start + size] for start in range(0, len(keys), size)]
        return [Partition(number, cut[0], cut[-1], len(cut)) for number, cut in enumerate(cuts)]

    def read(self, frame: str, partition: Partition | None = None) -> pd.DataFrame:
        """The dossiers (all SHARED) or the entries, with the columns that a folder knows: their keys."""
        if frame == "dossiers":
            dossiers = [(key, "SHARED") for key, _ in self._dossiers(partition)]
            return to_frame(STORE_FRAMES[frame], ("dossier_key", "kind"), dossiers)
        if frame == "entries":
            entries = sorted((file.entry_key, file.dossier_key) for file in self._files(partition))
            return to_frame(STORE_FRAMES[frame], ("entry_key", "dossier_key"), entries)
        raise UsageError("a folder of documents doesn't hold such a frame", where=frame)

    def texts(self, partition: Partition | None = None, wanted: Wanted | None = None) -> Iterator[TextUnit]:
        """The text of each file part by part, long ones in windows; what can't be read is a unit that says why."""
        for file in self._files(partition):
            if wanted is None or wanted(file.entry_key, None):
                for at in document_windows(self._pieces(file), self._size):
                    yield TextUnit(file.dossier_key, file.entry_key, None, None, at.offset, at.text, at.not_examined, at.part)

    def digests(self, partition: Partition | None = None) -> Iterator[tuple[str, str | None, str]]:
        """A SHA-256 of each file's bytes, or of what its place says of their version, and of the extractor's version.

        What can't be read has one per reason, so that it is tried again when that ends.
        """
        for file in self._files(partition):
            digest = hashlib.sha256(self._extract.version.encode())
            digest.update(self._content_digest(file))
            yield file.entry_key, None, digest.hexdigest()

    def erasing(self) -> AbstractContextManager[Eraser]:
        """Refused: a folder has no holds that could be read under a lock."""
        refuse_erasing(self.kind)

    def check(self) -> None:
        """See whether the folder can be listed."""
        self._tree.dossiers()

    def _dossiers(self, partition: Partition | None) -> list[tuple[str, str]]:
        return [found for found in self._tree.dossiers() if partition is None or _lies_in(partition, found[0])]

    def _files(self, partition: Partition | None) -> Iterator[TreeFile]:
        for key, place in self._dossiers(partition):
            yield from self._tree.files(key, place)

    def _pieces(self, file: TreeFile) -> Iterator[Extracted]:
        problem = _known_problem(file)
        if problem is None:
            try:
                with self._tree.opened(file) as stream:
                    yield from self._extract(stream, PurePosixPath(file.entry_key).name)
            except FileProblemError as met:
                problem = met.reason
        if problem is not None:
            yield Extracted(None, "", problem)

    def _content_digest(self, file: TreeFile) -> bytes:
        problem = _known_problem(file)
        if problem is None and file.mark is not None:
            return b"\0mark " + file.mark.encode("utf-8", "surrogateescape")
        digest = hashlib.sha256()
        try:
            if problem is None:
                with self._tree.opened(file) as stream:
                    while piece := stream.read(_PIECE_BYTES):
                        digest.update(piece)
        except FileProblemError as met:
            problem = met.reason
        except OSError:
            problem = UNREADABLE
        return digest.digest() if problem is None else b"\0" + problem.encode()


def _known_problem(file: TreeFile) -> str | None:
    return file.problem or (TOO_LARGE if file.size is not None and file.size > LARGEST else None)


def _lies_in(partition: Partition, key: str) -> bool:
    if partition.first is not None and key < partition.first:
        return False
    if partition.before is not None:
        return key < partition.before
    return partition.last is None or key <= partition.last
