"""discretio store grants: rights on databases, by role."""

from __future__ import annotations

from typing import Annotated

import typer

from discretio.cli.app import Store
from discretio.steps.granting import ledger_statements, store_statements
from discretio.steps.registering import registered_name
from discretio.wiring import workplace


def grants(
    store: Store,
    prefix: Annotated[str, typer.Option(help="What the names of the roles begin with.")] = "discretio",
) -> None:
    """Print the SQL that makes a role each for scan, purge and report, with the rights it needs and no other."""
    place = workplace()
    statements = list(store_statements(place, registered_name(place, store), prefix))  # a store that is unknown prints nothing
    typer.echo("-- in the store's database, as its owner")
    for statement in statements:
        typer.echo(statement)
    typer.echo("\n-- in the ledger's database, as its owner; `decide` is for the Compliance page and the command line")
    for statement in ledger_statements(place, prefix):
        typer.echo(statement)
