"""discretio retention."""

from __future__ import annotations

from typing import Annotated

import typer

from discretio.cli.app import app, console, print_table
from discretio.steps.own_data import erase_own_data, own_data_due
from discretio.wiring import workplace

SUMMARY = "Erase what Discretio keeps itself once its term has passed: results, holds, tombstones, figures, logs."
retention_app = typer.Typer(no_args_is_help=True, help=SUMMARY)
app.add_typer(retention_app, name="retention")


@retention_app.callback()
def _alone() -> None:
    """A group, also with one command."""


@retention_app.command("run")
def retention_run(
    execute: Annotated[bool, typer.Option("--execute", help="Erase; without it, only say what would be erased.")] = False,  # noqa: FBT002 - an option
) -> None:
    """Say what of our own data has ended its term; with --execute, erase it. The stores are not touched."""
    place = workplace()
    rows = [(one.kind, one.term, one.before, one.ended) for one in (erase_own_data if execute else own_data_due)(place)]
    print_table("Erased" if execute else "Would be erased", ("what", "kept for", "ended before", "number"), rows)
    if not execute:
        console.print("nothing was erased; --execute erases it")
