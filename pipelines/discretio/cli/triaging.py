"""discretio triage."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from discretio.cli.app import AsOf, Format, app, console, day, print_table
from discretio.domain.triage.groups import grouped
from discretio.domain.triage.words import Answer, Decision, Dismissal, Status
from discretio.reporting.words import words
from discretio.steps import locate, triage, triage_proposal
from discretio.steps.people_keys import personal_key
from discretio.wiring import workplace

triage_app = typer.Typer(no_args_is_help=True, help="Answer and decide on what the rules found: ids and codes, never a text.")
app.add_typer(triage_app, name="triage")

Login = Annotated[str, typer.Option("--as", help="Your login.")]
ItemId = Annotated[str, typer.Argument(help="The item's id.")]
StoreName = Annotated[str | None, typer.Option("--store", help="The name of a registered store; all by default.")]
Key = Annotated[Path, typer.Option(help="Your personal key file; it signs what you say.")]
Reason = Annotated[Dismissal | None, typer.Option(help="Why, from the list that discretio triage reasons prints.")]
Language = Annotated[str, typer.Option("--lang", help="Language of the words: fr, nl, de or en.")]


class By(StrEnum):
    """What the lines of the list are."""

    ITEM = "item"
    DOSSIER = "dossier"
    PARTICIPANT = "participant"


@triage_app.command("list")
def triage_list(
    login: Login,
    store: StoreName = None,
    status: Annotated[list[Status] | None, typer.Option(help="Only these; what still waits by default.")] = None,
    by: Annotated[By, typer.Option(help="Items, or the priority of dossiers or participants.")] = By.ITEM,
    as_of: AsOf = None,
) -> None:
    """List what waits, the most urgent first. A reviewer sees what his own controllers introduced."""
    place = workplace()
    wanted = frozenset(status) if status else triage.WAITING
    found = triage.triage_list(place, login, day(as_of, place), store=store)
    items = [item for item in found if item.standing.status in wanted]
    if by is By.ITEM:
        _print_items(f"Triage: {len(items)} items", items)
        return
    keyed = ((i.dossier_id if by is By.DOSSIER else i.controller_id, i.priority, i.overdue is not None) for i in items)
    rows = [(g.key, g.points, g.band.value, *g.by_band.values(), g.overdue) for g in grouped(keyed)]
    print_table("Priority", (by.value, "points", "band", "urgent", "high", "normal", "low", "overdue"), rows)


@triage_app.command("overdue")
def triage_overdue(login: Login, store: StoreName = None, as_of: AsOf = None) -> None:
    """List what somebody should have answered, decided or done by now."""
    place = workplace()
    found = triage.triage_list(place, login, day(as_of, place), store=store)
    items = [item for item in found if item.overdue is not None]
    _print_items(f"Overdue: {len(items)} items", items)


@triage_app.command("show")
def triage_show(
    item_id: ItemId,
    login: Login,
    as_of: AsOf = None,
    lang: Language = "en",
    output: Annotated[Format, typer.Option("--format")] = Format.TABLE,
) -> None:
    """Show one item: where it stands, what was said of it, and each point of its priority."""
    place = workplace()
    item, said = triage.triage_show(place, item_id, login, day(as_of, place))
    if output is Format.JSON:
        facts = {"item": asdict(item), "said": [asdict(one) for one in said]}
        typer.echo(json.dumps(facts, indent=1, default=str))
        return
    told = (("item_id", item.item_id), ("store", item.store), ("rule", item.rule_id), ("about", item.scope_kind),
            ("its id", item.scope_id), ("dossier", item.dossier_id), ("introduced by", item.controller_id),
            ("found", item.target), ("evidence", item.evidence), ("answer of the rule", f"{item.outcome}, {item.reason}"),
            ("known since", item.first_seen), *_stands(item))  # fmt: skip
    print_table("Item", ("what", "value"), [row for row in told if row[1]])
    spoken = words(lang)["triage_grounds"]
    parts = [(spoken[part.ground.value], part.detail, part.points) for part in item.priority.parts]
    total = ("TOTAL", item.priority.band.value, item.priority.points)
    print_table("Priority", ("ground", "because of", "points"), [*parts, total])
    rows = [(s.event.on, s.person_id, s.event.word.value, _particulars(s.event), "key" if s.signature else "session")
            for s in said]  # fmt: skip
    print_table("Said of it", ("on", "by", "what", "with", "proved by"), rows)


@triage_app.command("answer")
def triage_answer(
    item_id: ItemId,
    login: Login,
    key: Key,
    says: Annotated[Answer, typer.Option(help="What you found in your own system.")],
    reason: Reason = None,
) -> None:
    """Answer as a reviewer of the participant that introduced the record, having looked at it in his own system."""
    item = triage.triage_answer(workplace(), item_id, login, triage.Choice(says, reason, private_key=personal_key(key)))
    console.print(f"recorded; the item is {item.standing.status.value}")


@triage_app.command("decide")
def triage_decide(  # noqa: PLR0913, PLR0917 - the options of a command
    item_id: ItemId,
    login: Login,
    key: Key,
    decision: Annotated[Decision, typer.Option(help="What you decide.")],
    reason: Reason = None,
    assign: Annotated[str, typer.Option(help="Id of the controller who is to act, with CONFIRM.")] = "",
    due: Annotated[str | None, typer.Option(metavar="DATE", help="Until when, with CONFIRM.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Until when the risk is accepted.")] = None,
) -> None:
    """Decide as a data protection officer: confirm, dismiss, or accept a risk until a day. Told to the audit chain."""
    place = workplace()
    due_on, until_on = (None if text is None else day(text, place) for text in (due, until))
    choice = triage.Choice(decision, reason, assign, due_on, until_on, personal_key(key))
    item = triage.triage_decide(place, item_id, login, choice)
    console.print(f"recorded; the item is {item.standing.status.value}")


@triage_app.command("locate")
def triage_locate(
    ids: Annotated[list[str], typer.Argument(help="Ids of items, or of a sample.")],
    login: Login,
    output: Annotated[Path, typer.Option("--output", "-o", help="The CSV file to write; only its owner may read it.")],
) -> None:
    """Write what your own system calls the records behind items or a sample: for the introducer's reviewer alone."""
    console.print(f"{locate.write_keys(workplace(), login, ids, output)} keys written; the audit chain says that you asked")


