"""A bucket that speaks S3; its errors keep quiet about keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from discretio.errors import StoreUnavailableError
from discretio.stores.remote_access import entered
from discretio.stores.remote_place import reaching

BUCKET_PROTOCOLS = frozenset({"s3", "s3a"})
CHANGED_MEANWHILE = frozenset({"PreconditionFailed", "ConditionalRequestConflict", "412", "409", "NoSuchKey", "404"})
"""What a bucket answers to a conditional write whose condition doesn't hold."""


class BucketError(StoreUnavailableError):
    """A bucket refused a call, or could not be reached; `code` is its own word for why, empty if it gave none."""

    def __init__(self, code: str) -> None:
        super().__init__(
            "the bucket can't be reached, refused what it was asked, or died in the middle",
            where="document_tree",
            remedy="see that the network is there and what the account may do (docs/mapping.md#a-bucket); then run it again",
        )
        self.code = code


@dataclass(frozen=True, slots=True)
class Written:
    """A version that was just written: its id, and the ETag that tells it apart from any other of its key."""

    version_id: str
    etag: str


class Bucket:
    """The part of a bucket below a prefix.

    Args:
        url: s3://bucket/folder.
        environment: where its keys stand; nothing is reached before it is asked for something.
    """

    def __init__(self, url: str, environment: Mapping[str, str]) -> None:
        self._url = url
        self._environment = environment

    @cached_property
    def _reached(self) -> tuple[Any, str, str]:
        with reaching():
            files, root = entered(self._url, self._environment)
            name, folder, _ = files.split_path(root)
        return files, name, f"{folder}/" if folder else ""

    @property
    def prefix(self) -> str:
        """What every key begins with that is meant here."""
        return self._reached[2]

    def place(self, key: str) -> str:
        """The name by which fsspec opens a key."""
        return f"{self._reached[1]}/{key}"

    def call(self, method: str, **asked: object) -> dict[str, Any]:
        """One call of the S3 API.

        Raises:
            BucketError: it failed.
        """
        files, name, _ = self._reached
        try:
            answer: dict[str, Any] = files.call_s3(method, Bucket=name, **asked)
        except Exception as error:  # noqa: BLE001 - whatever the backend raises; it quotes keys
            raise BucketError(_code_of(error)) from None
        return answer

    def written(self, name: str, body: bytes, **condition: str) -> Written:
        """Write an object, under a condition (IfMatch, IfNoneMatch).

        Raises:
            BucketError: with a code of CHANGED_MEANWHILE if the condition doesn't hold.
        """
        answer = self.call("put_object", Key=self.prefix + name, Body=body, **condition)
        return Written(str(answer.get("VersionId", "")), str(answer["ETag"]))

    def standing(self, name: str) -> tuple[bytes, str] | None:
        """The bytes and the ETag of an object; null if there is none."""
        try:
            head = self.call("head_object", Key=self.prefix + name)
            files, _, _ = self._reached
            with reaching():
                body = files.cat_file(self.place(self.prefix + name), start=0, end=head["ContentLength"])
            return bytes(body), str(head["ETag"])
        except BucketError as error:
            if error.code in {"NoSuchKey", "404"}:
                return None
            raise

    def part(self, key: str, version_id: str, start: int, end: int) -> bytes:
        """Some bytes of a version."""
        with reaching():
            return bytes(self._reached[0].cat_file(self.place(key), version_id=version_id, start=start, end=end))

    def pages(self, method: str, below: str, **asked: object) -> Iterator[dict[str, Any]]:
        """The pages of a listing of what begins so from the prefix on."""
        uploads = method == "list_multipart_uploads"
        after: dict[str, object] = {}
        while True:
            page = self.call(method, Prefix=self.prefix + below, **asked, **after)
            yield page
            if not page.get("IsTruncated"):
                return
            second = "UploadIdMarker" if uploads else "VersionIdMarker"
            after = {"KeyMarker": page["NextKeyMarker"], second: page.get(f"Next{second}", "")}
            after = {name: value for name, value in after.items() if value}


def _code_of(error: Exception) -> str:
    told = getattr(error.__cause__ or error, "response", None)
    return str(told.get("Error", {}).get("Code", "")) if isinstance(told, Mapping) else ""
