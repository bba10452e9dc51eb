"""Airflow's own approvals go wrong in known ways. Each is brought about here, before our purge, and nothing is deleted.

A site may put one of Airflow's human-in-the-loop operators before our tasks. It waits and tells people; what proves an approval
is signatures in the ledger, and the purge reads those. So most tests let Airflow's question pass, wrongly, and see the erasure
fail.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from dags import homes
from dags.human_answers import (
    ASK,
    AT_ONCE,
    OPTIONS,
    Act,
    answered,
    approval,
    entry,
    marked_as_success,
    refused_as_not_asked,
    somebody,
    timed_out,
)
from dags.human_answers import run as run_asked
from discretio import wiring
from discretio.errors import ApprovalError
from discretio.ledger.approvals import approvals
from discretio.ledger.audit_chain import payloads
from discretio.ledger.batches import INTENDED
from discretio.ledger.certificates import certificates
from discretio.ledger.people import person_id_of
from discretio.ledger.plans import latest_plans, load_plan

pytestmark = pytest.mark.airflow


def run(asked: Any, amend: Callable[[Any, Any], None] | None = None) -> Any:
    return run_asked(asked, plan_id(), amend)


def plan_id() -> str:
    return latest_plans(wiring.workplace().ledger)[0].plan_id


def dossiers() -> set[str]:
    return set(wiring.workplace().open_store(homes.STORE).read("dossiers")["dossier_key"])


@pytest.fixture
def untouched(demo: Path) -> Iterator[None]:
    """Whatever the test does to Airflow, the store is as it was, nothing is certified, no intent was written."""
    before = dossiers()
    yield
    assert dossiers() == before
    ledger = wiring.workplace().ledger
    for plan in latest_plans(ledger):
        assert plan.state in {"PLANNED", "WITHDRAWN"}
        assert certificates(ledger, plan.plan_id) == []
        with ledger.reading() as connection:
            assert payloads(connection, INTENDED, plan.plan_id) == []


@pytest.fixture(autouse=True)
def nothing_of_it_stays(demo: Path) -> Iterator[None]:
    """Other tests look at all that our own tasks hand on; what a human was asked and answered here is none of it."""
    assert demo
    with sqlite3.connect(homes.airflow_folder() / "airflow.db") as database:
        before = [row[0] for row in database.execute("SELECT run_id FROM dag_run")]
    yield
    with sqlite3.connect(homes.airflow_folder() / "airflow.db") as database:
        for table in ("xcom", "rendered_task_instance_fields"):
            kept = ", ".join("?" * len(before))
            database.execute(f"DELETE FROM {table} WHERE run_id NOT IN ({kept})", before)  # noqa: S608 - our own words


def tasks(finished: Any) -> tuple[set[str], set[str]]:
    """How Airflow's question ended, and our erasure."""
    states = homes.states(finished)
    return states[ASK], states["purge.erase"]


PASSED_AND_REFUSED = ({"success"}, {"failed"})


def test_what_two_persons_signed_goes_once_airflow_was_answered_too(demo: Path) -> None:
    """Else the tests below would show nothing: the same run deletes, and only the signatures make the difference."""
    from discretio.airflow_ui.demo_people import approve_as_both

    before, ledger = dossiers(), wiring.workplace().ledger
    approve_as_both(wiring.workplace())
    with somebody(answered("somebody")):
        assert tasks(run(approval())) == ({"success"}, {"success"})
    assert dossiers() < before
    with ledger.reading() as connection:
        assert payloads(connection, INTENDED, plan_id())


@pytest.mark.usefixtures("untouched")
def test_a_time_out_before_the_answer(demo: Path) -> None:
    with somebody(timed_out):
        finished = run(approval(response_timeout=AT_ONCE))
    assert tasks(finished) == ({"failed"}, {"upstream_failed"})
    # The answer that comes too late is taken by Airflow, and moves nothing.
    from airflow.utils.session import create_session

    with create_session() as session:
        asked = next(one for one in finished.get_task_instances(session=session) if one.task_id == ASK)
        answered("demo-approver-one")(asked, session)


@pytest.mark.usefixtures("untouched")
@pytest.mark.parametrize(
    "kind",
    [lambda: entry(response_timeout=AT_ONCE), lambda: approval(response_timeout=AT_ONCE, defaults="Approve")],
    ids=["by itself", "by default"],
)
def test_a_time_out_that_answers_ok(demo: Path, kind: Callable[[], Any]) -> None:
    with somebody(timed_out):
        assert tasks(run(kind())) == PASSED_AND_REFUSED


@pytest.mark.usefixtures("untouched")
def test_two_answers_at_once(demo: Path) -> None:
    told: list[str] = []

    def both(task: Any, _: Any) -> None:
        from airflow.utils.session import create_session

        def one(choice: str) -> str:
            try:
                with create_session() as session:
                    answered(choice, choice)(session.merge(task), session)
            except Exception as error:  # noqa: BLE001 - whatever Airflow or the database says of the second
                return type(error).__name__
            return choice

        with ThreadPoolExecutor(2) as pool:
            told.extend(pool.map(one, OPTIONS))

    with somebody(both):
        asked, erased = tasks(run(approval()))
    assert set(told) & set(OPTIONS), "one of the two was taken"
    assert (asked, erased) in (PASSED_AND_REFUSED, ({"success"}, {"skipped"})), "the one that approved, or the one that refused"


