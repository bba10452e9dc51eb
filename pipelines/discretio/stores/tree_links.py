"""Links inside a tree: what would be lost behind one when the dossier that it leads into is erased, or left when it is one."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from discretio.errors import StoreUnavailableError
from discretio.stores.local_files import key_of


def linked_among(root: Path, locked: Path, paths: Mapping[str, Path]) -> frozenset[str]:
    """Those of the dossiers that can't go: a link itself, or one of a dossier that stays leads into it.

    What one of these leads into stays with it, and so on. The whole tree is looked through, since nothing else knows its links.

    Args:
        root: the tree.
        locked: the folder below it in which dossiers lie while they are erased.
        paths: where the dossiers lie, by key.

    Raises:
        StoreUnavailableError: a folder can't be listed, so that nobody knows what leads where.
    """
    if not paths:
        return frozenset()
    try:
        led = [(start, end) for start, end in _led(root, locked) if end in paths and start != end]
    except OSError:
        raise StoreUnavailableError(
            "a folder of the tree can't be looked through for links into what is to be erased",
            where="document_tree",
            remedy="see that the account may list all of it",
        ) from None
    staying = {key for key, path in paths.items() if path.is_symlink()}
    while more := {end for start, end in led if end not in staying and (start not in paths or start in staying)}:
        staying |= more
    return frozenset(staying)


def _led(root: Path, locked: Path) -> Iterator[tuple[str, str]]:
    """The dossier in which each link stands, and what of the tree's first level it leads to."""
    whole = Path(os.path.realpath(root))
    for link in _links(root):
        # From where it stands when its dossier isn't locked; what it leads to may be locked, too.
        stood = whole / link.relative_to(locked if link.is_relative_to(locked) else root)
        target = Path(os.path.realpath(stood.parent / link.readlink()))
        if target != whole and target.is_relative_to(whole):
            yield _first(stood, whole), _first(target, whole)


def _first(path: Path, root: Path) -> str:
    return key_of(Path(path.relative_to(root).parts[0]))


def _links(root: Path) -> Iterator[Path]:
    pending = [str(root)]
    while pending:
        with os.scandir(pending.pop()) as found:
            for one in found:
                if one.is_symlink():
                    yield Path(one.path)
                elif one.is_dir(follow_symlinks=False):
                    pending.append(one.path)