@triage_app.command("reasons")
def triage_reasons(lang: Language = "en") -> None:
    """List the reasons for which an item can be dismissed; those that blame the detector need a reviewer's answer first."""
    spoken = words(lang)["triage_reasons"]
    print_table("Reasons", ("reason", "meaning"), [(reason.value, spoken[reason.value]) for reason in Dismissal])


@triage_app.command("propose")
def triage_propose(
    login: Login,
    output: Annotated[Path, typer.Option("--output", "-o", help="The YAML file to write.")],
    least: Annotated[int, typer.Option(help="How many dismissals a class needs.", min=1)] = triage_proposal.LEAST,
) -> None:
    """Write, for each dismissed class of false alarms, what its lexicon or context could change; no word of a dossier."""
    number = triage_proposal.write_proposals(workplace(), login, output, least=least)
    console.print(f"{number} proposals written; the reviewers who saw the texts fill in the words")


def _print_items(title: str, items: Sequence[triage.TriageItem]) -> None:
    rows = [
        (i.item_id, i.priority.points, i.priority.band.value, i.rule_id, i.target, i.evidence, i.scope_id, i.controller_id,
         i.first_seen, i.standing.status.value, i.standing.lapsed or "", i.overdue or "")
        for i in items
    ]  # fmt: skip
    columns = (
        "item",
        "points",
        "band",
        "rule",
        "found",
        "evidence",
        "about",
        "introduced by",
        "since",
        "status",
        "lapsed",
        "overdue",
    )
    print_table(title, columns, rows)


def _stands(item: triage.TriageItem) -> Iterable[tuple[str, object]]:
    yield "status", item.standing.status.value
    yield "lapsed", item.standing.lapsed.value if item.standing.lapsed else ""
    yield "overdue", item.overdue.value if item.overdue else ""


def _particulars(event: object) -> str:
    named = {name: getattr(event, name) for name in ("reason", "assignee", "due", "until")}
    return ", ".join(
        f"{name} {value.isoformat() if isinstance(value, date) else value}" for name, value in named.items() if value
    )
