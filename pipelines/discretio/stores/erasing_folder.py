"""The folder in which dossiers of a tree lie while they are erased: renamed into it, judged there, and only then unlinked.

What is renamed is found by nobody else under its path, which is the lock; our own reading still finds it. `locked` holds what
may still come back, `gone` what may not: a process that is killed leaves them there, and the next one puts back the first and
unlinks the second.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import stat
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from discretio.errors import StoreUnavailableError
from discretio.stores import engines
from discretio.stores.local_files import ERASING, LOCKED
from discretio.stores.own_folders import made_folder, names_in, opened_folder, own_folder

_WAIT = 0.05


class ErasingFolder:
    """The folder for one tree. All in it is done by the descriptors of folders that are our own, never by a path.

    Args:
        root: the tree.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self.locked = root / LOCKED

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep other erasures out of the tree; what one that was killed left is put in order before and after.

        Raises:
            StoreUnavailableError: another one goes on for too long, the tree can't be changed, or somebody put something under
                the name of this folder.
        """
        with _changing(), _alone(self._root):
            self._settle()
            try:
                yield
            finally:
                self._settle()

    def lock(self, names: Iterable[str]) -> None:
        """Take these, of the first level of the tree, out of everybody's reach."""
        with _changing(), opened_folder(self._root) as root, made_folder(self._root, ERASING, "locked") as locked:
            _move(names, root, locked)

    def unlink(self, names: Iterable[str]) -> None:
        """Erase what is locked: from the renaming on, there is no way back."""
        with _changing(), made_folder(self._root, ERASING, "locked") as locked:
            with made_folder(self._root, ERASING, "gone") as gone:
                _move(names, locked, gone)
            self._empty_gone()

    def _settle(self) -> None:
        # Both are seen to be ours before anything is done in either.
        with own_folder(self._root, ERASING, "gone"), own_folder(self._root, ERASING, "locked") as locked:
            self._empty_gone()
            with opened_folder(self._root) as root:
                if locked is not None:
                    _refuse_taken(names_in(locked), root)
                    _move(names_in(locked), locked, root)
                _remove(self.locked, self.locked.with_name("gone"), self.locked.parent)
                os.fsync(root)

    def _empty_gone(self) -> None:
        with own_folder(self._root, ERASING, "gone") as gone:
            if gone is not None:
                for name in names_in(gone):
                    _unlink(name, gone)


def _unlink(name: str, folder: int) -> None:
    if stat.S_ISDIR(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode):
        shutil.rmtree(name, dir_fd=folder)
    else:
        os.unlink(name, dir_fd=folder)


def _remove(*folders: Path) -> None:
    """Remove folders that are empty."""
    for folder in folders:
        with suppress(FileNotFoundError):
            folder.rmdir()


def _refuse_taken(names: Iterable[str], root: int) -> None:
    if {*names} & {*names_in(root)}:
        raise StoreUnavailableError(
            "a dossier was locked by an erasure that was killed, and another stands under its name now",
            where=f"document_tree, {LOCKED}",
            remedy="move one of them away, then run the purge again",
        )


def _move(names: Iterable[str], here: int, there: int) -> None:
    """Rename from one folder into another, and let the disk know of it."""
    for name in names:
        os.rename(name, name, src_dir_fd=here, dst_dir_fd=there)
    for folder in (here, there):
        os.fsync(folder)


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    descriptor = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        end = time.monotonic() + engines.LOCK_SECONDS
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > end:
                    raise
                time.sleep(_WAIT)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def _changing() -> Iterator[None]:
    try:
        yield
    except (OSError, shutil.Error):
        raise StoreUnavailableError(
            "the tree of documents can't be changed, or died in the middle",
            where="document_tree",
            remedy="see that nobody else is erasing there, and that the account may rename and delete; then run it again",
        ) from None
