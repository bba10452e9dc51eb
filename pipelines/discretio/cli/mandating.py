"""discretio mandate."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from discretio.cli.app import app, console, print_table
from discretio.errors import PeriodError
from discretio.steps import standing_mandates as giving
from discretio.steps.people_keys import signer
from discretio.steps.plan_facts import standing_mandates
from discretio.wiring import workplace

SUMMARY = "Give, withdraw and list standing mandates to delete; two persons still approve each plan."
mandate_app = typer.Typer(no_args_is_help=True, help=SUMMARY)
app.add_typer(mandate_app, name="mandate")

Login = Annotated[str, typer.Option("--as", help="Your login.")]
Key = Annotated[Path, typer.Option(help="Your personal key file.")]


@mandate_app.command("give")
def mandate_give(
    controller: Annotated[str, typer.Option(help="Id of the controller for which you act.")],
    rule: Annotated[list[str], typer.Option(help="A rule under which something is deleted; several times for several.")],
    until: Annotated[str, typer.Option(metavar="DATE", help="Its last day.")],
    login: Login,
    key: Key,
) -> None:
    """Let a mandate stand in for your controller's approval of plans that are made from now on."""
    try:
        last = date.fromisoformat(until)
    except ValueError:
        raise PeriodError("there is no such day", where=until, remedy="write it as 2026-11-21") from None
    place = workplace()
    made = giving.give_mandate(place, controller, rule, last, signer(place, login, key, where=controller))
    console.print(f"mandate {made.mandate_id} stands through {made.until}")


@mandate_app.command("withdraw")
def mandate_withdraw(mandate_id: Annotated[str, typer.Argument(help="The mandate's id.")], login: Login, key: Key) -> None:
    """Take a mandate back. Plans under way that rest on it are stopped."""
    place = workplace()
    stopped = giving.withdraw_mandate(place, mandate_id, signer(place, login, key, where=mandate_id))
    console.print(f"mandate {mandate_id} is withdrawn; {stopped} plans that rested on it are stopped")


@mandate_app.command("list")
def mandate_list() -> None:
    """List the mandates."""
    found = standing_mandates(workplace())
    ended = {True: "withdrawn", False: ""}
    rows = [(m.mandate_id, m.controller_id, " ".join(sorted(m.rules)), m.until, ended[m.withdrawn]) for m in found]
    print_table("Standing mandates", ("mandate", "controller", "rules", "until", ""), rows)
