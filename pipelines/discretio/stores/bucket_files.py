"""The files of a bucket as a tree: the dossiers behind delete markers too, and every version of what a dossier holds."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from discretio.stores import bucket_versions
from discretio.stores.bucket import Bucket
from discretio.stores.bucket_versions import VERSION, Stored, first_level, named, stored
from discretio.stores.file_places import TreeFile
from discretio.stores.local_files import ERASING
from discretio.stores.remote_files import RemoteFiles

_ELSEWHERE = ".."


class BucketFiles(RemoteFiles):
    """A bucket as a tree of files; entries are the current versions.

    A dossier of which delete markers leave nothing to see is listed all the same, as unreadable: it is still stored.

    Args:
        url: s3://bucket/folder.
        environment: where its keys stand; the process's own by default.
    """

    def __init__(self, url: str, environment: Mapping[str, str] | None = None) -> None:
        super().__init__(url, environment)
        self.bucket = Bucket(self.locator, os.environ if environment is None else environment)
        self._versions: dict[str, Stored] = {}

    def dossiers(self) -> list[tuple[str, str]]:
        """Key and place of all that stands at the first level; the place of a folder ends with a slash."""
        self.forget_lists()
        below = ((key.removeprefix(self.bucket.prefix), key) for key in first_level(self.bucket))
        found = {(name.rstrip("/"), self.bucket.place(key)) for name, key in below}
        return sorted((name if name not in {"", "."} else _ELSEWHERE, place) for name, place in found if name != ERASING)

    def forget_lists(self) -> None:
        """List anew from now on."""
        self._place.forget_lists()

    def versions(self, dossier_key: str) -> Iterator[TreeFile]:
        """Every version of every file in a dossier, the current ones too."""
        for one in lying_in(self.bucket, dossier_key):
            if one.kind == VERSION:
                key = one.key.removeprefix(self.bucket.prefix)
                place = f"{self.bucket.place(one.key)}\0{one.version_id}"
                self._versions = {place: one}
                yield TreeFile(dossier_key, key, place, None, one.size)

    def opened(self, file: TreeFile) -> BinaryIO:
        """The file's bytes; of one of its versions, if `versions` just gave it."""
        one = self._versions.get(file.place)
        return super().opened(file) if one is None else bucket_versions.opened(self.bucket, one)


class SomeOf:
    """Some dossiers of a tree, listed anew.

    Args:
        tree: the tree.
        dossiers: the key and the place of each.
    """

    def __init__(self, tree: BucketFiles, dossiers: list[tuple[str, str]]) -> None:
        tree.forget_lists()
        self._tree = tree
        self._dossiers = dossiers

    @property
    def locator(self) -> str:
        """Where the tree is."""
        return self._tree.locator

    def dossiers(self) -> list[tuple[str, str]]:
        """Key and place of these."""
        return self._dossiers

    def files(self, dossier_key: str, place: str) -> Iterator[TreeFile]:
        """As the tree tells them."""
        return self._tree.files(dossier_key, place)

    def opened(self, file: TreeFile) -> BinaryIO:
        """As the tree opens it."""
        return self._tree.opened(file)


def lying_in(bucket: Bucket, dossier_key: str) -> Iterator[Stored]:
    """Everything that belongs to a dossier: below its folder, and a file of its name."""
    yield from named(bucket, dossier_key)
    yield from stored(bucket, f"{dossier_key}/")
