"""Every quarter, and every year: one signed report per supervisory authority, held at its disposal."""

from __future__ import annotations

from airflow.sdk import dag

from discretio import wiring
from discretio.airflow_ui import blind, context, forms, schedules, sending


@blind.task()
def authorities() -> list[str]:
    """The authorities that hear of at least one controller."""
    return wiring.authorities_to_report()


@blind.task()
def periods() -> list[str]:
    """The period that was asked for; else the last quarter that is over, and in January the year."""
    return [context.params()["period"]] if context.params()["period"] else wiring.periods_to_report(context.chosen_date())


@blind.task()
def report(authority: str, period: str) -> str:
    """Make, seal and file one report."""
    return wiring.report_authority(authority, context.params()["controller"], period, context.chosen_date())


@blind.task()
def deliver(report_id: str) -> None:
    """Send the report to its authority, if this run was asked to, and write that to the delivery log."""
    if way := context.params()["deliver"]:
        sending.send(*wiring.report_to_send(report_id, way))
        wiring.report_sent(report_id, way)


@dag(
    dag_id="report_authorities",
    schedule=schedules.schedule("report_authorities", "0 4 1 1,4,7,10 *"),
    catchup=False,
    max_active_runs=1,
    default_args=forms.DEFAULTS,
    tags=["discretio", "dpo"],
    doc_md=forms.doc("report_authorities"),
    params={
        "period": forms.period_param(),
        "controller": forms.controller_param(),
        "as_of": forms.as_of_param(),
        "deliver": sending.deliver_param(),
    },
)
def report_authorities() -> None:
    """List the authorities that have something to receive; make each report; send it where that was asked for."""
    deliver.expand(report_id=report.expand(authority=authorities(), period=periods()))


report_authorities()
