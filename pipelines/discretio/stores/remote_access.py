"""How places of files are entered: each protocol its own way, with nothing kept of an earlier connection."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

import fsspec
from fsspec.registry import known_implementations

from discretio.errors import UsageError

EXTRAS = {
    "s3": "discretio[s3]", "s3a": "discretio[s3]", "sftp": "discretio[sftp]", "ssh": "discretio[sftp]",
    "webdav": "discretio[webdav]", "webdavs": "discretio[webdav]",
    "smb": "smbprotocol", "gs": "gcsfs", "gcs": "gcsfs", "abfs": "adlfs", "az": "adlfs",
}  # fmt: skip
"""What is to be installed for a protocol."""

_OWN_WAYS = {"sftp": "sftp_access", "ssh": "sftp_access", "webdav": "webdav_access", "webdavs": "webdav_access"}
"""The module for the protocols that fsspec alone doesn't enter well enough; loaded only if the library is installed."""

_SAY_PATHS = (
    "httpx", "httpcore", "urllib3", "requests", "aiohttp", "fsspec", "paramiko", "s3fs", "aiobotocore", "botocore", "webdav4",
    "azure", "adlfs", "msal", "gcsfs", "google", "google_auth_httplib2", "smbprotocol", "smbclient", "spnego",
)  # fmt: skip
"""Libraries that log accounts, or each path that they ask for, some at level INFO, which Airflow writes down."""


def check_protocol(protocol: str) -> None:
    """See whether the library for a protocol is installed.

    Raises:
        UsageError: it isn't, or there is none.
    """
    try:
        fsspec.get_filesystem_class("webdav" if protocol == "webdavs" else protocol)
    except (ImportError, ValueError):
        extra = EXTRAS.get(protocol)
        raise UsageError(
            "the library that reaches such a place isn't installed",
            where=f"{protocol}://",
            remedy=f"pip install {extra}" if extra else "ask fsspec's documentation which library this kind of URL needs",
        ) from None


def entered(url: str, environment: Mapping[str, str]) -> tuple[Any, str]:
    """A file system that was just connected to, and the root in it.

    Raises:
        UsageError: the URL can't be used so.
        Exception: whatever the backend raises; it may quote accounts and paths.
    """
    protocol = urlsplit(url).scheme
    _silence(protocol)
    own = _OWN_WAYS.get(protocol)
    if own is not None:
        files, root = import_module(f"discretio.stores.{own}").enter(url, environment)
    else:
        # fsspec would hand out the connection that died.
        files, root = fsspec.core.url_to_fs(url, skip_instance_cache=True)
    return files, str(root).rstrip("/")


def _silence(protocol: str) -> None:
    """Switch off what libraries log: those that we know, and whichever one fsspec reaches this protocol by."""
    reached_by = str(known_implementations.get(protocol, {}).get("class", "")).partition(".")[0]
    for library in {*_SAY_PATHS, reached_by} - {""}:
        logging.getLogger(library).setLevel(logging.CRITICAL + 1)


def path_in(url: str) -> str:
    """The path by which the place that a URL leads to knows it."""
    protocol = urlsplit(url).scheme
    if protocol in _OWN_WAYS:
        return str(import_module(f"discretio.stores.{_OWN_WAYS[protocol]}").path_in(url)).rstrip("/")
    strip = fsspec.get_filesystem_class(protocol)._strip_protocol  # noqa: SLF001 - fsspec's own way, and documented
    return str(strip(url)).rstrip("/")
