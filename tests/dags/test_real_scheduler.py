"""What a scheduler makes of the DAGs: one feeds another, and its workers' logs hold nothing of the store."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from canary.searching import Searcher
from dags import components, homes
from discretio import wiring
from discretio.ledger.plans import PlanRecord, latest_plans
from discretio.stores.samples.canaries import plant
from discretio.stores.samples.multiplying import demo_rows

pytestmark = pytest.mark.services


def _plan_of(day: str) -> PlanRecord:
    for _ in range(600):
        for plan in latest_plans(wiring.workplace().ledger):
            if plan.as_of.isoformat() == day:
                return plan
        time.sleep(0.5)
    raise TimeoutError("nothing was planned")


def test_a_scan_feeds_a_check_and_a_plan_and_no_purge_follows(tmp_path: Path) -> None:
    rows, canaries = plant(demo_rows(40))
    airflow = tmp_path / "airflow"
    with homes.at_home(tmp_path / "home"):
        homes.build(tmp_path, rows)
        shared = components.environment(airflow)
        with components.running(airflow, shared):
            components.trigger(shared, "scan_dossiers", json.dumps({"store": homes.STORE, "as_of": homes.AS_OF}))
            assert components.ended(airflow, "scan_dossiers", "manual") == ["success"]
            # At night the schedule may have started runs of its own, of another day.
            plan = _plan_of(homes.AS_OF)
            for dag_id in ("check_minimisation", "plan_retention"):
                assert set(components.ended(airflow, dag_id, "asset_triggered")) == {"success"}
            components.trigger(shared, "purge_approved", json.dumps({"plan": plan.plan_id}))
            assert components.ended(airflow, "purge_approved", "manual") == ["failed"]
        assert _plan_of(homes.AS_OF).state == "PLANNED"
    logs = [path for path in (airflow / "logs").rglob("*.log") if "task_id=" in str(path)]
    assert any("purge.erase" in str(path) for path in logs)
    assert Searcher(canaries).leaks(tmp_path, besides=[tmp_path / "dossiers.db"]) == {}
