"""The last run of each of our DAGs, as Airflow's own database knows it: its id, its state and its moments, nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from airflow.models.dagrun import DagRun
from airflow.utils.session import create_session
from sqlalchemy import func, select

from discretio.airflow_ui.roles import DAGS


@dataclass(frozen=True, slots=True)
class DagState:
    """One DAG's last run: how it stands, when it began and ended."""

    dag_id: str
    state: str
    began: datetime | None
    ended: datetime | None


def last_dag_runs() -> Sequence[DagState]:
    """The last run of every DAG of ours that ever ran."""
    newest = select(func.max(DagRun.id)).where(DagRun.dag_id.in_(DAGS)).group_by(DagRun.dag_id)
    query = select(DagRun.dag_id, DagRun.state, DagRun.start_date, DagRun.end_date).where(DagRun.id.in_(newest))
    with create_session() as session:
        return [DagState(*row) for row in session.execute(query.order_by(DagRun.dag_id))]
