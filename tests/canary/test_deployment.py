"""Promise 1, over a deployment: its scheduler, its workers, its server with real logins, and everything that can go wrong.

What is planted in a store, and the password to another, is looked for in all that a deployment leaves: Airflow's database and
the ledger's, logs and what its parts print, pages and answers, metrics, messages in the broker, temporary files.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import urllib.error
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from canary.searching import Searcher
from deployment.cluster import BROKER, Cluster, cluster
from discretio.airflow_ui import demo
from discretio.airflow_ui.demo_people import approve_as_both, enrol_people
from discretio.ledger.plans import latest_plans
from discretio.ledger.stores import register_store
from discretio.stores.samples.canaries import plant
from discretio.stores.samples.multiplying import demo_rows

pytestmark = pytest.mark.services

PASSWORD = "Zqxkanariepassword901"
LOGIN = "Zqxkanarielogin902"
FAB = "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager"
SUBJECT = {"store": demo.STORE, "as_of": demo.AS_OF.isoformat()}
STARTED_BY = {
    "administrator": ("plan_retention", "purge_approved"),
    "dpo": ("scan_dossiers", "check_minimisation", "report_authorities"),
}
USERS = """
import sys
from pathlib import Path
from discretio.airflow_ui.demo_users import add_users
from discretio.airflow_ui.role_sync import sync_roles
from discretio.airflow_ui.roles import roles
wanted = roles(["apd"])
sync_roles(wanted)
add_users(wanted, Path(sys.argv[1]))
"""


@dataclass(frozen=True)
class ServedDemo(demo.Demo):
    """A demo whose store lies on a server."""

    url: str

    @property
    def store_url(self) -> str:
        return self.url


@dataclass(frozen=True)
class Ran:
    """A deployment after all that happened to it: where its remains are, and what was planted."""

    folder: Path
    states: Mapping[str, str]
    canaries: tuple[str, ...]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ran]:
    folder = tmp_path_factory.mktemp("deployed")
    (folder / "tmp").mkdir()
    (folder / "remains").mkdir()
    with cluster(folder) as airflow, metrics(folder / "remains" / "metrics") as port:
        airflow.environment |= settings(folder, port)
        rows, canaries = plant(demo_rows(60))
        place = prepared(airflow, rows)
        airflow.migrate()
        airflow.begin()
        passwords = users(airflow)
        states = lived_through(airflow, place, passwords)
        looked_at(airflow, passwords)
        kept(airflow)
        yield Ran(folder, states, (*canaries, PASSWORD, LOGIN))


def settings(folder: Path, port: int) -> dict[str, str]:
    plugins = folder / "airflow" / "plugins"
    plugins.mkdir(parents=True, exist_ok=True)
    (plugins / "page.py").write_text("from discretio.airflow_ui.plugin import DiscretioPlugin\n", encoding="utf-8")
    return {
        "AIRFLOW__CORE__AUTH_MANAGER": FAB,
        "AIRFLOW__LOGGING__LOGGING_LEVEL": "DEBUG",
        "AIRFLOW__METRICS__OTEL_ON": "True",
        "AIRFLOW__METRICS__OTEL_HOST": "127.0.0.1",
        "AIRFLOW__METRICS__OTEL_PORT": str(port),
        "AIRFLOW__METRICS__OTEL_INTERVAL_MILLISECONDS": "2000",
        "COLUMNS": "1000",
        "DISCRETIO_PARTITION_BYTES": "100000",
        "DISCRETIO_POLICIES": str(folder / "home" / "policies"),
        "DISCRETIO_STORE_PASSWORD": PASSWORD,
        "TMPDIR": str(folder / "tmp"),
    }


def prepared(airflow: Cluster, rows: Mapping[str, Any]) -> Any:
    """The planted store, people who may approve, and two stores that can't be read."""
    with patch.dict(os.environ, {name: value for name, value in airflow.environment.items() if name.startswith("DISCRETIO")}):
        place = demo.build_store(ServedDemo(airflow.folder, airflow.url("store")), rows)
        enrol_people(place, demo.STORE)
    register_store(place.ledger, "locked", "reference_store", f"mysql+pymysql://{LOGIN}@127.0.0.1:3306/test")
    register_store(place.ledger, "gone", "reference_store", f"sqlite:////nowhere/{LOGIN}/dossiers.db")
    return place


def users(airflow: Cluster) -> dict[str, str]:
    """Roles and a login of each, as an operator makes them."""
    file = airflow.folder / "airflow" / "users.txt"
    subprocess.run([sys.executable, "-c", USERS, str(file)], env=airflow.environment, check=True, capture_output=True)
    return dict(line.split() for line in file.read_text(encoding="utf-8").splitlines())


def entered(airflow: Cluster, login: str, passwords: Mapping[str, str]) -> None:
    airflow.token = ""
    airflow.token = airflow.ask("POST", "/auth/token", {"username": login, "password": passwords[login]})["access_token"]


