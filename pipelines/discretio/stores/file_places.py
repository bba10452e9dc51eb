"""What a tree of files can do, wherever it lies: a folder here, a bucket, a server."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol

OUTSIDE = "link_outside"
NO_FILE = "no_file"
LINK = "link"


@dataclass(frozen=True, slots=True)
class TreeFile:
    """A file, or whatever else stands in the tree.

    `entry_key` is its path below the root, `place` what its tree opens it by, `size` in bytes if that is known before it is
    opened. `problem` says why it can't be read, if that is known already. `mark` changes whenever the content does; null if the
    place can't tell without reading.
    """

    dossier_key: str
    entry_key: str
    place: str
    problem: str | None = None
    size: int | None = None
    mark: str | None = None


class FileTree(Protocol):
    """A tree of files, read without changing it; StoreUnavailableError says that it can't be reached, or died in the middle."""

    @property
    def locator(self) -> str:
        """Where it is, without a password."""

    def dossiers(self) -> list[tuple[str, str]]:
        """Key and place of all that stands at the first level, in order of the keys."""

    def files(self, dossier_key: str, place: str) -> Iterator[TreeFile]:
        """All files at or below a place of the first level, in order; nothing is left out."""

    def opened(self, file: TreeFile) -> BinaryIO:
        """The file's bytes.

        Raises:
            FileProblemError: it can't be opened.
        """


class FileFinder(FileTree, Protocol):
    """A tree in which a file is found by the path that somebody wrote down."""

    def found(self, path: str) -> TreeFile:
        """The file at a path below the root, or at a whole path that leads there; with a problem if there is none."""


class FileProblemError(Exception):
    """A file can't be opened; it never leaves this package, and holds nothing but the reason."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
