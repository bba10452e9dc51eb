"""The application, its options in common, and what commands print with."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from discretio import __version__
from discretio.errors import PeriodError

if TYPE_CHECKING:  # help needs neither a ledger nor what it imports
    from discretio.steps.workplace import Workplace

DEBUG = "--debug"
console = Console(highlight=False)
_ABOUT = "Data-protection compliance for case consultation (art. 458ter of the Belgian Criminal Code)."


def new_application() -> typer.Typer:
    """An application without a command."""
    application = typer.Typer(
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        help=_ABOUT,
        epilog="--debug, anywhere, shows tracebacks; they may quote data.",
    )
    # With a callback of its own, an application of one command is still asked by that command's name.
    application.callback(help=_ABOUT)(_before_a_command)
    return application


def _tell_version(asked: bool) -> None:  # noqa: FBT001 - typer hands the option's value over by position
    if asked:
        console.print(f"discretio {__version__}")
        raise typer.Exit


def _before_a_command(
    *,
    _: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    """What may stand before a command."""


app = new_application()


class Format(StrEnum):
    """How a result is printed."""

    TABLE = "table"
    JSON = "json"


AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="Day of the judgement, YYYY-MM-DD; today by default.")
]
Store = Annotated[
    str, typer.Argument(help="A name, a mapping file, a folder or the URL of one, or a SQLAlchemy URL of a reference store.")
]


def day(text: str | None, place: Workplace) -> date:
    """The day that was given, else today by the ledger server's clock.

    Raises:
        PeriodError: there is no such day.
    """
    from discretio.ledger.connection import server_date  # noqa: PLC0415 - imports a database library, which help does not need

    if text is None:
        return server_date(place.ledger)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise PeriodError("there is no such day", where=text, remedy="write it as 2026-11-21") from None


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table; numbers stand to the right."""
    table = Table()
    kept = [tuple(row) for row in rows]
    for position, column in enumerate(columns):
        number = bool(kept) and all(isinstance(row[position], int | float) for row in kept)
        table.add_column(column, justify="right" if number else "left", overflow="fold")
    for row in kept:
        table.add_row(*(f"{cell:,}" if isinstance(cell, int) and not isinstance(cell, bool) else str(cell) for cell in row))
    # Not as the table's own title, which breaks over the width of a narrow table.
    console.print(title)
    console.print(table)


def progress() -> Progress:
    """Progress bars on standard error, so that what is printed can be piped."""
    columns = (TextColumn("{task.description:<28}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=Console(stderr=True), transient=not sys.stderr.isatty())


def leave(code: int) -> NoReturn:
    """End with an exit code."""
    raise typer.Exit(code)
