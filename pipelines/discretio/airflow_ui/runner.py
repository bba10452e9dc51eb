"""Run DAGs in this process, without a scheduler: for the demo and the tests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from discretio.errors import DiscretioError
from discretio.resources import folder

if TYPE_CHECKING:
    from airflow.dag_processing.dagbag import DagBag
    from airflow.models.dagrun import DagRun


def load_dags(only: str = "") -> DagBag:
    """The DAGs of the dags/ folder. The Airflow home must have been prepared and migrated.

    Args:
        only: the id of one DAG, whose file has that name; all of them by default.

    Raises:
        DiscretioError: a DAG file can't be imported.
    """
    from airflow.dag_processing.dagbag import DagBag  # noqa: PLC0415 - airflow reads its environment when it is imported

    bag = DagBag(dag_folder=str(folder("dags") / (f"{only}.py" if only else "")))
    if bag.import_errors:
        broken = ", ".join(sorted(name.rsplit("/", 1)[-1] for name in bag.import_errors))
        raise DiscretioError("a DAG file can't be imported", where=broken, remedy="airflow dags list-import-errors says why")
    return bag


def run_dag(dag_id: str, conf: Mapping[str, object]) -> None:
    """Run one DAG to its end.

    Raises:
        DiscretioError: a task failed; its name, never its message, which may come from a library.
    """
    run = finished_run(dag_id, conf)
    if run.state != "success":
        failed = sorted({instance.task_id for instance in run.get_task_instances() if instance.state == "failed"})
        raise DiscretioError(f"the DAG {dag_id} ended as {run.state}", where=", ".join(failed), remedy="look at the task's log")


def finished_run(dag_id: str, conf: Mapping[str, object]) -> DagRun:
    """Run one DAG to its end, well or badly."""
    # Read anew each time, as a worker does: Airflow leaves a run's parameters in the DAG, where the next run would find them.
    dag = load_dags(dag_id).dags[dag_id]
    for task in dag.tasks:
        task.retries = 0  # no scheduler wakes a task that waits for its next try
    run: DagRun = dag.test(run_conf=dict(conf))
    return run
