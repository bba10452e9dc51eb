"""Airflow's own question to a human, put before our purge, and whoever answers it while a run goes on in this process."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from dags import homes

ASK = "ask"
OPTIONS = ["Approve", "Reject"]
AT_ONCE = timedelta(milliseconds=1)
Act = Callable[[Any, Any], None]
"""What somebody does to the task that waits, given it and a session of Airflow's database."""


@dataclass(frozen=True)
class User:
    """Whom Airflow takes for the one who answers."""

    login: str

    def get_id(self) -> str:
        return self.login

    def get_name(self) -> str:
        return self.login


def approval(**options: Any) -> Any:
    from airflow.providers.standard.operators.hitl import ApprovalOperator

    return ApprovalOperator(task_id=ASK, subject="Delete what is overdue?", **options)


def entry(**options: Any) -> Any:
    from airflow.providers.standard.operators.hitl import HITLEntryOperator

    return HITLEntryOperator(task_id=ASK, subject="Delete what is overdue?", **options)


def answered(login: str, choice: str = "Approve") -> Act:
    """Answer as Airflow's interface does, by the very function behind its address."""

    def act(task: Any, session: Any) -> None:
        from airflow.api_fastapi.core_api.datamodels.hitl import UpdateHITLDetailPayload
        from airflow.api_fastapi.core_api.routes.public.hitl import update_hitl_detail

        said = UpdateHITLDetailPayload(chosen_options=[choice], params_input={})
        update_hitl_detail(task.dag_id, task.run_id, ASK, said, User(login), session)  # type: ignore[arg-type] # no login here

    return act


def timed_out(_: Any, session: Any) -> None:
    """The scheduler looks for those whose time is over."""
    from airflow.jobs.scheduler_job_runner import SchedulerJobRunner

    SchedulerJobRunner.check_awaiting_input_timeouts(_Looking(), session=session)  # type: ignore[arg-type] # no job of its own


class _Looking:
    """What the scheduler's sweep needs of a scheduler."""

    log = logging.getLogger("scheduler")


def marked_as_success(task: Any, session: Any) -> None:
    task.set_state("success", session=session)


def refused_as_not_asked(login: str) -> Act:
    """Try to answer though somebody else is asked; the one who is never answers, and the time runs out into a yes."""

    def act(task: Any, session: Any) -> None:
        from airflow.api_fastapi.app import init_auth_manager
        from fastapi import HTTPException

        init_auth_manager()
        with pytest.raises(HTTPException) as refused:
            answered(login)(task, session)
        assert refused.value.status_code == 403
        session.rollback()
        timed_out(task, session)

    return act


@contextmanager
def somebody(acts: Act) -> Iterator[None]:
    """Beside the run, somebody waits for the task that waits, and acts as long as it does; what goes wrong is raised."""
    ended, wrong = threading.Event(), list[BaseException]()

    def watch() -> None:
        from airflow.models.taskinstance import TaskInstance
        from airflow.utils.session import create_session
        from sqlalchemy.exc import OperationalError

        while not ended.wait(0.2):
            # Airflow's SQLite is sometimes locked by the run: then he tries again.
            with suppress(OperationalError), create_session() as session:
                waiting = session.query(TaskInstance).filter_by(task_id=ASK, state="awaiting_input").first()
                if waiting is None:
                    continue
                try:
                    acts(waiting, session)
                except OperationalError:
                    raise
                except BaseException as error:  # noqa: BLE001 - the run would wait for ever
                    wrong.append(error)
                    session.rollback()
                    marked_as_success(waiting, session)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(30)
    if wrong:
        raise wrong[0]


def run(asked: Any, plan_id: str, amend: Callable[[Any, Any], None] | None = None) -> Any:
    """Our own purge, of that plan, with Airflow's question before it."""
    homes.dag_bag()
    from discretio.airflow_ui.runner import load_dags

    dag = load_dags("purge_approved").dags["purge_approved"]
    dag.add_task(asked)
    asked.set_downstream(dag.get_task("approved"))
    for task in dag.tasks:
        task.retries = 0
    with homes.amending(amend):
        return dag.test(run_conf={"plan": plan_id})
