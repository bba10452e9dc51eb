"""discretio purge."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from discretio.cli.app import AsOf, Store, app, console, day, print_table
from discretio.domain.approvals import Decision
from discretio.domain.due_calendar import calendar_ends
from discretio.errors import PurgeRefusedError
from discretio.ledger.people import people, person_id_of
from discretio.ledger.plans import load_plan
from discretio.reporting.words import words
from discretio.steps import approve as approving
from discretio.steps import erase, explain, plan, replay
from discretio.steps.acting import scope_of_plans
from discretio.steps.deletion_overview import mentions_for, plan_lines_for, plan_view_for
from discretio.steps.freezing import Planned
from discretio.steps.registering import registered_name
from discretio.steps.residue import searched_rows
from discretio.steps.verify_again import verify_again
from discretio.steps.verify_purge import verify_purge
from discretio.steps.workplace import Workplace
from discretio.wiring import workplace

purge_app = typer.Typer(no_args_is_help=True, help="Explain, plan, approve, run and verify deletions.")
app.add_typer(purge_app, name="purge")

Login = Annotated[str, typer.Option("--as", help="Your login.")]
Language = Annotated[str, typer.Option("--lang", help="Language of the reasons: fr, nl, de or en.")]
_AGREED = "the term that the participants agreed"
PlanId = Annotated[str, typer.Argument(help="The plan's id.")]


@purge_app.command("plan")
def purge_plan(store: Store, login: Login, as_of: AsOf = None) -> None:
    """Freeze what is overdue in a plan. Touches nothing."""
    place = workplace()
    planned = plan.plan_purge(place, registered_name(place, store), day(as_of, place), requester=login)
    explain_requester(place, login)
    show_plan(place, planned, "Ended, but not to be deleted")


@purge_app.command("replay")
def purge_replay(
    store: Store,
    login: Login,
    of: Annotated[
        str | None, typer.Option(help="The registered store whose backup it is, if it was restored elsewhere.")
    ] = None,
    as_of: AsOf = None,
) -> None:
    """Freeze in a plan what a restored backup brought back, as the ledger of erasures knows it. Touches nothing."""
    place = workplace()
    name = registered_name(place, store)
    planned = replay.plan_replay(place, name, day(as_of, place), requester=login, copy_of=of)
    explain_requester(place, login)
    show_plan(place, planned, "Erased before and there again, but not to be deleted")


def explain_requester(place: Workplace, login: str) -> None:
    """Say so where nobody is enrolled under the login of whoever asks: nothing then keeps him from approving as another."""
    if all(person.person_id != person_id_of(place.ledger, login) for person in people(place.ledger)):
        console.print("nobody is enrolled under this login: who asked for this plan can't be told from those who approve it")


def show_plan(place: Workplace, planned: Planned, held_back: str) -> None:
    """Print a plan, what it would delete, and what it leaves and why."""
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
        print_table(held_back, ("reason", "items"), planned.held_back.items())


def _show_dry_run(place: Workplace, plan_id: str) -> None:
    rules = erase.dry_run(place, plan_id)
    if rules:
        print_table("Would delete, by rule", ("rule", "items"), rules.items())
    else:
        console.print("nothing is due that may be deleted")


@purge_app.command("list")
def purge_list(login: Login) -> None:
    """List the plans that concern you, and how many approvals a waiting one still lacks."""
    lines = plan_lines_for(workplace(), login)
    rows = [(one.plan.plan_id, one.store, one.plan.as_of, one.plan.state, one.items, one.lacking) for one in lines]
    print_table("Plans", ("plan", "store", "as of", "state", "items", "approvals missing"), rows)


@purge_app.command("show")
def purge_show(plan_id: PlanId, login: Login, lang: Language = "en") -> None:
    """Show a plan before you decide: what would go, who signed, what lacks; your controllers' share, if you act for some."""
    place = workplace()
    view, spoken = plan_view_for(place, plan_id, login), words(lang)
    about = {"store": view.store, "as of": view.plan.as_of, "state": view.plan.state, "root hash": view.plan.root_hash}
    since = {} if view.added is None else {"new since the last plan": view.added, "gone since then": view.removed}
    shown = {"shows": "the whole plan" if view.whole else "your controllers' share of it"}
    print_table("Plan", ("what", "value"), [("plan", plan_id), *(about | since | shown).items()])
    print_table("Would delete, by rule", ("rule", "items"), view.by_rule.items())
    print_table("By controller concerned", ("controller", "items"), view.by_controller.items())
    signed = [(f"{one.at:%Y-%m-%d %H:%M}", one.role, one.controller_id or "", one.decision) for one in view.signed]
    print_table("Signed", ("when (UTC)", "role", "controller", "decision"), signed)
    lacking = [(spoken["retention_reasons"][one.reason.value], one.controller_id or "") for one in view.lacking]
    print_table("Lacking", ("what", "controller"), lacking)


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
def purge_verify(
    plan_id: PlanId,
    second: Annotated[bool, typer.Option("--second", help="Verify a certified plan again, once it is due.")] = False,  # noqa: FBT002 - an option
) -> None:
    """Read every erased key again, search files and other dossiers for what remains, and certify the deletion."""
    place = workplace()
    certificate = verify_again(place, plan_id) if second else verify_purge(place, plan_id)
    console.print(f"certificate {certificate.certificate_id}")
    reach = searched_rows(certificate.body)
    if reach is None:
        console.print("other dossiers were not searched for what was erased")
    else:
        console.print(f"other dossiers: {reach[0]:,} rows searched, {reach[1]:,} not readable, or not wholly")
    console.print_json(certificate.body)


