"""Airflow's own components, started and stopped for a test: a real scheduler, its workers, their logs."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from unittest.mock import patch

from discretio.airflow_ui import home as airflow_home

COMPONENTS = ("api-server", "scheduler", "dag-processor")
AIRFLOW = str(Path(sys.executable).with_name("airflow"))


def free_port() -> str:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def environment(folder: Path) -> dict[str, str]:
    """What the components of one Airflow home share."""
    with patch.dict(os.environ):
        airflow_home.prepare(folder)
        shared = dict(os.environ)
    port = free_port()
    return shared | {
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": port,
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__API_AUTH__JWT_SECRET": os.urandom(32).hex(),
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
        "AIRFLOW__CORE__PARALLELISM": "2",
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "AIRFLOW__LOGGING__LOGGING_LEVEL": "INFO",
        "AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT": free_port(),
        "AIRFLOW__SCHEDULER__SCHEDULER_HEARTBEAT_SEC": "1",
    }


@contextmanager
def running(folder: Path, shared: Mapping[str, str]) -> Iterator[None]:
    """The components of an Airflow home, each in a session of its own; what they print goes to its folder."""
    subprocess.run([AIRFLOW, "db", "migrate"], env=dict(shared), check=True, capture_output=True)
    with ExitStack() as stack:
        for name in COMPONENTS:
            printed = stack.enter_context((folder / f"{name}.out").open("wb"))
            command = subprocess.Popen(
                [AIRFLOW, name],
                env=dict(shared),
                stdout=printed,
                stderr=printed,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
            stack.callback(_stop, command)
        yield


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(10)
    # Whoever of its session did not go by himself.
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(10)


def trigger(shared: Mapping[str, str], dag_id: str, conf: str) -> None:
    """Start a run, as soon as the DAG is known."""
    command = [AIRFLOW, "dags", "trigger", dag_id, "--conf", conf]
    for _ in range(60):
        if subprocess.run(command, env=dict(shared), capture_output=True, check=False).returncode == 0:
            return
        time.sleep(1)
    raise TimeoutError(f"{dag_id} is not known")


def ended(folder: Path, dag_id: str, run_type: str) -> list[str]:
    """The states of a DAG's runs of a type, once there are some and all of them ended."""
    query = "SELECT state FROM dag_run WHERE dag_id = ? AND run_type = ?"
    for _ in range(600):
        with sqlite3.connect(f"file:{folder / 'airflow.db'}?mode=ro", uri=True) as database:
            states = [str(state) for (state,) in database.execute(query, (dag_id, run_type))]
        if states and set(states) <= {"success", "failed"}:
            return states
        time.sleep(0.5)
    raise TimeoutError(f"no run of {dag_id} ended")
