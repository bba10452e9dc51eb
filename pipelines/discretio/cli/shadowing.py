"""discretio shadow."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from discretio.cli.app import app, console, leave, print_table
from discretio.errors import EXIT_NOT_EXAMINED, PeriodError
from discretio.ledger.connection import server_date
from discretio.ledger.mandates import end_expired, mandates
from discretio.steps import copy_places, shadow_search
from discretio.steps import mandates as giving
from discretio.wiring import workplace

shadow_app = typer.Typer(
    no_args_is_help=True, help="Look for copies outside the stores, under a mandate of who holds the place."
)
app.add_typer(shadow_app, name="shadow")

Place = Annotated[str, typer.Argument(help="A folder or the URL of one, outside the registered stores.")]
MandateId = Annotated[str, typer.Option("--mandate", help="The mandate's id.")]
Login = Annotated[str, typer.Option("--as", help="Your login.")]
Key = Annotated[Path, typer.Option("--key", help="Your personal key.")]


@shadow_app.command("mandate")
def shadow_mandate(  # noqa: PLR0913 - a mandate says all this, and each is an option
    target: Place,
    *,
    store: Annotated[str, typer.Option(help="The registered store whose copies may be looked for.")],
    controller: Annotated[str, typer.Option(help="Id of the controller that holds the place.")],
    since: Annotated[str, typer.Option("--from", metavar="DATE", help="First day, YYYY-MM-DD.")],
    until: Annotated[str, typer.Option("--until", metavar="DATE", help="Last day.")],
    login: Login,
    key: Key,
) -> None:
    """Record that a place may be searched: signed by a DPO, or by an approver of the controller that holds it."""
    terms = giving.MandateTerms(store, controller, _day(since), _day(until))
    mandate = giving.give_mandate(workplace(), target, terms, login, key)
    console.print(f"mandate {mandate.mandate_id}, from {mandate.valid_from} to {mandate.valid_until}")


@shadow_app.command("search")
def shadow_search_place(target: Place, mandate: MandateId) -> None:
    """Search a place for copies of a store's contents. Exit code 3 if something was not examined."""
    counts = shadow_search.search(workplace(), target, mandate)
    rows = [(name.replace("_", " "), getattr(counts, name)) for name in counts.__slots__ if name != "run_id"]
    print_table(f"Search under {mandate}, run {counts.run_id}", ("what", "number"), rows)
    leave(EXIT_NOT_EXAMINED if counts.not_examined or counts.not_looked_for else 0)


@shadow_app.command("copies")
def shadow_copies(
    mandate: Annotated[str, typer.Argument(help="The mandate's id.")],
    login: Login,
    key: Key,
    out: Annotated[Path, typer.Option(help="The file to write, one JSON a line; it names places, and so perhaps people.")],
) -> None:
    """Write where the last search found copies, for whoever gave the mandate."""
    number = copy_places.write(workplace(), mandate, login, key, out)
    console.print(f"{number} copies written to the file; delete it once they are dealt with")


@shadow_app.command("list")
def shadow_list() -> None:
    """List the mandates, by id."""
    place = workplace()
    end_expired(place.ledger, server_date(place.ledger))
    rows = [
        (one.mandate_id, one.controller_id, one.location_id, one.valid_from, one.valid_until, "ended" if one.ended_at else "")
        for one in mandates(place.ledger)
    ]
    print_table("Mandates", ("mandate", "controller", "place", "from", "until", ""), rows)


@shadow_app.command("end")
def shadow_end(mandate: Annotated[str, typer.Argument(help="The mandate's id.")], login: Login) -> None:
    """End a mandate before its day; where copies were found is forgotten."""
    giving.end(workplace(), mandate, login)
    console.print("ended")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise PeriodError("there is no such day", where=text, remedy="write it as 2026-11-21") from None
