"""discretio report, figures, verify, export."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from discretio.cli.app import AsOf, app, console, day, print_table
from discretio.domain.figures import CorrectionReason
from discretio.errors import LedgerError, UsageError, VerificationError
from discretio.ledger.chain_verification import verify_chain
from discretio.ledger.connection import Ledger
from discretio.reporting.tabulated import as_csv, in_words
from discretio.reporting.vocabulary import SECTIONS
from discretio.reporting.words import words
from discretio.steps.export_report import export_report
from discretio.steps.report import ReportOrder, file_report, published_figures
from discretio.steps.verify_report import verify_report
from discretio.wiring import ledger_if_any, trusted_roots, workplace

Authority = Annotated[str, typer.Option(help="Id of the supervisory authority: apd, coc, vtc, ...")]
Period = Annotated[str, typer.Option(help="2026-Q3, 2026-07 or 2026.")]
Controller = Annotated[str, typer.Option(help="A controller's id, or all.")]
Roots = Annotated[list[Path] | None, typer.Option(help="Root certificate (PEM) of a sealer that you trust.")]


class FigureFormat(StrEnum):
    """How figures are printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


@app.command("report")
def report(  # noqa: PLR0913, PLR0917 - the options of the command line's contract
    authority: Authority,
    period: Period,
    out: Annotated[Path, typer.Option(help="The PDF file to write.")],
    controller: Controller = "all",
    lang: Annotated[str | None, typer.Option(help="Languages, such as fr,nl; the authority's own by default.")] = None,
    replaces: Annotated[str | None, typer.Option(help="Number of the issued report that this one corrects.")] = None,
    reason: Annotated[CorrectionReason, typer.Option(help="Why it is corrected.")] = CorrectionReason.WRONG_FIGURES,
    as_of: AsOf = None,
) -> None:
    """Make, sign and freeze one report for a supervisory authority."""
    place = workplace()
    order = ReportOrder.of(authority, controller, period, day(as_of, place))
    if lang:
        order = order.in_languages(tuple(one.strip() for one in lang.split(",")))
    if replaces:
        order = order.correcting(replaces, reason)
    filed = file_report(place, order, out)
    console.print(f"report {filed.report_id} written{', sealed with a DEMONSTRATION key' if filed.demo else ''}")


@app.command("figures")
def figures(  # noqa: PLR0913, PLR0917 - the options of the command line's contract
    authority: Authority,
    period: Period,
    controller: Controller = "all",
    section: Annotated[list[str] | None, typer.Option(help="0 to 16; several times for several. All by default.")] = None,
    output: Annotated[FigureFormat, typer.Option("--format")] = FigureFormat.TABLE,
    lang: Annotated[str, typer.Option(help="Language of the table: fr, nl, de or en.")] = "en",
    as_of: AsOf = None,
) -> None:
    """Print what a report would publish, suppressed alike, without making one."""
    place = workplace()
    spoken = words(lang)
    facts = published_figures(place, ReportOrder.of(authority, controller, period, day(as_of, place)))
    if unknown := set(section or ()) - set(SECTIONS):
        raise UsageError("a report has no such section", where=", ".join(sorted(unknown)), remedy="0 to 16")
    chosen = [one for one in cast("list[dict[str, Any]]", facts["sections"]) if not section or one["id"] in section]
    if output is FigureFormat.JSON:
        typer.echo(json.dumps(facts | {"sections": chosen}, indent=1, sort_keys=True))
    elif output is FigureFormat.CSV:
        typer.echo(as_csv(chosen), nl=False)
    else:
        for table in in_words(chosen, spoken):
            print_table(table.title, table.columns, table.rows)


@app.command("export")
def export(
    file: Annotated[Path, typer.Argument(help="A report.")],
    out: Annotated[Path, typer.Option(help="A new folder.")],
    root: Roots = None,
) -> None:
    """Verify a report, and take out its figures (JSON, CSV, JSON-LD, OSCAL) and a web page of it."""
    names = export_report(file, [*(root or []), *trusted_roots()], _ledger(), out)
    console.print(
        f"{len(names)} files written: {', '.join(name for name in names if not name.startswith('table-'))}, and the tables"
    )


@app.command("verify")
def verify(
    file: Annotated[Path | None, typer.Argument(help="A report.")] = None,
    ledger: Annotated[bool, typer.Option("--ledger", help="Verify the ledger's audit chain.")] = False,  # noqa: FBT002 - an option
    root: Roots = None,
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
