"""Folders of a WebDAV server, such as those of SharePoint and Nextcloud: webdavs://user@server/folder."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from webdav4.fsspec import WebdavFileSystem

from discretio.errors import UsageError
from discretio.stores.store_password import store_password

_HERE = frozenset({"localhost", "127.0.0.1", "::1"})
_SECONDS = 60
"""How long a server may be silent."""


def enter(url: str, environment: Mapping[str, str]) -> tuple[WebdavFileSystem, str]:
    """Connect with the user of the URL and a password of the environment.

    Raises:
        UsageError: what is read would travel in the clear.
    """
    parts, password = urlsplit(url), store_password(environment)
    if parts.scheme != "webdavs" and parts.hostname not in _HERE:
        raise UsageError("dossiers would travel in the clear", where=f"{parts.scheme}://", remedy="write webdavs://")
    protocol = "https" if parts.scheme == "webdavs" else "http"
    account = (unquote(parts.username or ""), password) if password is not None else None
    server = f"{protocol}://{parts.netloc.rpartition('@')[2]}/"
    return WebdavFileSystem(server, auth=account, timeout=_SECONDS, skip_instance_cache=True), path_in(url)


def path_in(url: str) -> str:
    """The path on the server."""
    return unquote(urlsplit(url).path).strip("/")
