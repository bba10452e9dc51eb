"""discretio paper."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from discretio.cli.app import AsOf, app, console, day, print_table
from discretio.steps import paper
from discretio.wiring import workplace

paper_app = typer.Typer(no_args_is_help=True, help="Keep the inventory of dossiers on paper, and note what was destroyed.")
app.add_typer(paper_app, name="paper")


@paper_app.command("load")
def paper_load(
    inventory: Annotated[Path, typer.Argument(help="A CSV or YAML file (docs/paper.md).")],
    name: Annotated[str, typer.Option(help="Name of the inventory.")] = "paper",
) -> None:
    """Load an inventory, or renew what it says of its dossiers: all of it, or nothing."""
    counts = paper.load_inventory(workplace(), inventory, name)
    print_table("Loaded", ("frame", "rows"), [(frame, number) for frame, number in counts.items() if number])


@paper_app.command("destroyed")
def paper_destroyed(
    dossier: Annotated[str, typer.Argument(help="The dossier's id, as the plan lists it, or its key in the inventory.")],
    login: Annotated[str, typer.Option("--as", help="Your login.")],
    key: Annotated[Path, typer.Option("--key", help="Your personal key.")],
    on: AsOf = None,
) -> None:
    """Sign that a dossier of an approved plan was destroyed on paper. --as-of is the day; today by default."""
    place = workplace()
    plan_id = paper.note_destroyed(place, dossier, login, key, day(on, place))
    console.print(f"noted; run plan {plan_id} once all its dossiers are destroyed")