@purge_app.command("mentions")
def purge_mentions(plan_id: PlanId, login: Login) -> None:
    """List where other dossiers still mention what a plan erased, by id. The DPO judges each; nothing is deleted for it.

    If you act for some controllers, in what these introduced.
    """
    found = mentions_for(workplace(), plan_id, login)
    rows = [(dossier, unit, number) for (dossier, unit), number in found.items()]
    print_table("Mentioned elsewhere", ("dossier", "unit", "mentions"), rows)


@purge_app.command("explain")
def purge_explain(
    store: Store,
    dossier: Annotated[str, typer.Argument(help="The dossier's key in the store, or its id in findings and plans.")],
    login: Login,
    as_of: AsOf = None,
    lang: Language = "en",
) -> None:
    """Say until when a dossier that concerns you may be kept: which rule, which dates, which source, what would change it."""
    place = workplace()
    spoken, controllers = words(lang), scope_of_plans(place, login)
    on = day(as_of, place)
    for one in explain.explain_dossier(place, registered_name(place, store), dossier, on, controllers):
        print_table(one.due.rule_id, ("what", "answer"), _rows(one, spoken))
    console.print(f"judged on {on}; nothing was recorded and nothing was touched")


@purge_app.command("calendar")
def purge_calendar(store: Store, as_of: AsOf = None) -> None:
    """Count what falls due in the next days, months and years; each dossier once, under the rule that ends first."""
    place = workplace()
    on = day(as_of, place)
    ends = ("ended", *(f"until {end}" if end != date.max else "later" for end in calendar_ends(on)[1:]))
    counted = explain.calendar(place, registered_name(place, store), on)
    rows = [(rule_id, *each) for rule_id, counts in counted.items() for each in zip(ends, counts, strict=True) if each[1]]
    print_table(f"Last lawful day, seen from {on}", ("rule", "last lawful day", "dossiers"), rows)


def _rows(one: explain.ExplainedDue, spoken: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - what YAML gives
    due, reasons = one.due, spoken["retention_reasons"]
    facts = dict(due.explanation)
    source = f"{one.reference.title} {one.reference.article}".strip() if one.reference else _AGREED if "source" in facts else ""
    rows = [
        ("status", due.status.value),
        ("why", reasons[due.reason.value]),
        ("concerns", facts.get("detail", "")),
        ("runs from", " to ".join(facts[name] for name in ("start", "start_latest") if name in facts)),
        ("term", " and ".join(facts[name] for name in ("term", "extension") if name in facts)),
        ("last lawful day", str(due.last_lawful_day or "")),
        ("source", source),
        ("can't be deleted on it", reasons[one.obstacle.value] if one.obstacle else "it can, once approved"),
        ("what would change it", spoken["retention_changes"][due.status.value]),
    ]
    return [(what, answer) for what, answer in rows if answer]
