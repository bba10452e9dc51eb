"""A PostgreSQL server of a test's own, which may be stopped at once and started again; the shared one never is."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from required import absent

_ACCOUNT = "postgres"


@dataclass(frozen=True)
class OwnServer:
    """A cluster in a folder, and the port that it listens on."""

    programs: Path
    folder: Path
    port: int

    def database(self, name: str) -> str:
        """The URL of a new database."""
        engine = sa.create_engine(self._url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(sa.text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return self._url(name)

    def restart(self) -> None:
        """Stop it as a power failure would, whatever is under way, and start it again."""
        self.stop()
        self.start()

    def start(self) -> None:
        asked = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-l", str(self.folder / "log"), "-o", asked, "-w", "start")

    def stop(self) -> None:
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")

    def run(self, program: str, *arguments: str) -> None:
        # The server refuses to run as root.
        account = _ACCOUNT if os.geteuid() == 0 else None
        subprocess.run(
            [self.programs / program, *arguments],
            check=True,
            user=account,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            timeout=120,
        )

    def _url(self, name: str) -> str:
        return f"postgresql+psycopg://{_ACCOUNT}@127.0.0.1:{self.port}/{name}"


@contextmanager
def own_server() -> Iterator[OwnServer]:
    """A running server, gone afterwards; skipped where none is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        absent("no PostgreSQL server is installed on this machine")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="pg_"))  # short: a socket's path may have a hundred characters
    if os.geteuid() == 0:
        shutil.chown(folder, _ACCOUNT)
    server = OwnServer(found[-1].parent, folder, port)
    try:
        server.run("initdb", "-D", str(folder / "data"), "-U", _ACCOUNT, "-A", "trust", "-E", "UTF8", "--no-instructions")
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
