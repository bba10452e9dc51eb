"""Every morning: verify the audit chain, look what waits for somebody, and tell those who have a connection for it."""

from __future__ import annotations

from airflow.sdk import dag

from discretio import wiring
from discretio.airflow_ui import blind, context, forms, notifying, schedules


@blind.task()
def tell(role: str) -> bool:
    """Count what waits for this role, and tell it; whoever has no connection is told nothing."""
    as_of = context.chosen_date()
    return notifying.tell(role, wiring.deadlines_of(role, as_of), as_of)


@blind.task(retries=0)
def chain() -> int:
    """Verify the ledger's audit chain, and note in it that it was found whole. It fails if a byte was changed."""
    return wiring.verify_ledger()


@dag(
    dag_id="watch_deadlines",
    schedule=schedules.schedule("watch_deadlines", "0 6 * * *"),
    catchup=False,
    max_active_runs=1,
    default_args=forms.DEFAULTS,
    tags=["discretio", "dpo"],
    doc_md=forms.doc("watch_deadlines"),
    params={"as_of": forms.as_of_param()},
)
def watch_deadlines() -> None:
    """The chain, and one task per role; neither waits for the other."""
    chain()
    tell.expand(role=["dpo", "administrator", "separate"])


watch_deadlines()
