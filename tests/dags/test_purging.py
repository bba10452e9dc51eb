"""No run of a DAG stands in for an approval, and none that makes up for the past deletes."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from dags import homes
from discretio import wiring
from discretio.ledger.certificates import certificates
from discretio.ledger.plans import latest_plans

pytestmark = pytest.mark.airflow


def _dossiers() -> int:
    return len(wiring.workplace().open_store(homes.STORE).read("dossiers"))


def _plan() -> str:
    return latest_plans(wiring.workplace().ledger)[0].plan_id


def _approve() -> None:
    from discretio.airflow_ui.demo_people import approve_as_both

    approve_as_both(wiring.workplace())


def _approve_alone() -> None:
    from discretio.airflow_ui.demo_people import APPROVERS, _key_file
    from discretio.steps.approve import approve

    place = wiring.workplace()
    approve(place, _plan(), APPROVERS[0], _key_file(place, APPROVERS[0]))


def _backfill(run: Any, _: Any) -> None:
    run.run_type = "backfill"


def _missed(run: Any, _: Any) -> None:
    run.run_type = "scheduled"
    run.data_interval_end = run.run_after = run.start_date - timedelta(days=3)


def test_what_two_persons_approved_is_deleted_and_certified(demo: Path) -> None:
    before, plan = _dossiers(), _plan()
    _approve()
    assert homes.run("purge_approved").state == "success"
    assert _dossiers() < before
    (certificate,) = certificates(wiring.workplace().ledger, plan)
    assert json.loads(certificate.body)["deleted"]["dossier"] == before - _dossiers()


def test_without_an_approval_nothing_is_taken_up(demo: Path) -> None:
    before = _dossiers()
    finished = homes.run("purge_approved")
    assert homes.states(finished)["purge.erase"] == {"skipped"}
    assert _dossiers() == before


@pytest.mark.parametrize("given", [lambda: None, _approve_alone], ids=["by nobody", "by one person"])
def test_a_plan_that_is_named_but_not_approved_fails_and_deletes_nothing(demo: Path, given: Callable[[], None]) -> None:
    given()
    before = _dossiers()
    finished = homes.run("purge_approved", {"plan": _plan()})
    assert finished.state == "failed"
    assert homes.states(finished)["purge.erase"] == {"failed"}
    assert _dossiers() == before


def test_a_forged_handover_between_tasks_deletes_nothing(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, plan = _dossiers(), _plan()
    monkeypatch.setattr(wiring, "approved_plans", lambda: [plan])
    assert homes.run("purge_approved").state == "failed"
    assert _dossiers() == before


def test_a_verification_that_is_forged_certifies_nothing(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = _plan()
    monkeypatch.setattr(wiring, "run_purge", lambda plan_id, **_: plan_id)
    assert homes.run("purge_approved", {"plan": plan}).state == "failed"
    assert certificates(wiring.workplace().ledger, plan) == []


@pytest.mark.parametrize("amend", [_backfill, _missed])
def test_a_run_that_makes_up_for_the_past_deletes_nothing_though_approved(
    demo: Path, amend: Callable[[Any, Any], None]
) -> None:
    _approve()
    before = _dossiers()
    assert homes.run("purge_approved", amend=amend).state == "failed"
    assert _dossiers() == before


def test_marking_a_run_afresh_deletes_nothing_twice(demo: Path) -> None:
    _approve()
    assert homes.run("purge_approved").state == "success"
    after, plan = _dossiers(), _plan()
    assert homes.run("purge_approved", {"plan": plan}).state == "failed"
    assert _dossiers() == after
