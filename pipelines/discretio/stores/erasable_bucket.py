"""A tree of documents in a bucket that keeps versions, in which dossiers may be erased with every version of theirs."""

from __future__ import annotations

import hmac
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pandas as pd

from discretio.errors import PurgeRefusedError, StoreUnavailableError
from discretio.stores.bucket import Bucket
from discretio.stores.bucket_files import BucketFiles, SomeOf, lying_in
from discretio.stores.bucket_lease import BucketLease
from discretio.stores.bucket_rights import require_erasable
from discretio.stores.bucket_versions import Stored, counted, stored
from discretio.stores.casting import records
from discretio.stores.described_tree import DescribedTree
from discretio.stores.erasing import NeverDemo, WithoutLinks, WithoutList
from discretio.stores.port import Disk, Extractor, Held
from discretio.stores.tree_mapping import TreeMapping
from discretio.stores.windows import WindowSize, document_windows

ADVICE = "copies_of_the_provider"
_PURPOSE = b"discretio bucket 1\0"


class BucketEraser(WithoutLinks, WithoutList):
    """One erasure in a bucket: the versions of some dossiers are listed, judged, and these very ones deleted.

    Nothing in a bucket can be locked. A version never changes, though: what somebody writes after the listing is another one,
    which isn't deleted. If it comes before the commit, nothing is.

    Args:
        tree: the tree.
        files: its files.
        lease: the lease, which is held.
    """

    def __init__(self, tree: DescribedTree, files: BucketFiles, lease: BucketLease) -> None:
        self._tree = tree
        self._files = files
        self._lease = lease
        self._listed: dict[str, list[Stored]] = {}
        self._chosen: set[str] = set()

    def lock(self, dossier_keys: Iterable[str]) -> frozenset[str]:
        """List dossiers with every version; those of which there is one."""
        self._listed |= _lying(self._files.bucket, dossier_keys)
        return frozenset(self._listed)

    def read(self, frame: str, keys: Iterable[str]) -> pd.DataFrame:
        """The rows of a frame in these dossiers."""
        bucket = self._files.bucket
        places = {
            (key, bucket.place(f"{bucket.prefix}{key}" + "/" * (one.key != bucket.prefix + key)))
            for key in keys
            for one in self._listed.get(key, ())
        }
        return self._tree.at(SomeOf(self._files, sorted(places))).read(frame)

    def records(self, frame: str, dossier_keys: Iterable[str]) -> list[dict[str, Any]]:
        """The same as plain rows."""
        return records(self.read(frame, dossier_keys))

    def dossier_hashes(self, dossier_keys: Iterable[str], key: bytes) -> dict[str, str]:
        """HMAC-SHA256 of each listed dossier over every version, delete marker and unfinished upload.

        What an erasure that was killed had committed to is deleted before; a dossier of which nothing is left then has no hash.
        """
        self._lease.settle(key)
        self._listed = _lying(self._files.bucket, self._listed)
        return {one: _hash(self._listed[one], key) for one in dossier_keys if one in self._listed}

    def delete(self, dossier_keys: Iterable[str]) -> dict[str, int]:
        """Choose listed dossiers to be deleted; how many versions, delete markers and unfinished uploads they are."""
        keys = set(dossier_keys)
        if unlocked := keys - self._listed.keys():
            raise PurgeRefusedError(
                f"{len(unlocked)} dossiers were to be erased without being listed first", where="document_tree"
            )
        self._chosen |= keys
        return counted([one for key in keys for one in self._listed[key]])

    def commit(self) -> None:
        """Delete what was chosen, if it still is all that lies there; see that it is gone."""
        if not self._chosen:
            return
        going = {key: self._listed[key] for key in self._chosen}
        if _lying(self._files.bucket, going) != going:
            raise _came("something was written into a dossier while it was judged, and nothing of these dossiers was deleted")
        versions = {one for listed in going.values() for one in listed}
        self._lease.commit(versions)
        self._chosen.clear()
        left = {one for listed in _lying(self._files.bucket, going).values() for one in listed}
        if left & versions:
            raise _came("the bucket still lists versions that it said it deleted")
        self._lease.finished()


class ErasableBucket(NeverDemo, WithoutList, DescribedTree):
    """A tree in a bucket whose mapping has a part `erase`.

    Args:
        mapping: what is said of it.
        files: its files.
        extract: makes text of them.
    """

    def __init__(self, mapping: TreeMapping, files: BucketFiles, extract: Extractor | None = None) -> None:
        super().__init__(files, mapping.inventory, extract)
        self._files = files
        self.layout_sha256 = mapping.sha256

    @contextmanager
    def erasing(self) -> Iterator[BucketEraser]:
        """One erasure, under the bucket's lease."""
        lease = BucketLease(self._files.bucket)
        with lease.held():
            yield BucketEraser(self, self._files, lease)

    def dossier_hashes(self, dossier_keys: Iterable[str], key: bytes) -> dict[str, str]:
        """HMAC-SHA256 of each dossier over every version, delete marker and unfinished upload.

        Raises:
            PurgeRefusedError: the bucket is none to erase in: nobody is to approve what can't be done.
        """
        require_erasable(self._files.bucket)
        return {one: _hash(listed, key) for one, listed in _among_all(self._files.bucket, set(dossier_keys)).items()}

    def remaining(self, dossier_keys: Iterable[str], row_keys: Iterable[str] = ()) -> dict[str, int]:  # noqa: ARG002 - the port's
        """How many versions, delete markers and unfinished uploads still lie there of these dossiers."""
        return counted([one for listed in _among_all(self._files.bucket, set(dossier_keys)).values() for one in listed])

    def values(self, dossier_keys: Iterable[str]) -> Iterator[Held]:
        """The key of every file in these dossiers, and what could be read of each of its versions."""
        for key in dossier_keys:
            yield Held(key, "dossiers", key, "dossier_key", key)
            for file in self._files.versions(key):
                yield Held(key, "entries", file.entry_key, "entry_key", file.entry_key)
                for at in document_windows(self._contents.pieces(file), WindowSize()):
                    yield Held(key, "entries", file.entry_key, "text", at.text, at.not_examined)

    def disk(self) -> Disk:
        """The disks are the provider's; so are replicas, inventories and backups, of which the bucket says nothing."""
        return Disk(advice=ADVICE)


def _lying(bucket: Bucket, dossier_keys: Iterable[str]) -> dict[str, list[Stored]]:
    """Everything that lies in each of these dossiers; those in which nothing does are left out."""
    found = {key: sorted(lying_in(bucket, key)) for key in dossier_keys}
    return {key: listed for key, listed in found.items() if listed}


def _among_all(bucket: Bucket, dossier_keys: Collection[str]) -> Mapping[str, list[Stored]]:
    """The same for many dossiers: the whole bucket is listed once."""
    found: dict[str, list[Stored]] = defaultdict(list)
    for one in stored(bucket) if dossier_keys else ():
        key = one.key.removeprefix(bucket.prefix).partition("/")[0]
        if key in dossier_keys:
            found[key].append(one)
    return found


def _hash(listed: Iterable[Stored], key: bytes) -> str:
    whole = hmac.new(key, _PURPOSE, "sha256")
    for one in sorted(listed):
        whole.update(repr((one.key, one.kind, one.version_id, one.said)).encode() + b"\0")
    return whole.hexdigest()


def _came(what: str) -> StoreUnavailableError:
    return StoreUnavailableError(
        what,
        where="document_tree",
        remedy="see who writes there, then run the purge again: what changed drops out, or is verified as still there",
    )
