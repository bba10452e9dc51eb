"""The demo: the sample store through all five DAGs, in one process, to signed reports."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd

from discretio import settings as names
from discretio import wiring
from discretio.airflow_ui import home as airflow_home
from discretio.airflow_ui.demo_people import approve_as_both, enrol_people
from discretio.airflow_ui.runner import load_dags, run_dag
from discretio.errors import UsageError
from discretio.reporting.keys import make_demo_key
from discretio.resources import folder
from discretio.steps.registering import register
from discretio.steps.workplace import Workplace
from discretio.stores.loading import load_rows
from discretio.stores.reference import create_store
from discretio.stores.samples.multiplying import demo_rows
from discretio.stores.samples.registers import with_registers

STORE = "demo"
AS_OF = date(2026, 11, 21)
PERIOD = "2026-Q4"
DOSSIERS = 1_000
_MARK = ".discretio-demo"
_NOT_ADOPTED = "BE-BILL-56-0485:\n  adopted_by: null\n  adopted_at: null\n"
_ADOPTED = "BE-BILL-56-0485:\n  adopted_by: Board of the demonstration centre\n  adopted_at: 2024-10-10\n"


@dataclass(frozen=True, slots=True)
class Demo:
    """Where a demo's files are."""

    out: Path

    @property
    def home(self) -> Path:
        """Discretio's own home: ledger, key, policies, reports."""
        return self.out / "home"

    @property
    def store_url(self) -> str:
        """The sample store."""
        return f"sqlite:///{self.out / 'dossiers.db'}"


def prepare(out: Path) -> Demo:
    """Make an empty folder for a demo; an earlier demo in it is removed, anything else is left alone.

    Raises:
        UsageError: the folder holds something that is not a demo.
    """
    out = out.resolve()
    if out.exists() and any(out.iterdir()):
        if not (out / _MARK).exists():
            raise UsageError("the folder isn't empty and holds no earlier demo", remedy="name another folder with --out")
        shutil.rmtree(out)
    out.mkdir(parents=True, exist_ok=True)
    (out / _MARK).touch()
    demo = Demo(out)
    os.environ.update({names.HOME: str(demo.home), names.POLICIES: str(demo.home / "policies")})
    for name in (names.LEDGER_URL, names.LEDGER_KEY, names.LEDGER_KEY_FILE, names.SIGNING_KEY_FILE, names.POLICY_SET):
        os.environ.pop(name, None)
    airflow_home.prepare(out / "airflow")
    return demo


def build_store(demo: Demo, rows: Mapping[str, pd.DataFrame] | None = None) -> Workplace:
    """Adopt the policies, make the demo's keys, fill and register the sample store.

    Args:
        demo: where; its settings must stand in the environment.
        rows: the frames of a store that keeps no registers; by default the demo's 1,000 dossiers, with every register.
    """
    shutil.copytree(folder("policies"), demo.home / "policies")
    adoption = demo.home / "policies" / "adoption.yaml"
    adoption.write_text(adoption.read_text(encoding="utf-8").replace(_NOT_ADOPTED, _ADOPTED), encoding="utf-8")
    place = wiring.workplace()
    make_demo_key(place.settings.signing_key_file, place.now())
    store = create_store(demo.store_url, demo=True, registers=("all",) if rows is None else ())
    load_rows(store, _rows_with_registers() if rows is None else rows)
    register(place, STORE, demo.store_url)
    return place


def _rows_with_registers() -> Mapping[str, pd.DataFrame]:
    """The demo's dossiers, and every register that a rule asks for: protocols, logs, grounds of entries, ..."""
    return with_registers(demo_rows(DOSSIERS), pd.Timestamp(AS_OF))


def dag_steps(place: Workplace) -> Iterator[tuple[str, Callable[[], None]]]:
    """The five DAGs in their order, each with what runs it; two persons approve before the purge."""
    load_dags()
    subject = {"store": STORE, "as_of": AS_OF.isoformat()}
    for dag_id in ("scan_dossiers", "check_minimisation", "plan_retention"):
        yield dag_id, partial(run_dag, dag_id, subject)
    yield "two persons approve", partial(approve_as_both, place)
    yield "purge_approved", partial(run_dag, "purge_approved", {})
    yield "report_authorities", partial(run_dag, "report_authorities", {"period": PERIOD, "as_of": AS_OF.isoformat()})


__all__ = ["AS_OF", "PERIOD", "STORE", "Demo", "build_store", "dag_steps", "enrol_people", "prepare"]
