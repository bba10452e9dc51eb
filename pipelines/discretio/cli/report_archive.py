"""discretio reports: the issued reports, and to whom they were delivered."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from discretio.cli.app import app, console, print_table
from discretio.domain.deliveries import Way
from discretio.ledger.deliveries import deliveries
from discretio.steps.deliver_report import deliver_by_hand
from discretio.steps.issued_reports import issued_reports
from discretio.steps.people_keys import signer
from discretio.wiring import trusted_roots, workplace

reports_app = typer.Typer(no_args_is_help=True, help="List the issued reports, and record to whom they were delivered.")
app.add_typer(reports_app, name="reports")


@reports_app.command("list")
def list_reports() -> None:
    """List the issued reports, the last first: which one replaces which, whether the file is here, how often delivered."""
    place = workplace()
    sent = [one.report_id for one in deliveries(place.ledger)]
    issued = issued_reports(place)
    replaced = {one.corrects: one.report_id for one in issued if one.corrects}
    rows = [
        (
            one.report_id, one.authority, one.controller, one.period, f"{one.issued_at:%Y-%m-%d}",
            replaced.get(one.report_id, ""), "yes" if one.at_hand else "no", sent.count(one.report_id),
        )
        for one in issued
    ]  # fmt: skip
    columns = ("report", "authority", "controller", "period", "issued", "replaced by", "file here", "deliveries")
    print_table("Issued reports", columns, rows)


@reports_app.command("deliver")
def deliver(
    file: Annotated[Path, typer.Argument(help="The report that was handed over; it is verified first.")],
    way: Annotated[Way, typer.Option(help="How it went.")],
    login: Annotated[str, typer.Option("--as", help="Your login; a data protection officer's.")],
    key: Annotated[Path, typer.Option(help="Your personal key file.")],
) -> None:
    """Record that you delivered a report to its authority: which file, when and how. No address is kept."""
    place = workplace()
    who = signer(place, login, key, where=file.name)
    delivery = deliver_by_hand(place, file, way, who, trusted_roots())
    console.print(f"report {delivery.report_id} delivered to {delivery.authority}, SHA-256 {delivery.sha256}", soft_wrap=True)


@reports_app.command("deliveries")
def list_deliveries(report: Annotated[str | None, typer.Argument(help="A report's number; all by default.")] = None) -> None:
    """List the deliveries: which report to which authority, when, how, by whom, and the hash of the file."""
    rows = [
        (
            one.report_id,
            one.authority,
            f"{one.at:%Y-%m-%d %H:%M}",
            one.way.value,
            one.person_id or "a scheduled run",
            one.sha256,
        )
        for one in deliveries(workplace().ledger, report)
    ]
    print_table("Deliveries", ("report", "authority", "at (UTC)", "way", "by", "SHA-256"), rows)
