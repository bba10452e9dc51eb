"""A real authority of time (RFC 3161) on this machine: openssl's, behind a small HTTP server."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

_CONFIGURATION = """
[tsa]
dir = {folder}
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
certs = {folder}/root.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
ess_cert_id_alg = sha256
"""
_EXTENSIONS = "keyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\nauthorityKeyIdentifier=keyid\n"


class TimeServer(ThreadingHTTPServer):
    """Its folder holds root.pem; `refusing` makes it answer nothing of use."""

    folder: Path
    refusing = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/"

    @property
    def root(self) -> bytes:
        return (self.folder / "root.pem").read_bytes()


class _Answer(BaseHTTPRequestHandler):
    server: TimeServer

    def do_POST(self) -> None:
        folder = self.server.folder
        asked = self.rfile.read(int(self.headers["Content-Length"]))
        (folder / "ask.tsq").write_bytes(asked)
        reply = ["openssl", "ts", "-reply", "-config", "tsa.cnf", "-section", "tsa", "-queryfile", "ask.tsq"]
        answer = b"no" if self.server.refusing else subprocess.run(reply, cwd=folder, capture_output=True, check=True).stdout
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """Nothing: a test's output is its own."""


def _made(folder: Path) -> None:
    """A root and an authority of time under it."""
    (folder / "tsa.cnf").write_text(_CONFIGURATION.format(folder=folder))
    (folder / "serial").write_text("01\n")
    (folder / "tsa.ext").write_text(_EXTENSIONS)
    root = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "7300", "-subj", "/CN=Test time root"]
    asked = [
        "req",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=Test time authority",
        "-keyout",
        "tsa.key",
        "-out",
        "tsa.csr",
    ]
    given = ["x509", "-req", "-in", "tsa.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-days", "7300"]
    for words in (
        [*root, "-keyout", "root.key", "-out", "root.pem"],
        [*asked, "-keyout", "tsa.key", "-out", "tsa.csr"],
        [*given, "-extfile", "tsa.ext", "-out", "tsa.pem"],
    ):
        subprocess.run(["openssl", *words], cwd=folder, capture_output=True, check=True)


@contextmanager
def time_server(folder: Path) -> Iterator[TimeServer]:
    """A server that stamps by this machine's clock."""
    _made(folder)
    with TimeServer(("127.0.0.1", 0), _Answer) as server:
        server.folder = folder
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
