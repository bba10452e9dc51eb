"""discretio purge, people."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from discretio.cli.app import AsOf, Store, app, console, day, print_table
from discretio.domain.approvals import Decision
from discretio.errors import PurgeRefusedError
from discretio.ledger import stores
from discretio.ledger.people import people, person_id_of
from discretio.ledger.plans import latest_plans, load_plan
from discretio.steps import approve as approving
from discretio.steps import erase, people_keys, plan
from discretio.steps.registering import registered_name
from discretio.steps.verify_purge import verify_purge
from discretio.steps.workplace import Workplace
from discretio.wiring import workplace

purge_app = typer.Typer(no_args_is_help=True, help="Plan, approve, run and verify deletions.")
people_app = typer.Typer(no_args_is_help=True, help="Enrol the persons who may act.")
app.add_typer(purge_app, name="purge")
app.add_typer(people_app, name="people")

Login = Annotated[str, typer.Option("--as", help="Your login.")]
PlanId = Annotated[str, typer.Argument(help="The plan's id.")]


@purge_app.command("plan")
def purge_plan(store: Store, login: Login, as_of: AsOf = None) -> None:
    """Freeze what is overdue in a plan. Touches nothing."""
    place = workplace()
    planned = plan.plan_purge(place, registered_name(place, store), day(as_of, place), requester=login)
    rows = [
        ("plan", planned.plan_id),
        ("root hash", planned.root_hash),
        ("dossiers", f"{planned.dossiers} of {planned.dossiers_in_store}"),
        ("rows of the art. 8 list", planned.art8_rows),
        ("may be executed", "no, dry run only" if planned.dry_run_only else "yes, once approved"),
    ]
    print_table("Plan", ("what", "value"), rows)
    _show_dry_run(place, planned.plan_id)
    if planned.held_back:
        print_table("Ended, but not to be deleted", ("reason", "items"), planned.held_back.items())


def _show_dry_run(place: Workplace, plan_id: str) -> None:
    rules = erase.dry_run(place, plan_id)
    if rules:
        print_table("Would delete, by rule", ("rule", "items"), rules.items())
    else:
        console.print("nothing is due that may be deleted")


@purge_app.command("list")
def purge_list() -> None:
    """List the plans, and what their approvals still lack."""
    place = workplace()
    names = {record.store_id: record.name for record in stores.stores(place.ledger)}
    rows = [
        (p.plan_id, names.get(p.store_id, ""), p.as_of, p.state, len(approving.missing(place, p)))
        for p in latest_plans(place.ledger)
    ]
    print_table("Plans", ("plan", "store", "as of", "state", "approvals missing"), rows)


@purge_app.command("approve")
def purge_approve(
    plan_id: PlanId,
    login: Login,
    key: Annotated[Path, typer.Option(help="Your personal key file.")],
    decision: Annotated[Decision, typer.Option(help="What you decide.")] = Decision.APPROVED,
) -> None:
    """Sign a decision on a plan, for every controller concerned that you act for."""
    place = workplace()
    signed = approving.approve(place, plan_id, login, key, decision=decision)
    missing = approving.missing(place, load_plan(place.ledger, plan_id))
    console.print(f"{signed} decisions signed; {len(missing)} approvals are still missing")


@purge_app.command("run")
def purge_run(
    plan_id: PlanId,
    dry: Annotated[bool, typer.Option("--dry-run", help="Only say what would be deleted.")] = False,  # noqa: FBT002 - an option
) -> None:
    """Delete what an approved plan holds; a run that was interrupted goes on."""
    place = workplace()
    if dry:
        _show_dry_run(place, plan_id)
        return
    done = erase.run_purge(place, plan_id)
    console.print(f"{done.deleted} dossiers and rows of the list deleted; discretio purge verify {plan_id} certifies it")
    print_table("Deleted", ("table", "rows"), done.rows.items())
    print_table("Dropped out", ("reason", "items"), done.dropped.items())
    if done.stopped:
        raise PurgeRefusedError(
            "the plan lost its approvals and was stopped before its end", where=plan_id, remedy="verify what was deleted"
        )


@purge_app.command("verify")
def purge_verify(plan_id: PlanId) -> None:
    """Read every erased key again, and certify the deletion if none is found."""
    place = workplace()
    certificate = verify_purge(place, plan_id)
    console.print(f"certificate {certificate.certificate_id}")
    console.print_json(certificate.body)


@people_app.command("enrol")
def people_enrol(
    login: Annotated[str, typer.Argument(help="The person's login.")],
    role: Annotated[list[str], typer.Option(help="APPROVER, DPO or ADMINISTRATOR; several times for several.")],
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
