"""Each DAG runs to its end, for the stores it should, and leaves nothing but ids in Airflow."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dags import homes
from discretio import wiring
from discretio.ledger import findings, outcomes, runs, stores
from discretio.steps import scan
from discretio.steps.pipeline_health import pipeline_health

pytestmark = pytest.mark.airflow
ID = re.compile(r"(RUN|PLAN|CERT|REP)[A-Z2-7]{12}(:\d+-\d+)?|\d{4}-Q[1-4]")  # or a period
PLAIN = {"demo", "second", "apd", "coc", "vtc"}


def _words(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [word for name, inner in value.items() for word in [str(name), *_words(inner)]]
    if isinstance(value, list):
        return [word for inner in value for word in _words(inner)]
    return [str(value)]


def _rows(table: str, column: str) -> list[str]:
    with sqlite3.connect(homes.airflow_folder() / "airflow.db") as database:
        return [row[0] for row in database.execute(f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL")]  # noqa: S608 - our words


@pytest.fixture
def second_store(demo: Path) -> str:
    """Another registered store, beside the demo's."""
    from discretio.steps.registering import register
    from discretio.stores.loading import load_rows
    from discretio.stores.reference import create_store
    from discretio.stores.samples.multiplying import demo_rows

    url = f"sqlite:///{demo / 'second.db'}"
    load_rows(create_store(url), demo_rows(20, seed=2))
    return register(wiring.workplace(), "second", url)


def test_the_whole_chain_ran(planned: Path, demo: Path) -> None:
    place = wiring.workplace()
    assert {run.state for run in runs.runs(place.ledger)} == {"DONE"}
    assert {run.start.verb for run in runs.runs(place.ledger)} == {"scan", "check", "plan"}
    assert {run.start.as_of for run in runs.runs(place.ledger)} == {date.fromisoformat(homes.AS_OF)}
    assert len(outcomes.latest_outcomes(place.ledger, stores.stores(place.ledger)[0].store_id)) > 0


def test_reports_are_filed_for_every_authority_concerned(demo: Path) -> None:
    finished = homes.run("report_authorities", {"period": "2026-Q4", "as_of": homes.AS_OF})
    assert finished.state == "success"
    authorities = {path.name.split("-")[0] for path in (demo / "home" / "reports").glob("*.pdf")}
    assert authorities == set(wiring.authorities_to_report())


def test_without_a_store_every_registered_one_is_scanned(demo: Path, second_store: str) -> None:
    before = {run.run_id for run in runs.runs(wiring.workplace().ledger)}
    assert homes.run("scan_dossiers", {"as_of": homes.AS_OF}).state == "success"
    place = wiring.workplace()
    scans = [run for run in runs.runs(place.ledger, verb="scan") if run.run_id not in before]
    assert {run.start.store_id for run in scans} == {record.store_id for record in stores.stores(place.ledger)}
    assert {run.state for run in scans} == {"DONE"}


def test_a_store_that_is_away_fails_the_run_and_keeps_no_other_from_being_scanned(demo: Path, second_store: str) -> None:
    (demo / "dossiers.db").unlink()
    before = {run.run_id for run in runs.runs(wiring.workplace().ledger)}
    finished = homes.run("scan_dossiers", {"as_of": homes.AS_OF})
    assert finished.state == "failed"
    place = wiring.workplace()
    scanned = [run for run in runs.runs(place.ledger, verb="scan") if run.run_id not in before and run.state == "DONE"]
    assert [run.start.store_id for run in scanned] == [stores.store_named(place.ledger, second_store).store_id]


