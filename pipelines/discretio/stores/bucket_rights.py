"""Whether a bucket is one in which exactly what was judged can be deleted, and all of it; asked before anything is."""

from __future__ import annotations

from typing import NoReturn

from discretio.errors import PurgeRefusedError
from discretio.stores.bucket import Bucket, BucketError

_NO_LOCK = "ObjectLockConfigurationNotFoundError"
RIGHTS = (
    "s3:GetBucketVersioning", "s3:GetBucketObjectLockConfiguration", "s3:ListBucket", "s3:ListBucketVersions",
    "s3:ListBucketMultipartUploads", "s3:GetObject", "s3:GetObjectVersion", "s3:PutObject", "s3:DeleteObjectVersion",
    "s3:AbortMultipartUpload",
)  # fmt: skip
"""What the account must be allowed; the documentation is checked against this list."""


def require_erasable(bucket: Bucket) -> None:
    """See whether the bucket keeps versions, lets them be listed, and locks none of them.

    Raises:
        PurgeRefusedError: it doesn't, or doesn't say so; nothing was deleted.
        StoreUnavailableError: it can't be reached.
    """
    versioning = _asked(bucket, "get_bucket_versioning")
    if versioning.get("Status") != "Enabled":
        _refuse(
            "the bucket doesn't keep versions (any more), so that a document that somebody just wrote could go instead of the "
            "one that was judged",
            "switch versioning on (s3api put-bucket-versioning), then make a new plan",
        )
    if versioning.get("MFADelete") == "Enabled":
        _refuse("the bucket deletes versions only with a code of a device, which no run has", "switch MFA delete off for it")
    _require_no_lock(bucket)
    for listing in ("list_object_versions", "list_multipart_uploads"):
        _asked(bucket, listing, Prefix=bucket.prefix)


def _require_no_lock(bucket: Bucket) -> None:
    try:
        configured = bucket.call("get_object_lock_configuration")
    except BucketError as error:
        if error.code == _NO_LOCK:
            return
        _not_told(error)
    if configured.get("ObjectLockConfiguration", {}).get("ObjectLockEnabled") == "Enabled":
        _refuse(
            "the bucket has object lock: a legal hold or a retention period may keep any version of what is erased",
            "erase there by the provider's means once no lock is left, or move the dossiers to a bucket without object lock",
        )


def _asked(bucket: Bucket, method: str, **asked: object) -> dict[str, object]:
    try:
        return bucket.call(method, **asked)
    except BucketError as error:
        _not_told(error)


def _not_told(error: BucketError) -> NoReturn:
    if not error.code:
        raise error
    _refuse(
        "the bucket doesn't tell whether it keeps versions, locks them, or which there are",
        f"let the account have these rights: {', '.join(RIGHTS)}",
    )


def _refuse(what: str, remedy: str) -> NoReturn:
    raise PurgeRefusedError(what, where="document_tree", remedy=remedy)
