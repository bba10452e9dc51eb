"""Every quarter: one signed report per supervisory authority, held at its disposal."""

from __future__ import annotations

from airflow.sdk import dag

from discretio import wiring
from discretio.airflow_ui import blind, context, forms


@blind.task()
def authorities() -> list[str]:
    """The authorities that hear of at least one controller."""
    return wiring.authorities_to_report()


@blind.task()
def report(authority: str) -> str:
    """Make, seal and file one report."""
    chosen = context.params()
    return wiring.report_authority(authority, chosen["controller"], chosen["period"], context.chosen_date())


@dag(
    dag_id="report_authorities",
    schedule=forms.at("0 4 1 1,4,7,10 *"),
    catchup=False,
    max_active_runs=1,
    default_args=forms.DEFAULTS,
    tags=["discretio", "dpo"],
    doc_md=forms.doc("report_authorities"),
    params={
        "period": forms.period_param(),
        "controller": forms.controller_param(),
        "as_of": forms.as_of_param(),
    },
)
def report_authorities() -> None:
    """List the authorities that have something to receive; make each report."""
    report.expand(authority=authorities())


report_authorities()
