"""discretio deadlines."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

from discretio.cli.app import AsOf, Format, app, console, day, leave, print_table
from discretio.errors import EXIT_FAILED
from discretio.reporting.words import words
from discretio.steps.deadlines import deadlines
from discretio.steps.rule_alerts import alerts_apart
from discretio.wiring import workplace


@app.command("deadlines", epilog="Exit code 1 if anything is late.")
def deadlines_command(
    as_of: AsOf = None,
    *,
    separate: Annotated[
        bool, typer.Option("--separate", help="Only what is told apart: failures about title 3, and classified markings.")
    ] = False,
    lang: Annotated[str, typer.Option("--lang", help="Language of the table: fr, nl, de or en.")] = "en",
    output: Annotated[Format, typer.Option("--format")] = Format.TABLE,
) -> None:
    """Count what waits for somebody: late scans, answers and requests, plans without approvals."""
    spoken = words(lang)["duties"]
    place = workplace()
    on = day(as_of, place)
    found = alerts_apart(place, on) if separate else deadlines(place, on)
    if output is Format.JSON:
        typer.echo(json.dumps([asdict(one) for one in found], indent=1))
    elif not found:
        console.print(f"nothing waits on {on}")
    else:
        print_table(f"On {on}", ("what", "store", "number"), [(spoken[one.duty.value], one.store, one.number) for one in found])
    if any(one.duty.is_late for one in found):
        leave(EXIT_FAILED)
