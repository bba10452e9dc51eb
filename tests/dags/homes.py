"""Airflow once in this process, and a home of Discretio for each test: an Airflow database is costly, a home isn't."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pandas as pd

from discretio import settings, wiring
from discretio.airflow_ui import home as airflow_home
from discretio.ledger.stores import register_store, store_named
from discretio.stores.samples.multiplying import demo_rows

STORE = "demo"
AS_OF = "2026-11-21"


@cache
def airflow_folder() -> Path:
    """The Airflow home of this process, in the environment. Before the first import of airflow."""
    folder = Path(tempfile.mkdtemp(prefix="discretio-airflow-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    airflow_home.prepare(folder)
    return folder


@cache
def dag_bag() -> Any:
    """The DAGs, with the metadata database migrated."""
    folder = airflow_folder()
    from airflow import settings as airflow_settings

    if airflow_settings.engine is None or str(folder) not in str(airflow_settings.engine.url):
        # Another test imported airflow before us.
        airflow_home.prepare(folder)
        airflow_settings.dispose_orm()
        for renew in (airflow_settings.configure_vars, airflow_settings.configure_orm):
            renew()  # type: ignore[no-untyped-call] # Airflow's own
    airflow_home.migrate()
    from discretio.airflow_ui.runner import load_dags

    return load_dags()


@contextmanager
def at_home(home: Path) -> Iterator[None]:
    """Discretio's settings and collaborators those of this home, while it lasts."""
    chosen = {settings.HOME: str(home), settings.POLICIES: str(home / "policies")}
    others = [name for name in vars(settings).values() if isinstance(name, str) and name.startswith("DISCRETIO_")]
    with patch.dict(os.environ, chosen):
        for name in set(others) - set(chosen):
            os.environ.pop(name, None)
        wiring._place.cache_clear()
        yield
    wiring._place.cache_clear()


@cache
def small_rows() -> dict[str, pd.DataFrame]:
    """A demo store of sixty dossiers; some of them are overdue."""
    return demo_rows(60)


def build(out: Path, rows: Mapping[str, pd.DataFrame]) -> None:
    """Fill a demo in this folder, two approvers enrolled. Call it at home."""
    airflow_folder()
    from discretio.airflow_ui.demo import Demo, build_store, enrol_people

    out.mkdir(parents=True, exist_ok=True)
    enrol_people(build_store(Demo(out), rows), STORE)


def copy(template: Path, out: Path) -> None:
    """A demo of one's own, from one that is built: the ledger of the copy is told where its store is. Call it at home."""
    shutil.copytree(template, out, dirs_exist_ok=True)
    ledger = wiring.workplace().ledger
    known = store_named(ledger, STORE)
    register_store(ledger, STORE, known.kind, f"sqlite:///{out / 'dossiers.db'}", known.demo)


def run(dag_id: str, conf: Mapping[str, object] | None = None, amend: Callable[[Any, Any], None] | None = None) -> Any:
    """Run a DAG to its end and return the run.

    Args:
        dag_id: which.
        conf: its parameters.
        amend: changes the run before its tasks begin, given the run and the session: another type, moment, events.
    """
    dag_bag()
    from discretio.airflow_ui.runner import finished_run

    with amending(amend):
        return finished_run(dag_id, conf or {})


@contextmanager
def amending(amend: Callable[[Any, Any], None] | None) -> Iterator[None]:
    """Whatever run is made meanwhile is changed before its tasks begin, given the run and the session."""
    from airflow.models import dagrun

    create = dagrun.get_or_create_dagrun

    def amended(**arguments: Any) -> Any:
        made = create(**arguments)
        if amend:
            amend(made, arguments["session"])
            arguments["session"].commit()
        return made

    with patch.object(dagrun, "get_or_create_dagrun", amended):
        yield


def states(finished: Any) -> dict[str, set[str]]:
    """The states of a run's tasks, by task."""
    found: dict[str, set[str]] = {}
    for instance in finished.get_task_instances():
        found.setdefault(instance.task_id, set()).add(str(instance.state))
    return found
