"""discretio people."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from discretio.cli.app import app, console, print_table
from discretio.errors import UsageError
from discretio.ledger.confirmations import standing_people
from discretio.ledger.people import people, person_id_of
from discretio.steps import people_keys
from discretio.steps.acting import acting
from discretio.steps.confirming import confirm_enrolment
from discretio.wiring import workplace

people_app = typer.Typer(no_args_is_help=True, help="Enrol the persons who may act.")
app.add_typer(people_app, name="people")


@people_app.command("enrol")
def people_enrol(
    login: Annotated[str, typer.Argument(help="The person's login.")],
    role: Annotated[list[str], typer.Option(help="APPROVER, REVIEWER, DPO or ADMINISTRATOR; several times for several.")],
    public_key: Annotated[
        str, typer.Option(help="What `discretio people key` printed to the person, who keeps the rest.")
    ] = "",
    key: Annotated[Path | None, typer.Option(help="Where a new personal key goes, if the person made none.")] = None,
    controller: Annotated[list[str] | None, typer.Option(help="Id of a controller acted for; several times.")] = None,
) -> None:
    """Enrol a person; only the public half of the personal key is kept in the ledger."""
    if bool(public_key) == (key is not None):
        raise UsageError("a person is enrolled with one key", remedy="give --public-key, or --key to make a new one here")
    place = workplace()
    public = people_keys.new_personal_key(key) if key else public_key
    person = people_keys.enrol_person(place, login, role, controller or [], public)
    remind = "; give the key file to the person, and to nobody else" if key else ""
    console.print(f"enrolled as {person.person_id}{remind}; another person confirms it: discretio people confirm")


@people_app.command("confirm")
def people_confirm(
    login: Annotated[str, typer.Argument(help="The login of the person whom you confirm.")],
    public_key: Annotated[str, typer.Option(help="The person's public key, as he himself told you.")],
    own: Annotated[str, typer.Option("--as", help="Your login; an officer's or an approver's who is confirmed.")],
    key: Annotated[Path, typer.Option(help="Your personal key file.")],
) -> None:
    """Confirm an enrolment: no plan goes on by the word of somebody whom nobody else has confirmed.

    The first data protection officer confirms himself; from then on, everyone is confirmed by another.
    """
    place = workplace()
    confirm_enrolment(place, login, public_key, people_keys.signer(place, own, key, where=""))
    console.print(f"confirmed: {person_id_of(place.ledger, login)}")


@people_app.command("key")
def people_key(file: Annotated[Path, typer.Argument(help="Where your key goes; nobody else needs it ever.")]) -> None:
    """Make your own signing key, and print the public half for whoever enrols you."""
    console.print(people_keys.new_personal_key(file))


@people_app.command("public")
def people_public(file: Annotated[Path, typer.Argument(help="Your personal key file.")]) -> None:
    """Print the public half of your key again, to tell it to whoever confirms you."""
    console.print(people_keys.public_half(people_keys.personal_key(file)))


@people_app.command("lock")
def people_lock(
    login: Annotated[str, typer.Argument(help="Your login.")],
    key: Annotated[Path, typer.Option(help="Your personal key file.")],
) -> None:
    """Keep your key in the ledger under a passphrase, asked for here, to sign on the Compliance page; nothing else opens it."""
    place = workplace()
    acting(place, login)  # before anybody thinks of a passphrase
    passphrase = typer.prompt("Passphrase", hide_input=True, confirmation_prompt=True)
    people_keys.lock_personal_key(place, login, key, passphrase)
    console.print("your key is kept; the Compliance page asks for this passphrase, and the audit chain tells of wrong ones")


@people_app.command("list")
def people_list() -> None:
    """List who is enrolled, by id, and whose enrolment another person has confirmed."""
    ledger = workplace().ledger
    standing = {person.person_id for person in standing_people(ledger)}
    states = {True: "revoked", False: "not confirmed"}
    rows = [
        (
            person.person_id, " ".join(person.roles), len(person.controller_ids),
            "confirmed" if person.person_id in standing else states[person.revoked_at is not None],
        )
        for person in people(ledger)
    ]  # fmt: skip
    print_table("People", ("person", "roles", "controllers", "enrolment"), rows)


@people_app.command("id")
def people_id(login: Annotated[str, typer.Argument(help="A login.")]) -> None:
    """Print the id under which a login is known."""
    console.print(person_id_of(workplace().ledger, login))
