"""One machine, one deployment: Airflow's server, scheduler and DAG processor as children of this process, on 127.0.0.1."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from discretio.airflow_ui import home as airflow_home
from discretio.airflow_ui.one_database import settle_in
from discretio.errors import ServingError, UsageError
from discretio.settings import APPROVALS_URL

# The part that serves pages; it alone may know the account that writes approvals.
_PAGES = "api-server"
COMPONENTS = (_PAGES, "scheduler", "dag-processor")
_HEALTHY_WITHIN = 120
_STOPPED_WITHIN = 15
_AUTH_MANAGER = "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager"


def environment(home: Path, port: int) -> dict[str, str]:
    """What Airflow's processes need beside their home: the login, the port, one secret between them.

    Args:
        home: Airflow's home; the secret is kept there, readable by its owner alone.
        port: of the server, on 127.0.0.1.
    """
    address = f"http://127.0.0.1:{port}"
    return {
        "AIRFLOW__CORE__AUTH_MANAGER": _AUTH_MANAGER,
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{address}/execution/",
        "AIRFLOW__CORE__PARALLELISM": "4",
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__BASE_URL": address,
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__API_AUTH__JWT_SECRET": _secret(home / "jwt.secret"),
        "AIRFLOW__LOGGING__WORKER_LOG_SERVER_HOST": "127.0.0.1",
    }


@contextmanager
def serving(home: Path, port: int, components: Sequence[str] = COMPONENTS) -> Iterator[str]:
    """Run Airflow until the block ends.

    Args:
        home: Airflow's home, migrated (`prepare`).
        port: of the server, on 127.0.0.1.
        components: its parts; the server alone serves pages and starts no run.

    Yields:
        The address, once the server answers and its scheduler works.

    Raises:
        ServingError: a part of Airflow ended, or nothing answers.
    """
    address = f"http://127.0.0.1:{port}"
    children: list[subprocess.Popen[bytes]] = []
    try:
        children += [_started(component, home) for component in components]
        _await(address, children)
        yield address
    finally:
        _stop(children)


def prepare(home: Path, port: int, database: str | None = None) -> None:
    """Set the environment of this process and its children, and migrate the metadata database and FAB's tables.

    Args:
        home: Airflow's home.
        port: of the server, on 127.0.0.1.
        database: a PostgreSQL URL for Airflow and the ledger, a schema each; None for SQLite in their homes.

    Raises:
        UsageError: what it serves with isn't installed.
        ServingError: the database can't be migrated.
    """
    try:
        version("apache-airflow-providers-fab")
    except PackageNotFoundError:
        raise UsageError(
            "Airflow's login (its FAB provider) isn't installed", remedy="pip install 'discretio[serve]' in this environment"
        ) from None
    settled = settle_in(database) if database else {}
    airflow_home.prepare(home)
    os.environ.update(environment(home, port) | settled)
    migrated = subprocess.run([sys.executable, "-m", "airflow", "db", "migrate"], capture_output=True, check=False)
    if migrated.returncode:
        raise ServingError("Airflow's database can't be migrated", remedy="run airflow db migrate in this home to see why")


def _started(component: str, home: Path) -> subprocess.Popen[bytes]:
    # A session each: a signal to this process must not reach them before we send it.
    command = [sys.executable, "-m", "airflow", component]
    environment = {name: value for name, value in os.environ.items() if name != APPROVALS_URL or component == _PAGES}
    with (home / f"{component}.log").open("ab") as log:
        return subprocess.Popen(  # noqa: S603 - our own interpreter and fixed words
            command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )


def _await(address: str, children: Sequence[subprocess.Popen[bytes]]) -> None:
    for _ in range(_HEALTHY_WITHIN * 2):
        if any(child.poll() is not None for child in children):
            break
        # The health page names the database beside the parts that were started, but not the server that answers.
        if _healthy(address, len(children)):
            return
        time.sleep(0.5)
    raise ServingError("Airflow didn't come up", remedy="see the logs of its parts in its home; is the port free?")


def _healthy(address: str, parts: int) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/api/v2/monitor/health", timeout=2) as answer:  # noqa: S310 - our own address
            told = bytes(answer.read())
    except (urllib.error.URLError, OSError):
        return False
    return told.count(b'"healthy"') >= parts


def _stop(children: Sequence[subprocess.Popen[bytes]]) -> None:
    for child in children:
        _signal(child, signal.SIGTERM)
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            child.wait(_STOPPED_WITHIN)
        # What a part leaves behind goes with it.
        _signal(child, signal.SIGKILL)
        child.wait()


def _signal(child: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(child.pid, number)


def _secret(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text()
