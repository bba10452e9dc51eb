"""What can happen to a planted store, in one process: the five DAGs, their failures, a purge that breaks off and resumes.

Called by the test with the folder to work in; prints the canaries' file, never a canary.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from discretio.airflow_ui import demo as demonstration
from discretio.airflow_ui import home as airflow_home
from discretio.airflow_ui.demo_people import approve_as_both, enrol_people
from discretio.checks.rule_expectation import RuleExpectation
from discretio.detection.detector import Detector
from discretio.ledger.runs import runs
from discretio.ledger.stores import store_named
from discretio.steps.processing_register import write_register
from discretio.steps.registering import register
from discretio.steps.workplace import Workplace
from discretio.stores.samples.canaries import plant
from discretio.stores.samples.multiplying import demo_rows
from documents.formats import CANARY, every_format

FOLDER = "Zqxkanariepath900"
DOCUMENTS = every_format()
"""Made before anything logs: the libraries that write photos log what they write."""
SUBJECT = {"store": demonstration.STORE, "as_of": demonstration.AS_OF.isoformat()}


class PlantedDemo(demonstration.Demo):
    """A demo whose store lies in a folder named after a person."""

    @property
    def file(self) -> Path:
        """The store's file."""
        return self.out / FOLDER / "dossiers.db"

    @property
    def store_url(self) -> str:
        """Where the store is."""
        return f"sqlite:///{self.file}"


def main(out: Path) -> None:
    """Plant, run, fail, run on."""
    made = PlantedDemo(demonstration.prepare(out).out)
    # More than a worker would log.
    os.environ["AIRFLOW__LOGGING__LOGGING_LEVEL"] = "DEBUG"
    made.file.parent.mkdir()
    rows, canaries = plant(demo_rows(40))
    (out.parent / "canaries.json").write_text(json.dumps([*canaries, FOLDER, CANARY]), encoding="utf-8")
    place = demonstration.build_store(made, rows)
    enrol_people(place, demonstration.STORE)
    airflow_home.migrate()
    _chain(place, made, canaries)
    _documents(place, made)
    _refusals(made)


def _chain(place: Workplace, made: PlantedDemo, canaries: tuple[str, ...]) -> None:
    with _raising(Detector, "detect_many"):
        _run("scan_dossiers", SUBJECT, "failed")
    _run("scan_dossiers", SUBJECT, "success")
    with _raising(RuleExpectation, "outcomes"):
        _run("check_minimisation", SUBJECT, None)
    _run("check_minimisation", SUBJECT, "success")
    _run("plan_retention", SUBJECT, "success")
    _run("purge_approved", {"plan": _last_plan(place)}, "failed")
    approve_as_both(place)
    with _trigger(made.file, canaries):
        _run("purge_approved", {}, "failed")
    _run("purge_approved", {}, "success")
    _run("report_authorities", {"period": demonstration.PERIOD, "as_of": demonstration.AS_OF.isoformat()}, "success")
    (made.out / "register.xlsx").write_bytes(write_register(place, "all", "fr", demonstration.AS_OF)[0])


def _documents(place: Workplace, made: PlantedDemo) -> None:
    """A folder with a document of every format, planted in text, names and metadata, is scanned and checked."""
    folder = made.file.parent / "papers" / f"{CANARY}map"
    folder.mkdir(parents=True)
    for suffix, content in DOCUMENTS.items():
        (folder / f"{CANARY}.{suffix}").write_bytes(content)
    register(place, "papers", str(folder.parent))
    for dag in ("scan_dossiers", "check_minimisation"):
        _run(dag, SUBJECT | {"store": "papers"}, "success")
    last = runs(place.ledger, store_id=store_named(place.ledger, "papers").store_id, verb="scan")[0]
    if last.counts["units"] != len(DOCUMENTS):
        sys.exit("the documents were not scanned")


def _refusals(made: PlantedDemo) -> None:
    """The store dies, a broken one comes in its place, and the DAGs meet both."""
    content = made.file.read_bytes()
    made.file.write_bytes(content[: len(content) // 2])
    _run("scan_dossiers", SUBJECT, "failed")
    made.file.write_bytes(b"no database: " + FOLDER.encode())
    _run("check_minimisation", SUBJECT, "failed")
    made.file.unlink()
    _run("plan_retention", SUBJECT, "failed")
    made.file.write_bytes(content)


@contextmanager
def _raising(owner: type, name: str) -> Iterator[None]:
    """A method that chokes and quotes what it was given, as libraries do."""

    def chokes(*arguments: object, **more: object) -> None:
        raise ValueError(f"could not read {arguments!r} {more!r} in {FOLDER}")

    with patch.object(owner, name, chokes):
        yield


@contextmanager
def _trigger(store: Path, canaries: tuple[str, ...]) -> Iterator[None]:
    """A database that refuses a deletion and quotes the row."""
    words = " ".join(canaries).replace("'", "''")
    with sqlite3.connect(store) as database:
        database.execute(f"CREATE TRIGGER refusal BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, '{words}'); END")
    yield
    with sqlite3.connect(store) as database:
        database.execute("DROP TRIGGER refusal")


def _last_plan(place: Workplace) -> str:
    from discretio.ledger.plans import latest_plans

    return latest_plans(place.ledger)[0].plan_id


def _run(dag_id: str, conf: Mapping[str, object], expected: str | None) -> None:
    from discretio.airflow_ui.runner import finished_run

    state = str(finished_run(dag_id, conf).state.value)
    sys.stdout.write(f"{dag_id}: {state}\n")
    if expected is not None and state != expected:
        sys.exit(f"{dag_id} should have ended as {expected}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
