"""Delete what an approved plan holds. The approvals stand in the ledger and are checked again; no click replaces one."""

from __future__ import annotations

from airflow.sdk import dag, task_group

from discretio import wiring
from discretio.airflow_ui import blind, context, forms, schedules


@blind.task()
def approved() -> list[str]:
    """The plans to execute; whether they may be is for the next task to see."""
    chosen = context.params()["plan"]
    return [chosen] if chosen else wiring.approved_plans()


@blind.task(max_active_tis_per_dag=1)
def erase(plan_id: str) -> str:
    """Check the approvals, the holds, the dates and the hashes again; delete what still is what was approved."""
    return wiring.run_purge(plan_id, catch_up=context.is_catch_up())


@blind.task(outlets=[forms.ERASED], max_active_tis_per_dag=1)
def verify(plan_id: str) -> str:
    """Read every erased key again, and certify."""
    return wiring.verify_purge(plan_id)


@blind.task()
def due_again() -> list[str]:
    """The plans whose second verification is due."""
    return wiring.due_again()


@blind.task(max_active_tis_per_dag=1)
def verify_again(plan_id: str) -> str:
    """Look again for what was erased, certify that too, and destroy the key under which it was looked for."""
    return wiring.verify_purge_again(plan_id)


@dag(
    dag_id="purge_approved",
    schedule=schedules.schedule("purge_approved", "0 3 * * *"),
    catchup=False,
    max_active_runs=1,
    default_args=forms.DEFAULTS,
    tags=["discretio", "administrator"],
    doc_md=forms.doc("purge_approved"),
    params={"plan": forms.plan_param()},
)
def purge_approved() -> None:
    """Find the approved plans; erase and verify each on its own."""

    @task_group
    def purge(plan_id: str) -> None:
        """One plan; another one's failure doesn't keep it from being verified."""
        verify(erase(plan_id))

    purge.expand(plan_id=approved())
    verify_again.expand(plan_id=due_again())


purge_approved()
