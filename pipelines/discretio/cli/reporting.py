"""discretio report, verify."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from discretio.cli.app import AsOf, app, console, day, print_table
from discretio.errors import LedgerError, UsageError, VerificationError
from discretio.ledger.chain_verification import verify_chain
from discretio.ledger.connection import Ledger
from discretio.steps.report import ReportOrder, file_report
from discretio.steps.verify_report import verify_report
from discretio.wiring import ledger_if_any, trusted_roots, workplace


@app.command("report")
def report(  # noqa: PLR0913, PLR0917 - the options of the command line's contract
    authority: Annotated[str, typer.Option(help="Id of the supervisory authority: apd, coc, vtc, ...")],
    period: Annotated[str, typer.Option(help="2026-Q3, 2026-07 or 2026.")],
    out: Annotated[Path, typer.Option(help="The PDF file to write.")],
    controller: Annotated[str, typer.Option(help="A controller's id, or all.")] = "all",
    lang: Annotated[str | None, typer.Option(help="Languages, such as fr,nl; the authority's own by default.")] = None,
    as_of: AsOf = None,
) -> None:
    """Make, sign and freeze one report for a supervisory authority."""
    place = workplace()
    order = ReportOrder.of(authority, controller, period, day(as_of, place))
    if lang:
        order = order.in_languages(tuple(one.strip() for one in lang.split(",")))
    filed = file_report(place, order, out)
    console.print(f"report {filed.report_id} written{', sealed with a DEMONSTRATION key' if filed.demo else ''}")


@app.command("verify")
def verify(
    file: Annotated[Path | None, typer.Argument(help="A report.")] = None,
    ledger: Annotated[bool, typer.Option("--ledger", help="Verify the ledger's audit chain.")] = False,  # noqa: FBT002 - an option
    root: Annotated[list[Path] | None, typer.Option(help="Root certificate (PEM) of a sealer that you trust.")] = None,
) -> None:
    """Verify a report or the ledger. 0: genuine. 1: not genuine. 3: can't be verified, and why."""
    if ledger == (file is not None):
        raise UsageError("name a report, or give --ledger, and not both", remedy="discretio verify FILE.pdf | --ledger")
    known = _ledger()
    if file is None:
        chain = verify_chain(_required(known))
        print_table("The audit chain is whole", ("what", "value"), [("records", chain.records), ("segments", chain.segments)])
        return
    found = verify_report(file, [*(root or []), *trusted_roots()], known)
    rows = [("report", found.report_id), ("sealed by", found.signer), ("sealed at", found.signed_at or "")]
    print_table("Genuine" + (", sealed with a DEMONSTRATION key" if found.demo_key else ""), ("what", "value"), rows)
    for reason in found.reasons:
        console.print(f"  {reason}")


def _ledger() -> Ledger | None:
    try:
        return ledger_if_any()
    except LedgerError as error:
        what = f"it can't be verified against the ledger of this place: {error.what}"
        raise VerificationError(what, where=error.where, remedy=error.remedy, verifiable=False) from None


def _required(ledger: Ledger | None) -> Ledger:
    if ledger is None:
        raise VerificationError("there is no ledger here to verify", remedy="name its home in DISCRETIO_HOME", verifiable=False)
    return ledger
