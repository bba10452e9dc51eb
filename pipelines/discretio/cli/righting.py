"""discretio rights."""

from __future__ import annotations

from collections import Counter
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from discretio.cli.app import AsOf, Store, app, console, day, leave, print_table
from discretio.cli.purging import explain_requester, show_plan
from discretio.domain.judgements.answers import Circumstances
from discretio.domain.outcomes import Outcome
from discretio.domain.rights_requests import Reply, Restriction, Right, RightsRequest, clocks
from discretio.errors import EXIT_FAILED, PeriodError, UsageError
from discretio.ledger.connection import server_date
from discretio.steps import rights
from discretio.steps.people_keys import signer
from discretio.steps.registering import registered_name
from discretio.steps.rights_erasure import plan_requested_erasure
from discretio.steps.rights_register import requests
from discretio.steps.workplace import Workplace
from discretio.wiring import workplace

SUMMARY = "Register, route, restrict and answer requests of interested persons, with both clocks; plan granted erasures."
rights_app = typer.Typer(no_args_is_help=True, help=SUMMARY)
app.add_typer(rights_app, name="rights")


class Origin(StrEnum):
    """Where an entry stands besides (art. 6)."""

    NONE = "NONE"
    DECISION = "DECISION"
    FILE = "FILE"
    CRIMINAL_PROC = "CRIMINAL_PROC"


RequestId = Annotated[str, typer.Argument(help="The request's id.")]
Login = Annotated[str, typer.Option("--as", help="Your login.")]
Key = Annotated[Path, typer.Option(help="Your personal key file.")]
Day = Annotated[str, typer.Option(metavar="DATE", help="The day, YYYY-MM-DD.")]


@rights_app.command("register")
def rights_register(  # noqa: PLR0913, PLR0917 - the options of the command line's contract
    store: Store,
    dossier: Annotated[list[str], typer.Argument(help="The dossiers that it touches: keys in the store, or ids.")],
    right: Annotated[Right, typer.Option(help="What the person asks.")],
    person: Annotated[Path, typer.Option(help="A file with who asks; only a keyed hash of it is kept.")],
    controller: Annotated[str, typer.Option(help="Id of the controller to whom it is addressed.")],
    received: Day,
    login: Login,
    key: Key,
    dated: Annotated[str | None, typer.Option(metavar="DATE", help="The date that it bears, if it bears one.")] = None,
) -> None:
    """Register a request and route it, entry by entry (arts 6, 16, 44)."""
    place = workplace()
    on, since = _date(received), _date(dated) if dated else None
    order = rights.RequestOrder(_text(person), right.value, dossier, controller, on, since)
    made = rights.register_request(place, registered_name(place, store), order, signer(place, login, key, where="rights"))
    console.print(f"request {made.request_id} is registered")
    _show(place, made)


@rights_app.command("route")
def rights_route(
    request_id: RequestId,
    login: Login,
    key: Key,
    origin: Annotated[
        Origin | None, typer.Option(help="What you found of the entries of which the store tells no judicial origin.")
    ] = None,
) -> None:
    """Route a request anew: an entry may have become judicial since."""
    place = workplace()
    signing = signer(place, login, key, where=request_id)
    _show(place, rights.route_request(place, request_id, signing, origin.value if origin else None))


@rights_app.command("extend")
def rights_extend(
    request_id: RequestId,
    told: Day,
    reason: Annotated[str, typer.Option(help="Why it takes longer. Kept encrypted.")],
    login: Login,
    key: Key,
) -> None:
    """Record that the person was told that the controller's answer takes longer (GDPR art. 12(3))."""
    place = workplace()
    signing = signer(place, login, key, where=request_id)
    _show(place, rights.extend_reply(place, request_id, _date(told), reason, signing))


@rights_app.command("restrict")
def rights_restrict(  # noqa: PLR0913, PLR0917 - the options of the command line's contract
    request_id: RequestId,
    right: Annotated[list[Right], typer.Option(help="A right that is restricted; several times for several.")],
    ground: Annotated[str, typer.Option(help="The number of its ground in art. 7, 1 to 5.")],
    notes: Annotated[str, typer.Option(help="Why it is necessary and proportionate. Kept encrypted.")],
    decided: Day,
    review: Annotated[str, typer.Option(metavar="DATE", help="When it is reviewed.")],
    login: Login,
    key: Key,
) -> None:
    """Record a restriction by the prosecutor (art. 7)."""
    place = workplace()
    restriction = Restriction(frozenset(one.value for one in right), ground, _date(decided), _date(review))
    signing = signer(place, login, key, where=request_id)
    _show(place, rights.restrict_request(place, request_id, restriction, notes, signing))


@rights_app.command("decide")
def rights_decide(
    request_id: RequestId,
    reply: Annotated[Reply, typer.Option(help="The answer; a refusal is one, a holding letter isn't.")],
    replied: Day,
    login: Login,
    key: Key,
) -> None:
    """Record the answer to a request."""
    place = workplace()
    signing = signer(place, login, key, where=request_id)
    _show(place, rights.decide_request(place, request_id, reply.value, _date(replied), signing))


@rights_app.command("erase")
def rights_erase(request_id: RequestId, login: Login) -> None:
    """Freeze in a plan what a granted request for erasure lets be erased. Touches nothing; approved as any other plan."""
    place = workplace()
    explain_requester(place, login)
    show_plan(place, plan_requested_erasure(place, request_id, requester=login), "Asked for, but not to be deleted")


@rights_app.command("list")
def rights_list(as_of: AsOf = None) -> None:
    """List the requests with both clocks. Exit code 1 if an answer is overdue."""
    place = workplace()
    on = day(as_of, place)
    under = Circumstances(place.policy_on(on), on)
    rows, late = [], False
    for one in requests(place):
        running = clocks(one, under)
        late |= one.reply is None and any(clock.judgement.outcome is Outcome.FAIL for clock in running)
        told = [f"{clock.deadline or '-'} {clock.judgement.reason}" for clock in running]
        rows.append((one.request_id, one.right, one.controller_id, one.reply or "", *told))
    print_table(f"Requests on {on}", ("request", "right", "addressed to", "answer", "prosecutor", "controller"), rows)
    if late:
        leave(EXIT_FAILED)


def _show(place: Workplace, request: RightsRequest) -> None:
    on = server_date(place.ledger)
    ways = Counter(request.routes.values())
    rows: list[tuple[str, object]] = [("right", request.right), ("dossiers", len(request.dossiers))]
    rows += [(f"entries by {way}", number) for way, number in sorted(ways.items())]
    running = clocks(request, Circumstances(place.policy_on(on), on))
    rows += [(clock.rule_id, f"{clock.deadline or '-'} {clock.judgement.reason}") for clock in running]
    earlier = sum(one.person == request.person for one in requests(place)) - 1
    print_table("Request", ("what", "value"), [*rows, ("other requests of this person", earlier)])


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("the file can't be read", where=type(error).__name__, remedy="name a file with who asks") from None


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise PeriodError("there is no such day", where=text, remedy="write it as 2026-11-21") from None
