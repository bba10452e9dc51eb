"""The object in a bucket by which one erasure alone can delete there, and in which it says beforehand what it will delete.

Whoever erases writes it anew, on the condition that it still is as he read it (If-Match, If-None-Match). From then on whoever
held it before can't commit any more, so that nobody waits for a process that died, and no clock is asked. To commit is to write
into it the list of versions that go, under a key of the ledger. An erasure that was killed after that is finished by the next,
from the list.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from discretio.errors import PurgeRefusedError, StoreUnavailableError
from discretio.stores.bucket import CHANGED_MEANWHILE, Bucket, BucketError, Written
from discretio.stores.bucket_rights import RIGHTS, require_erasable
from discretio.stores.bucket_versions import VERSION, Stored, delete, named
from discretio.stores.local_files import ERASING

LEASE = f"{ERASING}/lease"
_ATTEMPTS = 5
_PURPOSE = b"discretio bucket list 1\0"


@dataclass(frozen=True, slots=True)
class _Going:
    """What goes, and by which key it was said: who may only write in the bucket must not have others delete in it."""

    listed: tuple[tuple[str, str, str], ...] = ()
    mac: str = ""

    def stored(self) -> list[Stored]:
        return [Stored(*one) for one in self.listed]

    def mac_under(self, key: bytes) -> str:
        return hmac.new(key, _PURPOSE + json.dumps(self.listed).encode(), "sha256").hexdigest()


class BucketLease:
    """The lease of one bucket.

    Args:
        bucket: the bucket; the lease stands below its prefix.
    """

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket
        self._mine: list[Written] = []
        self._going = _Going()
        self._key: bytes | None = None

    @contextmanager
    def held(self) -> Iterator[None]:
        """Be the only one who can commit, until another takes the lease.

        Raises:
            PurgeRefusedError: the bucket is none to erase in.
            StoreUnavailableError: it can't be reached, or others take the lease again and again.
        """
        require_erasable(self._bucket)
        self._take()
        try:
            self._require_conditions()
            yield
        finally:
            # What is listed and not finished has to be found by the next one.
            if not self._going.listed:
                delete(self._bucket, self._versions(self._mine))

    def settle(self, key: bytes) -> None:
        """Delete what an erasure that was killed had committed to.

        Args:
            key: of the ledger; only what was listed under it is believed.

        Raises:
            PurgeRefusedError: the list was written under no such key.
        """
        self._key = key
        if self._going.listed:
            if not hmac.compare_digest(self._going.mac, self._going.mac_under(key)):
                raise PurgeRefusedError(
                    "a list of what is to be deleted stands in the bucket that no erasure of this ledger wrote",
                    where=f"document_tree, {LEASE}",
                    remedy="see who writes there; another ledger that erases there must finish; else remove the object",
                )
            delete(self._bucket, self._going.stored())
            self.finished()

    def commit(self, going: Collection[Stored]) -> None:
        """Write down what goes, then delete it: from the writing on, there is no way back.

        Raises:
            PurgeRefusedError: nothing was settled before.
            StoreUnavailableError: another erasure took the lease, and nothing was deleted; or the bucket died in the middle,
                and the next erasure deletes what is left.
        """
        if self._key is None:
            raise PurgeRefusedError("dossiers were to be erased without being hashed first", where="document_tree")
        listed = _Going(tuple((one.key, one.kind, one.version_id) for one in sorted(going)))
        self._going = replace(listed, mac=listed.mac_under(self._key))
        try:
            self._write(IfMatch=self._mine[-1].etag)
        except BucketError as error:
            if error.code not in CHANGED_MEANWHILE:
                raise
            self.finished()
            raise _taken() from None
        delete(self._bucket, going)

    def finished(self) -> None:
        """All that was committed is gone, or nothing was: the list may go, too."""
        self._going = _Going()

    def _take(self) -> None:
        for _ in range(_ATTEMPTS):
            found = self._bucket.standing(LEASE)
            stale = list(named(self._bucket, LEASE))
            self._going = _Going() if found is None else _read(found[0])
            try:
                self._write(**({"IfNoneMatch": "*"} if found is None else {"IfMatch": found[1]}))
            except BucketError as error:
                if error.code not in CHANGED_MEANWHILE:
                    raise _not_allowed(error) from None
                continue
            _delete_or_refuse(self._bucket, stale)
            return
        raise _taken()

    def _require_conditions(self) -> None:
        """See that the bucket keeps conditions, and lets a version be deleted: here, before anything else is."""
        for condition in ({"IfNoneMatch": "*"}, {"IfMatch": '"0"'}):
            try:
                self._write(**condition)
            except BucketError as error:
                if error.code not in CHANGED_MEANWHILE:
                    raise _not_allowed(error) from None
                continue
            raise PurgeRefusedError(
                "the bucket writes what it was told to write on a condition that doesn't hold, so that two erasures could "
                "delete at once",
                where="document_tree",
                remedy="use a place that knows If-Match and If-None-Match; erase by its own means, every version too",
            )
        self._write(IfMatch=self._mine[-1].etag)
        _delete_or_refuse(self._bucket, self._versions(self._mine[:-1]))
        del self._mine[:-1]

    def _write(self, **condition: str) -> None:
        body = {"erasure": secrets.token_hex(16), "going": self._going.listed, "mac": self._going.mac}
        self._mine.append(self._bucket.written(LEASE, json.dumps(body).encode(), **condition))

    def _versions(self, written: Collection[Written]) -> list[Stored]:
        return [Stored(self._bucket.prefix + LEASE, VERSION, one.version_id) for one in written]


def _read(body: bytes) -> _Going:
    """What an erasure that was killed was about to delete."""
    try:
        said = json.loads(body)
        return _Going(tuple((str(key), str(kind), str(version)) for key, kind, version in said["going"]), str(said["mac"]))
    except (ValueError, KeyError, TypeError):
        raise StoreUnavailableError(
            "the list of what a killed erasure was deleting can't be read",
            where=f"document_tree, {LEASE}",
            remedy="see who else writes there, remove the object, and verify the last plan",
        ) from None


def _delete_or_refuse(bucket: Bucket, versions: Collection[Stored]) -> None:
    try:
        delete(bucket, versions)
    except BucketError as error:
        raise _not_allowed(error) from None


def _not_allowed(error: BucketError) -> StoreUnavailableError | PurgeRefusedError:
    if not error.code:
        return error
    return PurgeRefusedError(
        "the account may not write on a condition, or not delete a version, where it is to erase",
        where=f"document_tree, {LEASE}",
        remedy=f"let the account have these rights: {', '.join(RIGHTS)}",
    )


def _taken() -> StoreUnavailableError:
    return StoreUnavailableError(
        "another erasure began in the bucket, and this one ended before it deleted anything more",
        where="document_tree",
        remedy="see that only one purge of this store runs, then run it again",
    )
