"""What lies in a bucket: every version, delete marker and unfinished upload, each listed, read and deleted by its own id."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from discretio.errors import StoreUnavailableError
from discretio.stores.bucket import Bucket, BucketError

if TYPE_CHECKING:
    from typing_extensions import Buffer

VERSION, MARKER, UPLOAD = "versions", "delete_markers", "unfinished_uploads"
"""What lies in a bucket, as certificates count it."""

_KINDS = ((VERSION, "Versions"), (MARKER, "DeleteMarkers"))
_DELETED_AT_ONCE = 1000
_GONE = frozenset({"NoSuchVersion", "NoSuchUpload", "NoSuchKey"})


@dataclass(frozen=True, slots=True, order=True)
class Stored:
    """One thing under a key: a version, a delete marker, or an upload that nobody finished. None of them ever changes.

    `said`: what the bucket says of its content (ETag, size, moment). `size` in bytes; null for what holds none.
    """

    key: str
    kind: str
    version_id: str
    said: str = ""
    size: int | None = None


def stored(bucket: Bucket, below: str = "") -> Iterator[Stored]:
    """Everything whose key, from the prefix on, begins so: versions and delete markers, then uploads."""
    for page in bucket.pages("list_object_versions", below):
        yield from (_stored(kind, row) for kind, rows in _KINDS for row in page.get(rows, ()))
    yield from _uploads(bucket, below)


def named(bucket: Bucket, name: str) -> Iterator[Stored]:
    """Everything under exactly this key."""
    wanted = bucket.prefix + name
    for page in bucket.pages("list_object_versions", name):
        rows = [(kind, row) for kind, rows in _KINDS for row in page.get(rows, ())]
        yield from (_stored(kind, row) for kind, row in rows if row["Key"] == wanted)
        # Keys are listed in order, the shortest first.
        if any(row["Key"] != wanted for _, row in rows):
            break
    yield from (one for one in _uploads(bucket, name) if one.key == wanted)


def first_level(bucket: Bucket) -> Iterator[str]:
    """What stands just below the prefix, folders with a slash; also what delete markers hide."""
    for page in bucket.pages("list_object_versions", "", Delimiter="/"):
        yield from (row["Prefix"] for row in page.get("CommonPrefixes", ()))
        yield from (row["Key"] for _, rows in _KINDS for row in page.get(rows, ()) if row["Key"] != bucket.prefix)


def opened(bucket: Bucket, one: Stored) -> BinaryIO:
    """The bytes of a version, fetched as they are read."""
    return io.BufferedReader(_Version(bucket, one), 1 << 20)


def delete(bucket: Bucket, going: Iterable[Stored]) -> None:
    """Delete exactly these; those that are gone already change nothing.

    Raises:
        BucketError: one can't be deleted; others may be.
    """
    ordered = sorted(going)
    for start in range(0, len(ordered), _DELETED_AT_ONCE):
        some = ordered[start : start + _DELETED_AT_ONCE]
        versions = [{"Key": one.key, "VersionId": one.version_id} for one in some if one.kind != UPLOAD]
        answer = bucket.call("delete_objects", Delete={"Objects": versions, "Quiet": True}) if versions else {}
        for error in answer.get("Errors", ()):
            _pass_over_gone(str(error.get("Code", "")))
        for upload in (one for one in some if one.kind == UPLOAD):
            _abort(bucket, upload)


def counted(going: Collection[Stored]) -> dict[str, int]:
    """How many there are of each kind, those that there are none of left out."""
    return {kind: number for kind in (VERSION, MARKER, UPLOAD) if (number := sum(one.kind == kind for one in going))}


def _uploads(bucket: Bucket, below: str) -> Iterator[Stored]:
    for page in bucket.pages("list_multipart_uploads", below):
        yield from (Stored(row["Key"], UPLOAD, row["UploadId"]) for row in page.get("Uploads", ()))


def _abort(bucket: Bucket, upload: Stored) -> None:
    try:
        bucket.call("abort_multipart_upload", Key=upload.key, UploadId=upload.version_id)
    except BucketError as error:
        _pass_over_gone(error.code)


def _stored(kind: str, row: Mapping[str, Any]) -> Stored:
    said = repr([row.get("ETag"), row.get("Size"), str(row.get("LastModified"))])
    return Stored(row["Key"], kind, row["VersionId"], said, row.get("Size"))


def _pass_over_gone(code: str) -> None:
    if code not in _GONE:
        raise BucketError(code)


class _Version(io.RawIOBase):
    """A stream over one version, by ranges; its errors say nothing."""

    def __init__(self, bucket: Bucket, one: Stored) -> None:
        self._bucket, self._one = bucket, one
        self._at = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer)
        end = min(self._at + len(view), self._one.size or 0)
        if end <= self._at:
            return 0
        try:
            data = self._bucket.part(self._one.key, self._one.version_id, self._at, end)
        except StoreUnavailableError:
            raise OSError from None
        view[: len(data)] = data
        self._at += len(data)
        return len(data)
