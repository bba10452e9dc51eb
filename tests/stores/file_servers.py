"""Servers of files, each in threads of this process: a bucket (moto), SFTP (paramiko's server side) and WebDAV (WsgiDAV)."""

from __future__ import annotations

import errno
import os
import socket
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from uuid import uuid4
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import paramiko
import s3fs
from moto.server import ThreadedMotoServer
from paramiko.common import AUTH_FAILED, AUTH_SUCCESSFUL, OPEN_SUCCEEDED
from wsgidav.wsgidav_app import WsgiDAVApp

USER, PASSWORD = "lezer", "Zqxgeheim"


class Bucket:
    """A bucket on a server that asks nobody for his keys, unless moto is told to; `made` is how it is made."""

    def __init__(self, _root: Path, **made: object) -> None:
        self._server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        self._server.start()
        host, port = self._server.get_host_and_port()
        self._bucket = f"dossiers-{uuid4().hex}"  # servers of one process share their memory
        self.url = f"s3://{self._bucket}/tree"
        self.environment = {
            "AWS_ENDPOINT_URL": f"http://{host}:{port}", "AWS_ACCESS_KEY_ID": USER, "AWS_SECRET_ACCESS_KEY": PASSWORD,
            "AWS_DEFAULT_REGION": "us-east-1", "AWS_MAX_ATTEMPTS": "1",
        }  # fmt: skip
        self._files = s3fs.S3FileSystem(
            key=USER, secret=PASSWORD, endpoint_url=self.environment["AWS_ENDPOINT_URL"], skip_instance_cache=True
        )
        self.asked("create_bucket", **made)

    def asked(self, method: str, **asked: object) -> dict[str, Any]:
        """A call of the S3 API by somebody who may do anything."""
        answer: dict[str, Any] = self._files.call_s3(method, Bucket=self._bucket, **asked)
        return answer

    def keep_versions(self, status: str = "Enabled") -> None:
        self.asked("put_bucket_versioning", VersioningConfiguration={"Status": status})

    def stored(self) -> list[tuple[str, str, bytes | None]]:
        """The key, the version and the bytes of all that is stored; no bytes of a delete marker."""
        found = self.asked("list_object_versions")
        held = [(row["Key"], row["VersionId"], self._bytes(row)) for row in found.get("Versions", ())]
        return sorted(held + [(row["Key"], row["VersionId"], None) for row in found.get("DeleteMarkers", ())])

    def write(self, name: str, content: bytes) -> None:
        self._files.pipe(f"{self._bucket}/tree/{name}", content)

    def _bytes(self, row: Mapping[str, Any]) -> bytes:
        where = f"{self._bucket}/{row['Key']}"
        return bytes(self._files.cat_file(where, version_id=row["VersionId"], start=0, end=row["Size"]))

    def stop(self) -> None:
        self._server.stop()


class Sftp:
    """A folder behind SFTP; links in it lead where they do on this machine."""

    def __init__(self, root: Path) -> None:
        self._root, self._open = root, [True]
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._key = paramiko.RSAKey.generate(2048)
        self._transports: list[paramiko.Transport] = []
        port = self._socket.getsockname()[1]
        self.url = f"sftp://{USER}@127.0.0.1:{port}/tree"
        known, password = root.parent / "known_hosts", root.parent / "password"
        known.write_text(f"[127.0.0.1]:{port} {self._key.get_name()} {self._key.get_base64()}\n", encoding="ascii")
        password.write_text(PASSWORD + "\n", encoding="ascii")
        self.environment = {"DISCRETIO_STORE_PASSWORD_FILE": str(password), "DISCRETIO_KNOWN_HOSTS": str(known)}
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._socket.accept()
            except OSError:
                return
            transport = paramiko.Transport(client)
            transport.add_server_key(self._key)
            transport.set_subsystem_handler("sftp", paramiko.SFTPServer, _Folder, self._root)
            self._transports.append(transport)
            transport.start_server(server=_Account(), event=threading.Event())

    def write(self, name: str, content: bytes) -> None:
        _write(self._root / "tree" / name, content)

    def stop(self) -> None:
        self._socket.close()
        for transport in self._transports:
            transport.close()


class _Account(paramiko.ServerInterface):
    def check_auth_password(self, username: str, password: str) -> int:
        return int(AUTH_SUCCESSFUL if (username, password) == (USER, PASSWORD) else AUTH_FAILED)

    def check_channel_request(self, kind: str, chanid: int) -> int:  # noqa: ARG002 - as paramiko calls it
        return int(OPEN_SUCCEEDED)


class _Folder(paramiko.SFTPServerInterface):
    def __init__(self, server: paramiko.ServerInterface, root: Path, *_: object) -> None:
        super().__init__(server)
        self._root = root

    def _at(self, path: str) -> Path:
        return self._root / path.lstrip("/")

    def canonicalize(self, path: str) -> str:
        real, root = self._at(path).resolve(), self._root.resolve()
        return "/" + str(real.relative_to(root)) if real.is_relative_to(root) else str(real)

    def list_folder(self, path: str) -> object:
        return _answered(lambda: [_attributes(found.lstat(), found.name) for found in self._at(path).iterdir()])

    def stat(self, path: str) -> object:
        return _answered(lambda: _attributes(self._at(path).stat()))

    def lstat(self, path: str) -> object:
        return _answered(lambda: _attributes(self._at(path).lstat()))

    def open(self, path: str, flags: int, attr: object) -> object:  # noqa: ARG002 - as paramiko calls it
        if flags & (os.O_WRONLY | os.O_RDWR):
            return paramiko.SFTP_PERMISSION_DENIED
        handle = paramiko.SFTPHandle(flags)
        opened = _answered(lambda: self._at(path).open("rb"))
        if isinstance(opened, int):
            return opened
        handle.readfile = opened
        return handle


def _attributes(stat: os.stat_result, name: str | None = None) -> paramiko.SFTPAttributes:
    return paramiko.SFTPAttributes.from_stat(stat, name)


def _answered(ask: Callable[[], object]) -> object:
    try:
        return ask()
    except OSError as met:
        return paramiko.SFTPServer.convert_errno(met.errno or errno.EIO)


class WebDav:
    """A folder behind WebDAV, with passwords."""

    def __init__(self, root: Path) -> None:
        self._root = root
        (root / "tree").mkdir()
        users = {USER: {"password": PASSWORD}}
        app = WsgiDAVApp({
            "provider_mapping": {"/": {"root": str(root), "readonly": True, "fs_dav_provider": {"follow_symlinks": False}}},
            "simple_dc": {"user_mapping": {"*": users}}, "http_authenticator": {"accept_digest": False}, "verbose": 0,
            "logging": {"enable": False},
        })  # fmt: skip
        self._server = make_server("127.0.0.1", 0, app, server_class=_Threads, handler_class=_Quiet)
        self.url = f"webdav://{USER}@127.0.0.1:{self._server.server_port}/tree"
        password = root.parent / "password"
        password.write_text(PASSWORD, encoding="ascii")
        self.environment = {"DISCRETIO_STORE_PASSWORD_FILE": str(password)}
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def write(self, name: str, content: bytes) -> None:
        _write(self._root / "tree" / name, content)

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


SERVERS: dict[str, Callable[[Path], Bucket | Sftp | WebDav]] = {"s3": Bucket, "sftp": Sftp, "webdav": WebDav}
