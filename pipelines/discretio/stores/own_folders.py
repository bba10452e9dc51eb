"""Folders of our own: opened name by name without following a link, and refused if anybody else could have filled them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from discretio.errors import StoreUnavailableError

_OPENED = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
"""Others may at most read: on a file share that is mounted with one mode for all, they always may."""


@contextmanager
def opened_folder(root: Path) -> Iterator[int]:
    """The descriptor of a folder, whoever made it.

    Raises:
        OSError: it can't be opened.
    """
    descriptor = os.open(root, _OPENED)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def names_in(descriptor: int) -> list[str]:
    """What stands in an opened folder."""
    with os.scandir(descriptor) as found:
        return [one.name for one in found]


@contextmanager
def own_folder(root: Path, *names: str) -> Iterator[int | None]:
    """The descriptor of a folder below another; None if it isn't there.

    Args:
        root: the folder that somebody else made.
        names: one below the other, from there on; each is to be a folder of ours.

    Raises:
        StoreUnavailableError: one is a link, or somebody else's, or others may write into it.
        OSError: it can't be opened.
    """
    descriptor = _entered(os.open(root, _OPENED), names)
    try:
        yield descriptor
    finally:
        if descriptor is not None:
            os.close(descriptor)


@contextmanager
def made_folder(root: Path, *names: str) -> Iterator[int]:
    """The same, made where it isn't there."""
    for number, name in enumerate(names):
        with own_folder(root, *names[:number]) as above, suppress(FileExistsError):
            if above is not None:
                os.mkdir(name, 0o700, dir_fd=above)
    with own_folder(root, *names) as descriptor:
        if descriptor is None:
            raise FileNotFoundError
        yield descriptor


def _entered(here: int, names: tuple[str, ...]) -> int | None:
    for name in names:
        try:
            below = _ours(name, here)
        finally:
            os.close(here)
        if below is None:
            return None
        here = below
    return here


def _ours(name: str, above: int) -> int | None:
    try:
        status = os.stat(name, dir_fd=above, follow_symlinks=False)
    except FileNotFoundError:
        return None
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid() or status.st_mode & _OTHERS_WRITE:
        raise _planted()
    descriptor = os.open(name, _OPENED | os.O_NOFOLLOW, dir_fd=above)
    if not os.path.samestat(status, os.fstat(descriptor)):
        os.close(descriptor)
        raise _planted()
    return descriptor


def _planted() -> StoreUnavailableError:
    return StoreUnavailableError(
        "the folder in which dossiers are erased is a link, or somebody else's, or others may write into it",
        where="document_tree",
        remedy="see who put it there, and move it out of the tree; nothing was erased",
    )
