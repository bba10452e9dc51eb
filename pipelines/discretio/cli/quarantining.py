"""discretio quarantine list, release, alerts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from discretio.cli.app import Store, app, console, print_table
from discretio.ledger.quarantine import alerts as alerts_of
from discretio.steps.quarantining import REASONS, Release, quarantined_in
from discretio.steps.quarantining import release as release_unit
from discretio.steps.registering import registered_name
from discretio.wiring import workplace

quarantine_app = typer.Typer(
    no_args_is_help=True, help="Documents that may not be there: classified, lawyers' confidences, youth reports."
)
app.add_typer(quarantine_app, name="quarantine")


@quarantine_app.command("list")
def list_quarantined(store: Store) -> None:
    """List the documents in quarantine, by id, and which mark bars each."""
    place = workplace()
    found = quarantined_in(place, registered_name(place, store))
    rows = [(one.unit_id, one.entry_id or "", one.controller_id or "", ", ".join(one.marks)) for one in found]
    print_table("Quarantine", ("document", "entry", "controller", "marks"), rows)


@quarantine_app.command("alerts")
def list_alerts() -> None:
    """List the alerts: of which mark, about which controller, through which channels. Nothing is sent over a network."""
    rows = [
        (one.mark.value, one.controller_id, ", ".join(one.channels), len(one.unit_ids)) for one in alerts_of(workplace().ledger)
    ]
    print_table("Alerts", ("mark", "controller", "channels", "documents"), rows)


@quarantine_app.command("release")
def release(
    store: Store,
    document: Annotated[str, typer.Argument(help="The document's id.")],
    *,
    reason: Annotated[str, typer.Option(help=f"One of {', '.join(REASONS)}.")],
    login: Annotated[str, typer.Option("--as", help="Your login.")],
    key: Annotated[Path, typer.Option("--key", help="Your personal key.")],
) -> None:
    """Release a document as it is: the next scan reads it whole. Should it change, a mark bars it anew."""
    place = workplace()
    release_unit(place, registered_name(place, store), Release(document, reason, login, key))
    console.print("released; the next scan reads it again")