@pytest.mark.usefixtures("untouched")
def test_a_retry_with_a_stale_answer(demo: Path) -> None:
    """Two persons had signed, and one withdrew; Airflow still has the answer of its earlier try, and asks nobody again."""
    from discretio.airflow_ui.demo_people import APPROVERS, _key_file, approve_as_both
    from discretio.domain.approvals import Decision
    from discretio.steps.approve import approve

    place = wiring.workplace()
    approve_as_both(place)
    approve(place, plan_id(), APPROVERS[0], _key_file(place, APPROVERS[0]), decision=Decision.WITHDRAWN)

    def stale(made: Any, session: Any) -> None:
        from airflow.models.hitl import HITLDetail, HITLUser
        from airflow.models.trigger import handle_event_submit
        from airflow.triggers.base import TriggerEvent

        asked = next(one for one in made.get_task_instances(session=session) if one.task_id == ASK)
        said: Any = HITLDetail(
            ti_id=asked.id, options=OPTIONS, subject="", chosen_options=["Approve"], params={}, params_input={}
        )
        said.responded_at, said.responded_by = made.start_date - timedelta(days=1), HITLUser(id="1", name=APPROVERS[1])
        session.add(said)
        asked.next_method = "execute_complete"
        event = TriggerEvent(said.as_resume_event_payload())  # type: ignore[no-untyped-call] # Airflow's own
        handle_event_submit(event, task_instance=asked, session=session)

    assert tasks(run(approval(), stale)) == PASSED_AND_REFUSED


@pytest.mark.usefixtures("untouched")
def test_the_approver_is_the_requester(demo: Path) -> None:
    """Airflow lets who triggered the run answer it; the ledger takes no signature of who asked for the plan."""
    from discretio.airflow_ui.demo_people import APPROVERS, _key_file
    from discretio.steps.approve import approve

    place, (mine, others) = wiring.workplace(), APPROVERS
    own = wiring.plan_purge(homes.STORE, date.fromisoformat(homes.AS_OF), requester=mine)
    approve(place, own, others, _key_file(place, others))
    with pytest.raises(ApprovalError):
        approve(place, own, mine, _key_file(place, mine))

    def triggered_by_him(made: Any, _: Any) -> None:
        made.triggering_user_name = mine

    assert plan_id() == own
    with somebody(answered(mine)):
        assert tasks(run(approval(), triggered_by_him)) == PASSED_AND_REFUSED


@pytest.mark.usefixtures("untouched")
@pytest.mark.parametrize(
    ("asked", "acts"),
    [({}, answered("admin")),
     ({"assigned_users": {"id": "vera", "name": "vera"}, "response_timeout": timedelta(seconds=2), "defaults": "Approve"},
      refused_as_not_asked("admin"))],
    ids=["nobody in particular was asked", "the DPO was"],
)  # fmt: skip
def test_an_administrator_answers_for_the_dpo(demo: Path, asked: dict[str, Any], acts: Act) -> None:
    """The first approver signs, and the second word is an administrator's: by Airflow's button, and by a key of his own."""
    from discretio.airflow_ui.demo_people import APPROVERS, _key_file
    from discretio.steps.approve import approve
    from discretio.steps.people_keys import enrol_person, new_personal_key

    place, key = wiring.workplace(), demo / "admin.key"
    for login in APPROVERS[:1]:
        approve(place, plan_id(), login, _key_file(place, login))
    enrol_person(place, "admin", ["DPO", "ADMINISTRATOR"], [], new_personal_key(key))
    with suppress(ApprovalError):
        approve(place, plan_id(), "admin", key, decision="NO_OBJECTION")
    with somebody(acts):
        assert tasks(run(approval(**asked))) == PASSED_AND_REFUSED


@pytest.mark.usefixtures("untouched")
def test_the_approval_task_is_marked_as_success(demo: Path) -> None:
    with somebody(marked_as_success):
        assert tasks(run(approval())) == PASSED_AND_REFUSED


@pytest.mark.usefixtures("untouched")
def test_a_forged_xcom(demo: Path) -> None:
    """Somebody writes into Airflow's database that the plan was approved, and by whom."""

    def forged(made: Any, session: Any) -> None:
        from airflow.models.taskmap import TaskMap
        from airflow.models.xcom import XComModel

        answer = {"chosen_options": ["Approve"], "responded_by_user": {"id": "1", "name": "demo-approver-one"}}
        for task_id, value in ((ASK, answer), ("approved", [plan_id()])):
            XComModel.set(
                key="return_value", value=value, dag_id=made.dag_id, task_id=task_id, run_id=made.run_id, session=session
            )
            done = next(one for one in made.get_task_instances(session=session) if one.task_id == task_id)
            done.set_state("success", session=session)
        # What makes Airflow expand the mapped erasure over the list.
        session.add(TaskMap(made.dag_id, "approved", made.run_id, -1, 1, None))

    assert tasks(run(approval(), forged)) == PASSED_AND_REFUSED


@pytest.mark.usefixtures("untouched")
def test_a_run_that_is_triggered_from_the_command_line(demo: Path) -> None:
    """Airflow then knows the user of the operating system, whoever that is; he is nobody who could approve."""
    from airflow.utils.types import DagRunTriggeredByType

    def from_the_command_line(made: Any, _: Any) -> None:
        made.triggered_by, made.triggering_user_name = DagRunTriggeredByType.CLI, "root"

    with somebody(answered("root")):
        assert tasks(run(approval(), from_the_command_line)) == PASSED_AND_REFUSED
    assert approvals(wiring.workplace().ledger, plan_id()) == []
    planned = homes.run("plan_retention", {"store": homes.STORE, "as_of": homes.AS_OF}, from_the_command_line)
    assert planned.state == "success"
    ledger = wiring.workplace().ledger
    assert load_plan(ledger, plan_id()).requester == person_id_of(ledger, "root")