def test_a_scan_that_misses_a_part_is_never_done(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from discretio.errors import StoreUnavailableError

    def dies(*_: object, **__: object) -> None:
        raise StoreUnavailableError("the store died in the middle")

    monkeypatch.setattr(scan, "scan_partition", dies)
    finished = homes.run("scan_dossiers", {"store": homes.STORE, "as_of": homes.AS_OF})
    assert finished.state == "failed"
    assert homes.states(finished)["finish"] == {"failed"}
    assert runs.runs(wiring.workplace().ledger, verb="scan")[0].state == "RUNNING"


def test_a_store_that_is_removed_while_it_is_scanned_leaves_what_was_known_of_it(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = list(findings.all_findings(wiring.workplace().ledger, 1))
    cut = wiring.scan_parts

    def removed_after(run_ids: Sequence[str]) -> list[str]:
        planned = cut(run_ids)
        (demo / "dossiers.db").unlink()
        return planned

    monkeypatch.setattr(wiring, "scan_parts", removed_after)
    finished = homes.run("scan_dossiers", {"store": homes.STORE, "as_of": homes.AS_OF})
    assert finished.state == "failed"
    assert homes.states(finished)["scan"] == homes.states(finished)["finish"] == {"failed"}
    assert not (demo / "dossiers.db").exists()
    assert list(findings.all_findings(wiring.workplace().ledger, 1)) == known


def test_with_no_store_registered_the_error_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with homes.at_home(tmp_path / "home"):
        (tmp_path / "home").mkdir()
        import shutil

        from discretio.resources import folder

        shutil.copytree(folder("policies"), tmp_path / "home" / "policies")
        finished = homes.run("scan_dossiers")
    assert finished.state == "failed"
    told = capsys.readouterr()
    assert "no store is registered" in told.out + told.err


def test_an_asset_triggered_run_takes_its_stores_and_day_from_its_events(demo: Path, second_store: str) -> None:
    from airflow.models.asset import AssetEvent, AssetModel
    from airflow.utils.types import DagRunType
    from sqlalchemy import select

    def triggered(run: Any, session: Any) -> None:
        asset = session.scalar(select(AssetModel).where(AssetModel.uri == "discretio://dossiers/scanned"))
        run.run_type, run.conf = DagRunType.ASSET_TRIGGERED, {}
        for store, day in (("demo", "2026-11-20"), ("second", "2026-11-19")):
            run.consumed_asset_events.append(AssetEvent(asset_id=asset.id, extra={"store": store, "as_of": day}))

    before = {run.run_id for run in runs.runs(wiring.workplace().ledger)}
    assert homes.run("check_minimisation", amend=triggered).state == "success"
    place = wiring.workplace()
    names = {record.store_id: record.name for record in stores.stores(place.ledger)}
    checked = {
        names[run.start.store_id]: run.start.as_of.isoformat()
        for run in runs.runs(place.ledger, verb="check")
        if run.run_id not in before and run.start.store_id
    }
    assert checked == {"demo": "2026-11-20", "second": "2026-11-19"}


def test_what_tasks_hand_on_is_ids_only(demo: Path) -> None:
    assert homes.run("report_authorities", {"period": "2026-Q4", "as_of": homes.AS_OF}).state == "success"
    handed = [word for row in _rows("xcom", "value") for word in _words(json.loads(row))]
    assert handed
    assert [word for word in handed if not ID.fullmatch(word) and word not in PLAIN] == []


def test_what_airflow_shows_of_a_tasks_arguments_is_ids_only(demo: Path) -> None:
    arguments = [json.loads(row) for row in _rows("rendered_task_instance_fields", "rendered_fields")]
    given = [word for each in arguments for word in _words([each["op_args"], list(each["op_kwargs"].values())])]
    assert given
    assert [word for word in given if not ID.fullmatch(word) and word not in PLAIN and "LazyXCom" not in word] == []


def test_what_an_event_carries_is_the_stores_name_and_the_day(demo: Path) -> None:
    for row in _rows("asset_event", "extra"):
        extra = json.loads(row)
        assert set(extra) <= {"store", "as_of"}
        assert extra.get("store", "demo") in PLAIN


def test_the_morning_watch_finds_the_chain_whole_and_tells_nobody_who_has_no_connection(demo: Path) -> None:
    finished = homes.run("watch_deadlines", {"as_of": homes.AS_OF})
    assert finished.state == "success", homes.states(finished)

    assert pipeline_health(wiring.workplace()).chain_verified is not None
