"""Folders of an SFTP server: one whose key is known, and of which no link is followed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import paramiko
from fsspec.implementations.sftp import SFTPFileSystem

from discretio.stores.store_password import store_password

KNOWN_HOSTS = "DISCRETIO_KNOWN_HOSTS"
"""Names a file of the keys of servers; ~/.ssh/known_hosts by default."""

_SECONDS = 60
"""How long a server may be silent."""


def enter(url: str, environment: Mapping[str, str]) -> tuple[SFTPFileSystem, str]:
    """Connect with a password of the environment, a key of ~/.ssh or an agent."""
    parts, password = urlsplit(url), store_password(environment)
    known = Path(environment.get(KNOWN_HOSTS) or "~/.ssh/known_hosts").expanduser()
    options: dict[str, Any] = {"port": parts.port or 22} | ({"username": parts.username} if parts.username else {})
    # A server that asks for a password is given no key to guess who we are by.
    options |= {} if password is None else {"password": password, "look_for_keys": False, "allow_agent": False}
    times = {"timeout": _SECONDS, "banner_timeout": _SECONDS, "auth_timeout": _SECONDS}
    options |= {"host_key_policy": _Known(known), "skip_instance_cache": True}
    files = _Folders(path_in(url), parts.hostname or "", **times, **options)
    files.ftp.get_channel().settimeout(_SECONDS)
    return files, path_in(url)


def path_in(url: str) -> str:
    """The path on the server; where none is named, that of the account's own folder."""
    return urlsplit(url).path or "."


class _Known(paramiko.MissingHostKeyPolicy):  # type: ignore[misc]  # - paramiko ships no types
    """Refuses a server whose key nobody wrote down: it would be given the password, and could be any."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def missing_host_key(self, client: paramiko.SSHClient, hostname: str, key: paramiko.PKey) -> None:  # noqa: ARG002 - as paramiko calls it
        if not paramiko.HostKeys(str(self._file)).check(hostname, key):
            raise paramiko.SSHException


class _Folders(SFTPFileSystem):  # type: ignore[misc]  # - fsspec ships no types
    """fsspec's, which says what a link is in a list, but follows it where one file is asked for."""

    def __init__(self, root: str, host: str, **options: object) -> None:
        super().__init__(host, **options)
        self._asked = root

    def info(self, path: str) -> dict[str, Any]:
        said: dict[str, Any] = super().info(path)
        root = self._asked.rstrip("/")
        real = self.ftp.normalize(path) == self.ftp.normalize(root or "/").rstrip("/") + path.removeprefix(root)
        return said if real else said | {"type": "link"}
