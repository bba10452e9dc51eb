"""After each scan: judge every rule over the store and record one outcome per rule and scope."""

from __future__ import annotations

from airflow.sdk import dag

from discretio import wiring
from discretio.airflow_ui import blind, context, forms


@blind.task()
def stores() -> list[str]:
    """The stores to check."""
    return context.chosen_stores(wiring.store_names())


@blind.task(outlets=[forms.CHECKED])
def check(store: str) -> str:
    """Judge every rule over the store."""
    as_of = context.chosen_date(store)
    run = wiring.check_store(store, as_of)
    context.announce(forms.CHECKED, store, as_of)
    return run


@dag(
    dag_id="check_minimisation",
    schedule=[forms.SCANNED],
    catchup=False,
    max_active_runs=1,
    default_args=forms.DEFAULTS,
    tags=["discretio", "dpo"],
    doc_md=forms.doc("check_minimisation"),
    params={"store": forms.store_param(), "as_of": forms.as_of_param()},
)
def check_minimisation() -> None:
    """One task per store: its checkpoint."""
    check.expand(store=stores())


check_minimisation()
