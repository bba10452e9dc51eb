"""Files under any URL that fsspec can list: a bucket, an SFTP or WebDAV server."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import BinaryIO

from discretio.stores.file_places import LINK, NO_FILE, OUTSIDE, TreeFile
from discretio.stores.local_files import ERASING
from discretio.stores.remote_place import Info, RemotePlace, check_url, name_of
from discretio.stores.text_files import UNREADABLE

_VERSIONS = frozenset({
    "etag", "e_tag", "md5", "md5hash", "content_md5", "checksum", "crc32c", "generation", "version_id", "versionid",
    "lastmodified", "last_modified", "modified", "mtime", "updated",
})  # fmt: skip
"""What places say of a file's version, in small letters."""

_UNREADABLE_TYPE = "unreadable"
_ELSEWHERE = ".."
"""The key of what a place lists that doesn't lie in it."""


class RemoteFiles:
    """A place of files, given by its URL. Passwords and keys come from the environment, never from the URL.

    What has changed is told by what the place says of each file's version and size; where it says nothing, by the bytes.

    Args:
        url: where it is.
        environment: where a password may stand; the process's own by default.

    Raises:
        SecretInUrlError: a password or key stands in the URL.
        UsageError: the URL is wrong, or the library for it isn't installed.
    """

    def __init__(self, url: str, environment: Mapping[str, str] | None = None) -> None:
        check_url(url)
        self._url = url.rstrip("/")
        self._environment = os.environ if environment is None else environment

    @property
    def locator(self) -> str:
        """The URL."""
        return self._url

    @cached_property
    def _place(self) -> RemotePlace:
        return RemotePlace(self._url, self._environment)

    def dossiers(self) -> list[tuple[str, str]]:
        """Key and place of all that stands at the first level; the place of a folder ends with a slash."""
        found = ((self._place.below_root(name_of(info)), info) for info in self._place.fresh_list())
        return sorted(
            (key or _ELSEWHERE, name_of(info).rstrip("/") + "/" * _is_folder(info)) for key, info in found if key != ERASING
        )

    def files(self, dossier_key: str, place: str) -> Iterator[TreeFile]:
        """All files at or below a place; a folder that may not be listed is said to be unreadable."""
        if dossier_key == _ELSEWHERE or not place.endswith("/"):
            info = None if dossier_key == _ELSEWHERE else self._place.info(place)
            yield self._file(dossier_key, info or {"name": place, "type": _UNREADABLE_TYPE})
            return
        pending: list[Info] = [{"name": place.rstrip("/"), "type": "directory"}]
        while pending:
            info = pending.pop()
            leads_out = self._place.below_root(name_of(info)) is None
            below = self._place.below(name_of(info).rstrip("/")) if _is_folder(info) and not leads_out else None
            if below is None:
                yield self._file(dossier_key, info)
            else:
                pending += sorted(below, key=name_of, reverse=True)

    def opened(self, file: TreeFile) -> BinaryIO:
        """The file's bytes."""
        return self._place.opened(file.place)

    def found(self, path: str) -> TreeFile:
        """The file at a path below the root; wherever else it leads is not read."""
        below = path.replace("\\", "/").strip().lstrip("/")
        name = f"{self._place.root}/{below}"
        leads_out = self._place.below_root(name) is None
        info = None if leads_out else self._place.info(name)
        return self._file("", info or {"name": name, "type": _UNREADABLE_TYPE})

    def _file(self, dossier_key: str, info: Info) -> TreeFile:
        key, size = self._place.below_root(name_of(info)), info.get("size")
        problem = OUTSIDE if key is None else _problem(info)
        said = sorted((name.lower(), str(value)) for name, value in info.items() if name.lower() in _VERSIONS and value)
        mark = repr([*said, size]) if said else None
        size = size if isinstance(size, int) else None
        return TreeFile(dossier_key, key or f"{dossier_key}/{_ELSEWHERE}", name_of(info), problem, size, mark)


def _is_folder(info: Info) -> bool:
    return str(info.get("type")) == "directory"


def _problem(info: Info) -> str | None:
    """Why this can't be read: a folder comes here only if it could not be listed."""
    known = {"file": None, "link": LINK, "directory": UNREADABLE, _UNREADABLE_TYPE: UNREADABLE}
    return known.get(str(info.get("type")), NO_FILE)
