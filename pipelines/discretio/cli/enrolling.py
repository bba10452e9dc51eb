"""discretio people."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from discretio.cli.app import app, console, print_table
from discretio.ledger.people import people, person_id_of
from discretio.steps import people_keys
from discretio.wiring import workplace

people_app = typer.Typer(no_args_is_help=True, help="Enrol the persons who may act.")
app.add_typer(people_app, name="people")


@people_app.command("enrol")
def people_enrol(
    login: Annotated[str, typer.Argument(help="The person's login.")],
    role: Annotated[list[str], typer.Option(help="APPROVER, REVIEWER, DPO or ADMINISTRATOR; several times for several.")],
    key: Annotated[Path, typer.Option(help="Where the new personal key goes.")],
    controller: Annotated[list[str] | None, typer.Option(help="Id of a controller acted for; several times.")] = None,
) -> None:
    """Enrol a person and make the personal key; only its public half is kept in the ledger."""
    place = workplace()
    public_key = people_keys.new_personal_key(key)
    person = people_keys.enrol_person(place, login, role, controller or [], public_key)
    console.print(f"enrolled as {person.person_id}; give the key file to the person, and to nobody else")


@people_app.command("list")
def people_list() -> None:
    """List who is enrolled, by id."""
    enrolled = people(workplace().ledger)
    rows = [(p.person_id, " ".join(p.roles), len(p.controller_ids), "revoked" if p.revoked_at else "") for p in enrolled]
    print_table("People", ("person", "roles", "controllers", ""), rows)


@people_app.command("id")
def people_id(login: Annotated[str, typer.Argument(help="A login.")]) -> None:
    """Print the id under which a login is known."""
    console.print(person_id_of(workplace().ledger, login))
