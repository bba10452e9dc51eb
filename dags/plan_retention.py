"""After each check: work out every term and propose what has to be deleted. Proposes only; deletes nothing."""

from __future__ import annotations

from airflow.sdk import dag

from discretio import wiring
from discretio.airflow_ui import blind, context, forms


@blind.task()
def stores() -> list[str]:
    """The stores to plan for."""
    return context.chosen_stores(wiring.store_names())


@blind.task(outlets=[forms.PLANNED])
def plan(store: str) -> str:
    """Freeze what is overdue in a plan."""
    as_of = context.chosen_date(store)
    plan_id = wiring.plan_purge(store, as_of, requester=context.requester())
    context.announce(forms.PLANNED, store, as_of)
    return plan_id


@dag(
    dag_id="plan_retention",
    schedule=[forms.CHECKED],
    catchup=False,
    max_active_runs=1,
    default_args=forms.DEFAULTS,
    tags=["discretio", "administrator"],
    doc_md=forms.doc("plan_retention"),
    params={"store": forms.store_param(), "as_of": forms.as_of_param()},
)
def plan_retention() -> None:
    """One task per store: terms, population, plan."""
    plan.expand(store=stores())


plan_retention()
