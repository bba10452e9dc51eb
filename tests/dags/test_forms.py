"""What a person sees of the DAGs before he starts one: they load, say what they do, and refuse what makes no sense."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pendulum
import pytest

from dags import homes

pytestmark = pytest.mark.airflow
DAGS = ("scan_dossiers", "check_minimisation", "plan_retention", "purge_approved", "report_authorities", "watch_deadlines")


@pytest.fixture(params=DAGS)
def dag(request: pytest.FixtureRequest) -> Any:
    return homes.dag_bag().dags[request.param]


def test_these_six_dags_load_without_an_import_error() -> None:
    bag = homes.dag_bag()
    assert bag.import_errors == {}
    assert set(bag.dag_ids) == set(DAGS)


def test_each_says_what_it_does_in_four_languages(dag: Any) -> None:
    for language in ("**FR**", "**NL**", "**DE**"):
        assert language in dag.doc_md
    assert all(task.doc_md for task in dag.tasks)


def test_each_parameter_is_a_described_field_of_the_form(dag: Any) -> None:
    for name in dag.params:
        param = dag.params.get_param(name)
        assert param.schema["type"]
        assert param.schema["title"]
        assert all(language in param.schema["description_md"] for language in ("**FR**", "**NL**", "**DE**"))


def test_none_catches_up_on_its_own(dag: Any) -> None:
    assert dag.catchup is False
    assert dag.max_active_runs == 1


def test_only_what_may_come_back_is_tried_again(dag: Any) -> None:
    from airflow.sdk import RetryAction

    from discretio.errors import ApprovalError, PurgeRefusedError, StoreUnavailableError

    policy = dag.default_args["retry_policy"]
    assert policy.evaluate(StoreUnavailableError("away"), 1, 3).action is RetryAction.RETRY
    for refusal in (ApprovalError("no"), PurgeRefusedError("no")):
        assert policy.evaluate(refusal, 1, 3).action is RetryAction.FAIL


@pytest.mark.parametrize(
    ("dag_id", "conf"),
    [
        ("scan_dossiers", {"store": "sqlite:////srv/Jan Peeters.db"}),
        ("scan_dossiers", {"store": "../../etc"}),
        ("scan_dossiers", {"full": "perhaps"}),
        ("check_minimisation", {"as_of": "2026-02-30"}),
        ("plan_retention", {"as_of": 20261121}),
        ("purge_approved", {"plan": "Jan Peeters"}),
        ("purge_approved", {"plan": ["PLANAAAAAAAAAAAA"]}),
        ("report_authorities", {"period": "2026-Q5"}),
        ("report_authorities", {"controller": "OCMW Peeters"}),
    ],
)
def test_what_makes_no_sense_is_refused_before_a_task_runs(dag_id: str, conf: dict[str, object]) -> None:
    from airflow.sdk.exceptions import ParamValidationError

    params = homes.dag_bag().dags[dag_id].params
    (name,) = conf
    with pytest.raises(ParamValidationError):
        params.get_param(name).resolve(conf[name])


@pytest.mark.parametrize(
    ("dag_id", "hour"),
    [("scan_dossiers", 1), ("purge_approved", 3), ("report_authorities", 4), ("watch_deadlines", 6)],
)
def test_schedules_follow_the_clock_of_brussels_in_winter_and_summer(dag_id: str, hour: int) -> None:
    from airflow.serialization.encoders import coerce_to_core_timetable
    from airflow.timetables.base import TimeRestriction

    timetable = coerce_to_core_timetable(homes.dag_bag().dags[dag_id].timetable)
    for start in (pendulum.datetime(2026, 1, 5), pendulum.datetime(2026, 6, 5)):
        restriction = TimeRestriction(earliest=start, latest=None, catchup=True)
        upcoming = timetable.next_dagrun_info(last_automated_data_interval=None, restriction=restriction)
        assert upcoming.run_after.astimezone(ZoneInfo("Europe/Brussels")).hour == hour


def test_one_feeds_another() -> None:
    bag = homes.dag_bag()
    for upstream, downstream in (("scan_dossiers", "check_minimisation"), ("check_minimisation", "plan_retention")):
        told = {asset.uri for task in bag.dags[upstream].tasks for asset in task.outlets}
        heard = {asset.uri for asset in bag.dags[downstream].timetable.asset_condition.objects}
        assert heard <= told


def test_the_reference_of_addresses_dags_and_roles_is_up_to_date() -> None:
    from discretio.airflow_ui.reference import page

    homes.dag_bag()  # an Airflow home for this process
    written = Path(__file__).resolve().parents[2] / "docs" / "reference" / "api.md"
    assert written.read_text(encoding="utf-8") == page(), "run make docs"