def lived_through(airflow: Cluster, place: Any, passwords: Mapping[str, str]) -> dict[str, str]:
    """Every DAG, and what can go wrong with it; how each run ended."""
    states = {}
    # A chain of assets forgets those of its DAGs that are paused.
    for login, dags in STARTED_BY.items():
        entered(airflow, login, passwords)
        for dag in dags:
            airflow.ask("PATCH", f"/api/v2/dags/{dag}", {"is_paused": False})
    # What a person types where it doesn't belong is refused, and Airflow's audit log keeps no value of it.
    with pytest.raises(urllib.error.HTTPError, match="400"):
        airflow.trigger("scan_dossiers", {"store": f"No {LOGIN}"})
    broken = [airflow.trigger("scan_dossiers", SUBJECT | {"store": name}) for name in ("locked", "gone")]
    scan = airflow.trigger("scan_dossiers", SUBJECT)
    running = "SELECT 1 FROM task_instance WHERE run_id = :run AND task_id = 'scan' AND state = 'running'"
    states["locked"], states["gone"] = (airflow.ended(run) for run in broken)
    airflow.until(lambda: bool(airflow.query(running, run=scan)), "a scan")
    airflow.kill("worker-one")
    airflow.cut_connections()
    airflow.start_worker("worker-one")
    states["scan"] = airflow.ended(scan)
    states["check"] = airflow.ended(triggered(airflow, "check_minimisation"))
    entered(airflow, "administrator", passwords)
    states["plan"] = airflow.ended(triggered(airflow, "plan_retention"))
    plan = {"plan": latest_plans(place.ledger)[0].plan_id}
    states["purge without approval"] = airflow.ended(airflow.trigger("purge_approved", plan))
    approve_as_both(place)
    states["purge"] = airflow.ended(airflow.trigger("purge_approved", plan))
    entered(airflow, "dpo", passwords)
    period = {"period": demo.PERIOD, "as_of": demo.AS_OF.isoformat()}
    # Controllers of a store that is away might be left out of a report: there is none while two are.
    states["report"] = airflow.ended(airflow.trigger("report_authorities", period))
    return states


def triggered(airflow: Cluster, dag: str) -> str:
    """The run that an asset triggered."""
    query = "SELECT run_id FROM dag_run WHERE dag_id = :dag AND run_type = 'asset_triggered'"
    airflow.until(lambda: bool(airflow.query(query, dag=dag)), f"a run of {dag}")
    return str(airflow.query(query, dag=dag)[0].run_id)


def looked_at(airflow: Cluster, passwords: Mapping[str, str]) -> None:
    """What each person is shown, kept to be searched."""
    paths = ["/compliance/", "/compliance/findings", "/compliance/deletions", "/compliance/reports", "/compliance/policies"]
    paths += [f"/api/v2/dags/~/dagRuns/~/{what}" for what in ("taskInstances?limit=1000", "hitlDetails")]
    paths += ["/api/v2/dags/~/dagRuns?limit=1000", "/api/v2/importErrors", "/api/v2/eventLogs?limit=1000", "/api/v2/dags"]
    for login in passwords:
        entered(airflow, login, passwords)
        for number, path in enumerate(paths):
            with suppress(urllib.error.HTTPError):
                (airflow.folder / "remains" / f"page-{login}-{number}").write_bytes(airflow.answer("GET", path))


def kept(airflow: Cluster) -> None:
    """Every row of Airflow's and of the ledger's tables, and what the broker still holds, as files."""
    named = "SELECT table_schema, table_name FROM information_schema.tables WHERE table_schema IN ('public', 'ledger')"
    for schema, table in airflow.query(named):
        rows = airflow.query(f'SELECT CAST(t AS text) FROM "{schema}"."{table}" AS t')  # noqa: S608 - the catalogue's own names
        (airflow.folder / "remains" / f"{schema}.{table}").write_text("\n".join(row[0] for row in rows), encoding="utf-8")
    import redis

    broker = redis.Redis.from_url(BROKER)
    dumped = b"\n".join(bytes(key) + (broker.dump(key) or b"") for key in broker.scan_iter())
    (airflow.folder / "remains" / "broker").write_bytes(dumped)


@contextmanager
def metrics(file: Path) -> Iterator[int]:
    """A collector of metrics, which keeps what it is sent."""

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            with file.open("ab") as kept_in:
                kept_in.write(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Collector)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def test_all_of_it_happened(ran: Ran) -> None:
    assert ran.states == {
        "locked": "failed", "gone": "failed", "scan": "success", "check": "success", "plan": "success",
        "purge without approval": "failed", "purge": "success", "report": "failed",
    }  # fmt: skip
    remains = ran.folder / "remains"
    assert b"airflow" in (remains / "metrics").read_bytes()
    assert (remains / "public.xcom").stat().st_size > 0
    assert (remains / "public.rendered_task_instance_fields").stat().st_size > 0
    assert (remains / "ledger.findings").stat().st_size > 0
    assert (remains / "page-dpo-0").stat().st_size > 0
    assert list(ran.folder.glob("home/data_docs/**/*.html"))


def test_nothing_of_it_is_anywhere(ran: Ran) -> None:
    assert Searcher(ran.canaries).leaks(ran.folder) == {}
