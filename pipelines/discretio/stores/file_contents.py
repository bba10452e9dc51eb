"""What the files of a tree hold: their text through an extractor, and a digest that changes when either does."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from discretio.stores.file_places import FileProblemError, FileTree, TreeFile
from discretio.stores.port import Extracted, Extractor
from discretio.stores.text_files import UNREADABLE

TOO_LARGE = "too_large"
LARGEST = 2 << 30
"""Bytes of a file beyond which it isn't even opened: to read it would take hours."""

_PIECE_BYTES = 1 << 20


class FileContents:
    """The contents of files.

    Args:
        tree: opens them.
        extract: makes text of them.
    """

    def __init__(self, tree: FileTree, extract: Extractor) -> None:
        self._tree = tree
        self._extract = extract

    def pieces(self, file: TreeFile) -> Iterator[Extracted]:
        """The pieces of a file's text; one that can't be opened is a gap."""
        problem = _known_problem(file)
        if problem is None:
            try:
                with self._tree.opened(file) as stream:
                    yield from self._extract(stream, PurePosixPath(file.entry_key).name)
            except FileProblemError as met:
                problem = met.reason
        if problem is not None:
            yield Extracted(None, "", problem)

    def digest(self, file: TreeFile) -> str:
        """A SHA-256 of the file's bytes, or of what its place says of their version, and of the extractor's version.

        What can't be read has one per reason, so that it is tried again when that ends.
        """
        return digest_of_file(self._extract.version, self._content_digest(file))

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


def digest_of_file(version: str, content: bytes) -> str:
    """A SHA-256 over the extractor's version and a file's own digest."""
    return hashlib.sha256(version.encode() + content).hexdigest()


def _known_problem(file: TreeFile) -> str | None:
    return file.problem or (TOO_LARGE if file.size is not None and file.size > LARGEST else None)
