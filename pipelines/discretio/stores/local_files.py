"""Files of a folder on this machine: found without leaving the folder, and opened without waiting for anybody."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from discretio.errors import StoreUnavailableError
from discretio.stores.file_places import NO_FILE, OUTSIDE, FileProblemError, TreeFile
from discretio.stores.text_files import UNREADABLE

ERASING = ".discretio-erasing"
"""The folder in which dossiers lie while they are erased (erasing_folder.py): no dossier itself."""
LOCKED = f"{ERASING}/locked"
"""The part of it where they may still come back from."""


class LocalFiles:
    """A folder and all below it; links that lead out of it are not followed."""

    def __init__(self, root: Path) -> None:
        self._root = root.absolute()

    @property
    def locator(self) -> str:
        """The folder's path."""
        return key_of(self._root)

    def dossiers(self) -> list[tuple[str, str]]:
        """Key and path of all that stands in the folder itself."""
        try:
            standing = [path for path in self._root.iterdir() if path.name != ERASING]
            # What an erasure has locked is still there, until it is unlinked.
            standing += _locked_in(self._root)
            return sorted((key_of(Path(path.name)), str(path)) for path in standing)
        except OSError:
            raise StoreUnavailableError(
                "the folder of documents can't be listed",
                where="document_tree",
                remedy="see that it exists, that its file share is there, and that you may read it",
            ) from None

    def files(self, dossier_key: str, place: str) -> Iterator[TreeFile]:
        """All files at or below a path; nothing is left out but folders that a link reaches twice."""
        pending = [Path(place)]
        while pending:
            path = pending.pop()
            problem = None
            try:
                below = self._below(path)
            except OSError:
                below, problem = None, UNREADABLE
            if below is not None:
                pending += sorted(below, reverse=True)
            else:
                yield self._file(dossier_key, path, problem)

    def opened(self, file: TreeFile) -> BinaryIO:
        """The file's bytes; what is no regular file is not opened."""
        try:
            # Without O_NONBLOCK, opening a pipe would wait for somebody to write into it.
            descriptor = os.open(file.place, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError:
            raise FileProblemError(UNREADABLE) from None
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise FileProblemError(NO_FILE)
        return cast("BinaryIO", os.fdopen(descriptor, "rb"))

    def found(self, path: str) -> TreeFile:
        """The file at a path below the folder, or at a whole path that leads into it; wherever else it leads is not read."""
        wanted = self._root / path.replace("\\", "/").strip()
        try:
            inside = "\0" not in path and wanted.resolve().is_relative_to(self._root.resolve())
        except (OSError, RuntimeError):
            inside = False
        if not inside:
            return TreeFile("", path, "", OUTSIDE)
        return self._file("", wanted, None)

    def _below(self, path: Path) -> list[Path] | None:
        """What stands in a folder; null for what is no folder of this tree."""
        if not path.is_symlink():
            return list(path.iterdir()) if path.is_dir() else None
        target = path.resolve(strict=True)
        # The files of a linked folder are met where they really are, if that is within the tree.
        return [] if target.is_dir() and target.is_relative_to(self._root.resolve()) else None

    def _file(self, dossier_key: str, path: Path, problem: str | None) -> TreeFile:
        size = None
        if problem is None and path.is_symlink() and not path.resolve().is_relative_to(self._root.resolve()):
            problem = OUTSIDE
        if problem is None:
            try:
                status = path.stat()
            except OSError:
                problem = UNREADABLE
            else:
                problem = None if stat.S_ISREG(status.st_mode) else NO_FILE
                size = status.st_size
        return TreeFile(dossier_key, _below_root(self._root, path), str(path), problem, size)


def _locked_in(root: Path) -> list[Path]:
    locked = root / LOCKED
    if locked.is_symlink() or locked.parent.is_symlink():
        raise StoreUnavailableError(
            "the folder in which dossiers are erased is a link, which could lead anywhere",
            where="document_tree",
            remedy="see who put it there, and move it out of the tree",
        )
    return list(locked.iterdir()) if locked.is_dir() else []


def _below_root(root: Path, path: Path) -> str:
    for base in (root / LOCKED, root):
        if path.is_relative_to(base):
            return key_of(path.relative_to(base))
    return key_of(Path(path.name))


def key_of(path: Path) -> str:
    """A path as a key: with slashes, and with bytes that are no UTF-8 escaped."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")
