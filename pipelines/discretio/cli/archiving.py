"""discretio archives."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from discretio.cli.app import AsOf, Store, app, console, day, leave, print_table
from discretio.errors import EXIT_FAILED
from discretio.steps import archiving
from discretio.steps.people_keys import signer
from discretio.steps.registering import registered_name
from discretio.wiring import workplace

archives_app = typer.Typer(
    no_args_is_help=True, help="Record what the archives let public bodies destroy, and what waits for it."
)
app.add_typer(archives_app, name="archives")

Controller = Annotated[str, typer.Option(help="Id of the public body.")]
Series = Annotated[str, typer.Option(help="Its SHARED, OWN or PRESIGNAL dossiers.")]
Ground = Annotated[str, typer.Option(help="The letter or the published list; name no person. Kept encrypted.")]
Login = Annotated[str, typer.Option("--as", help="Your login.")]
Key = Annotated[Path, typer.Option(help="Your personal key file.")]


@archives_app.command("clear")
def archives_clear(controller: Controller, series: Series, ground: Ground, login: Login, key: Key) -> None:
    """Record that the archives permit a series to be destroyed, or published a list that covers it."""
    _declare((controller, series), ground, (login, key), withdrawn=False)


@archives_app.command("withdraw")
def archives_withdraw(controller: Controller, series: Series, ground: Ground, login: Login, key: Key) -> None:
    """Record that they don't any more: its dossiers wait from then on."""
    _declare((controller, series), ground, (login, key), withdrawn=True)


@archives_app.command("list")
def archives_list(store: Store, as_of: AsOf = None) -> None:
    """List the series that are cleared or awaited. Exit code 1 if a dossier waits longer than it may."""
    place = workplace()
    on = day(as_of, place)
    found = archiving.series_of(place, registered_name(place, store), on)
    rows = [(*one.series, "yes" if one.cleared else "no", one.waiting, one.too_long) for one in found]
    print_table(f"Series on {on}", ("controller", "series", "cleared", "dossiers waiting", "too long"), rows)
    if any(one.too_long for one in found):
        console.print("dossiers wait for the archives longer than the policy lets them: have it decided")
        leave(EXIT_FAILED)


def _declare(series: tuple[str, str], ground: str, who: tuple[str, Path], *, withdrawn: bool) -> None:
    place = workplace()
    archiving.declare_clearance(place, series, ground, signer(place, *who, where=series[0]), withdrawn=withdrawn)
    console.print(f"{series[1]} of {series[0]}: {'waits for the archives again' if withdrawn else 'may be destroyed when due'}")
