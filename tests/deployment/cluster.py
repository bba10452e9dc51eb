"""A deployment as it runs on several machines, on one: PostgreSQL, Redis, and Airflow's parts as processes of their own."""

from __future__ import annotations

import json
import os
import secrets
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from dags.components import AIRFLOW, environment, free_port
from required import absent

SERVER = "postgresql+psycopg://postgres@127.0.0.1:5432"
BROKER = "redis://127.0.0.1:6379/11"
PARTS = ("api-server", "scheduler", "dag-processor")
WORKERS = ("worker-one", "worker-two")
EVERYONE_ADMINISTRATOR = {"AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "True"}


class Cluster:
    """One deployment: a database with a schema each for Airflow, the ledger and the store; children by name."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder = folder
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self._commands: dict[str, tuple[str, ...]] = {}
        self._database = database
        self._engine = sa.create_engine(self.url("public"), isolation_level="AUTOCOMMIT")
        self.environment = environment(folder / "airflow") | self._settings()
        self.token = ""

    def url(self, schema: str) -> str:
        """Where a schema is."""
        return f"{SERVER}/{self._database}?options=-csearch_path%3D{schema}"

    def query(self, statement: str, **values: object) -> list[Any]:
        """The rows that a statement gives."""
        with self._engine.connect() as connection:
            result = connection.execute(sa.text(statement), values)
            return list(result) if result.returns_rows else []

    def start(self, name: str, *command: str) -> None:
        """Start a part of Airflow, in a session of its own; what it prints goes to the folder."""
        self._commands[name] = command
        with (self.folder / f"{name}.out").open("ab") as printed:
            self.children[name] = subprocess.Popen(
                [AIRFLOW, *(command or (name,))],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=printed,
                stderr=printed,
                start_new_session=True,
            )

    def revive(self) -> None:
        """Start again what has ended, as a supervisor does: the scheduler ends when its database goes away."""
        for name in [name for name, child in self.children.items() if child.poll() is not None]:
            self.start(name, *self._commands[name])

    def start_worker(self, name: str) -> None:
        """A worker with one slot."""
        self.start(name, "celery", "worker", "--concurrency", "1", "--celery-hostname", f"{name}@%h", "--skip-serve-logs")

    def kill(self, name: str) -> None:
        """What a power cut does to one of them, and to what it has started."""
        child = self.children.pop(name)
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait(20)

    def cut_connections(self) -> int:
        """Break every connection to the database but this one off, as a server does that is restarted."""
        cut = self.query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name AND pid <> pg_backend_pid()",
            name=self._database,
        )
        return len(cut)

    def answer(self, method: str, path: str, body: Mapping[str, object] | None = None) -> bytes:
        """What the server answers to who is logged in."""
        address = self.environment["AIRFLOW__API__BASE_URL"] + path
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {self.token}"} if self.token else {})
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(address, data, headers, method=method)  # noqa: S310 - our own server
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - our own server
            return bytes(answer.read())

    def ask(self, method: str, path: str, body: Mapping[str, object] | None = None) -> Any:  # noqa: ANN401 - JSON
        """What Airflow's API answers."""
        return json.loads(self.answer(method, path, body))

    def trigger(self, dag_id: str, conf: Mapping[str, object]) -> str:
        """Start a run of a DAG; its id."""
        run = self.ask("POST", f"/api/v2/dags/{dag_id}/dagRuns", {"logical_date": None, "conf": dict(conf)})
        return str(run["dag_run_id"])

    def state(self, run_id: str) -> str:
        """The state of a run."""
        return str(self.query("SELECT state FROM dag_run WHERE run_id = :run", run=run_id)[0].state)

    def ended(self, run_id: str, within: int = 900) -> str:
        """The state in which a run ended."""
        self.until(lambda: self.state(run_id) in ("success", "failed"), f"the end of {run_id}", within)
        return self.state(run_id)

    def until(self, told: Callable[[], bool], what: str, within: int = 600) -> None:
        """Wait until it is so, under a supervisor."""

        def is_so() -> bool:
            self.revive()
            return told()

        awaited(is_so, what, within)

    def migrate(self) -> None:
        """Bring Airflow's database to its version."""
        subprocess.run([AIRFLOW, "db", "migrate"], env=self.environment, check=True, capture_output=True)

    def begin(self, workers: Collection[str] = WORKERS) -> None:
        """Start Airflow's parts and the workers, and wait until the DAGs are known."""
        for name in PARTS:
            self.start(name)
        for name in workers:
            self.start_worker(name)
        awaited(self._answers, "Airflow's server")
        awaited(lambda: len(self.query("SELECT dag_id FROM dag")) >= 5, "the five DAGs")

    def enter(self) -> None:
        """Log in as whoever, where everybody is an administrator."""
        self.token = str(self.ask("GET", "/auth/token")["access_token"])

    def stop(self) -> None:
        """Kill what still runs."""
        for name in list(self.children):
            self.kill(name)
        self._engine.dispose()

    def _answers(self) -> bool:
        with suppress(urllib.error.URLError, OSError):
            return bool(self.ask("GET", "/api/v2/monitor/health"))
        return False

    def _settings(self) -> dict[str, str]:
        airflow = self.url("public").partition("?")[0]
        port = free_port()
        return {
            "AIRFLOW__API__BASE_URL": f"http://127.0.0.1:{port}",
            "AIRFLOW__API__PORT": port,
            "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "True",
            "AIRFLOW__CORE__DEFAULT_TASK_RETRY_DELAY": "1",
            "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
            "AIRFLOW__CORE__EXECUTOR": "CeleryExecutor",
            "AIRFLOW__CELERY__BROKER_URL": BROKER,
            "AIRFLOW__CELERY__RESULT_BACKEND": f"db+{airflow}",
            "AIRFLOW__CELERY_BROKER_TRANSPORT_OPTIONS__VISIBILITY_TIMEOUT": "86400",
            # A worker may be killed between taking a task and starting it: after so long, the scheduler queues it anew.
            "AIRFLOW__SCHEDULER__TASK_QUEUED_TIMEOUT": "200",
            "AIRFLOW__SCHEDULER__TASK_QUEUED_TIMEOUT_CHECK_INTERVAL": "20",
            "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": airflow,
            "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_ASYNC": airflow,
            "AIRFLOW__OPERATORS__DEFAULT_QUEUE": self._database,
            "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "10",
            "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT_DETECTION_INTERVAL": "2",
            "AIRFLOW__SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL": "5",
            "AIRFLOW__WORKERS__MIN_HEARTBEAT_INTERVAL": "2",
            "DISCRETIO_HOME": str(self.folder / "home"),
            "DISCRETIO_LEDGER_URL": self.url("ledger"),
        }


def awaited(told: Callable[[], bool], what: str, seconds: int = 240) -> None:
    """Wait until it is so."""
    for _ in range(seconds * 5):
        if told():
            return
        time.sleep(0.2)
    raise TimeoutError(what)


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """A deployment whose databases are there and whose parts are not started yet; all of it is gone afterwards."""
    _require_broker()
    name = f"discretio_{secrets.token_hex(6)}"
    engine = sa.create_engine(f"{SERVER}/postgres", isolation_level="AUTOCOMMIT")
    with _server(engine) as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    made = Cluster(folder, name)
    try:
        for schema in ("ledger", "store"):
            made.query(f"CREATE SCHEMA {schema}")
        yield made
    finally:
        made.stop()
        with engine.connect() as connection:
            connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))
        engine.dispose()


def _server(engine: sa.Engine) -> sa.Connection:
    try:
        return engine.connect()
    except sa.exc.OperationalError:
        absent("no postgresql server answers on 127.0.0.1")


def _require_broker() -> None:
    import redis  # noqa: PLC0415 - an optional library, needed here only

    try:
        redis.Redis.from_url(BROKER).ping()
    except redis.ConnectionError:
        absent("no redis server answers on 127.0.0.1")
