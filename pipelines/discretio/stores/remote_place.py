"""A place that fsspec reaches, with its errors kept quiet: backends raise their own, which name paths and accounts."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import parse_qsl, urlsplit

import fsspec

from discretio.errors import SecretInUrlError, StoreUnavailableError, UsageError
from discretio.stores.file_places import FileProblemError
from discretio.stores.remote_access import EXTRAS, check_protocol, entered
from discretio.stores.store_password import STORE_PASSWORD_FILE
from discretio.stores.text_files import UNREADABLE

if TYPE_CHECKING:
    from typing_extensions import Buffer

Info = Mapping[str, Any]
"""What a place says of one of its files or folders: name, type, size, and whatever else it likes."""

_CHAIN = re.compile(r"::\w+://")
_SECRET = re.compile(r"pass|pwd|secret|token|key|sig|credential", re.IGNORECASE)


def is_file_url(url: str) -> bool:
    """Whether this is the URL of a place of files, or several in a chain; those of databases are others."""
    protocol = url.partition("://")[0]
    return bool(_CHAIN.search(url)) or protocol in EXTRAS or protocol in fsspec.available_protocols()


def check_url(url: str) -> None:
    """See whether a URL can be used, before anything is reached.

    Raises:
        SecretInUrlError: a password or key stands in the URL.
        UsageError: the URL is wrong, or the library for it isn't installed.
    """
    try:
        parts = urlsplit(url)
        secret = parts.password is not None or any(_SECRET.search(name) for name, _ in parse_qsl(parts.query))
    except ValueError:
        raise UsageError("this is no URL", remedy="write it as s3://bucket/folder or sftp://user@server/folder") from None
    if secret:
        raise SecretInUrlError(
            "a password or key stands in the URL of the store, where process lists and shell histories show it",
            remedy=f"take it out, and use {STORE_PASSWORD_FILE} (SFTP, WebDAV), an SSH agent, the variables of AWS, or those "
            "that fsspec knows",
        )
    if _CHAIN.search(url):
        raise UsageError("a chain of places can't be a store: parts of it would be copied to disk", where="::")
    check_protocol(parts.scheme)


class RemotePlace:
    """A place that was reached.

    Args:
        url: where it is.
        environment: where a password may stand.

    Raises:
        StoreUnavailableError: it can't be, now or later.
    """

    def __init__(self, url: str, environment: Mapping[str, str]) -> None:
        with reaching():
            self._files, self.root = entered(url, environment)

    def fresh_list(self) -> list[Info]:
        """What stands at the first level now, not what was kept of an earlier look."""
        with reaching():
            self._files.invalidate_cache()
            return list(self._files.ls(self.root, detail=True))

    def forget_lists(self) -> None:
        """List anew from now on."""
        with reaching():
            self._files.invalidate_cache()

    def below(self, folder: str) -> list[Info] | None:
        """What stands in a folder; null if it is gone, or may not be listed."""
        with reaching():
            try:
                found = self._files.ls(folder, detail=True)
            except (FileNotFoundError, PermissionError):
                return None
        # Buckets show a folder in itself, as a file without bytes.
        return [info for info in found if name_of(info).strip("/") != folder.strip("/")]

    def info(self, name: str) -> Info | None:
        """What the place says of a file; null if it is gone, or nobody may ask."""
        with reaching():
            try:
                found: Info = self._files.info(name)
            except (FileNotFoundError, PermissionError):
                return None
        return found

    def opened(self, name: str) -> BinaryIO:
        """A file's bytes, fetched as they are read; nothing is put on disk."""
        try:
            return io.BufferedReader(_Quiet(self._files.open(name, "rb")), 1 << 18)
        except Exception:  # noqa: BLE001 - whatever the backend raises
            raise FileProblemError(UNREADABLE) from None

    def below_root(self, name: str) -> str | None:
        """A name from the root on; null if it leads out of it."""
        whole, root = name.strip("/"), self.root.strip("/")
        inner = whole if not root else whole[len(root) + 1 :]
        if (root and not whole.startswith(f"{root}/")) or not {"", ".", ".."}.isdisjoint(inner.split("/")):
            return None
        return inner.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def name_of(info: Info) -> str:
    """The name by which the place knows it."""
    return str(info["name"])


@contextmanager
def reaching() -> Iterator[None]:
    """Say of whatever a backend raises that the place is unavailable, and nothing else."""
    try:
        yield
    except UsageError:
        raise
    except Exception:  # noqa: BLE001 - whatever the backend raises
        raise StoreUnavailableError(
            "the place of documents can't be reached, or died in the middle",
            where="document_tree",
            remedy="see that it exists, that the network is there, that the account may list and read it, and, for SFTP, that "
            "the server's key stands in ~/.ssh/known_hosts (ssh-keyscan SERVER)",
        ) from None


class _Quiet(io.RawIOBase):
    """A stream whose errors say nothing."""

    def __init__(self, given: BinaryIO) -> None:
        self._given = given

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer)
        try:
            data = self._given.read(len(view))
        except Exception:  # noqa: BLE001 - whatever the backend raises
            raise OSError from None
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._given.close()
        super().close()
