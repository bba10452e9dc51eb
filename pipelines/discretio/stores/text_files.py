"""Files of a document tree: found without leaving the folder, read piece by piece, and declared where they can't be read."""

from __future__ import annotations

import codecs
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TEXT_SUFFIXES = (".txt", ".md")

UNREADABLE = "unreadable"
UNKNOWN_TYPE = "unknown_type"
INVALID_UTF8 = "invalid_utf8"
LINK_OUTSIDE = "link_outside"

_PIECE_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class TreeFile:
    """A file, or whatever else stands in the tree; `problem` says why it can't be read, if that is known already."""

    dossier_key: str
    entry_key: str
    path: Path
    problem: str | None = None


def key_of(path: Path) -> str:
    """A path as a key: with slashes, and with bytes that are no UTF-8 escaped."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")


def tree_files(root: Path, start: Path, dossier_key: str) -> Iterator[TreeFile]:
    """All files at or below a path of the tree, in order; nothing is left out but folders that a link reaches twice."""
    pending = [start]
    while pending:
        path = pending.pop()
        problem = None
        try:
            below = _below(root, path)
        except OSError:
            below, problem = None, UNREADABLE
        if below is not None:
            pending += sorted(below, reverse=True)
        else:
            yield TreeFile(dossier_key, key_of(path.relative_to(root)), path, problem or _problem(root, path))


def _below(root: Path, path: Path) -> list[Path] | None:
    """What stands in a folder; null for what is no folder of this tree."""
    if not path.is_symlink():
        return list(path.iterdir()) if path.is_dir() else None
    target = path.resolve(strict=True)
    # The files of a linked folder are met where they really are, if that is within the tree.
    return [] if target.is_dir() and target.is_relative_to(root.resolve()) else None


def _problem(root: Path, path: Path) -> str | None:
    if path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
        return LINK_OUTSIDE
    return None if path.suffix.lower() in TEXT_SUFFIXES else UNKNOWN_TYPE


class FileText:
    """The text of a file, decoded piece by piece.

    After iteration, `problem` says why it ended early, if it did, and `length` how many code points came before.
    """

    def __init__(self, file: TreeFile) -> None:
        self._path = file.path
        self.problem = file.problem
        self.length = 0
        self.size = 0
        if self.problem is None:
            try:
                self.size = file.path.stat().st_size
            except OSError:
                self.problem = UNREADABLE

    def raw(self) -> Iterator[bytes]:
        """The file's bytes."""
        if self.problem is not None:
            return
        try:
            # Without O_NONBLOCK, opening a pipe would wait for somebody to write into it.
            descriptor = os.open(self._path, os.O_RDONLY | os.O_NONBLOCK)
            with os.fdopen(descriptor, "rb") as stream:
                if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                    self.problem = UNKNOWN_TYPE
                    return
                while piece := stream.read(_PIECE_BYTES):
                    yield piece
        except OSError:
            self.problem = UNREADABLE

    def __iter__(self) -> Iterator[str]:
        decoder = codecs.getincrementaldecoder("utf-8-sig")("strict")
        try:
            for piece in self.raw():
                yield self._counted(decoder.decode(piece))
            yield self._counted(decoder.decode(b"", final=True))
        except UnicodeDecodeError:
            self.problem = INVALID_UTF8

    def _counted(self, text: str) -> str:
        self.length += len(text)
        return text
