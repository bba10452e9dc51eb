"""discretio policy diff, check."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from discretio.cli.app import AsOf, Format, app, console, day, leave, print_table
from discretio.errors import EXIT_FAILED
from discretio.policy_files import check_policies
from discretio.settings import Settings
from discretio.steps.detector import policy_folder
from discretio.steps.policy_diff import compare_policies, policy_named
from discretio.steps.registering import registered_name
from discretio.wiring import workplace

policy_app = typer.Typer(no_args_is_help=True, help="Check a folder of policies, and compare two before one is adopted.")
app.add_typer(policy_app, name="policy")

Policy = Annotated[str, typer.Argument(help="`current`, the id of a policy set, or a folder of policies (FOLDER#SET).")]


@policy_app.command("diff")
def diff(
    before: Policy,
    after: Policy,
    store: Annotated[str, typer.Option(help="A registered store.")],
    as_of: AsOf = None,
    output: Annotated[Format, typer.Option("--format")] = Format.TABLE,
) -> None:
    """Count which outcomes and which proposals of deletion a change would alter, by rule and controller. Records nothing."""
    place = workplace()
    name, on = registered_name(place, store), day(as_of, place)
    folder = policy_folder(place.settings)
    told = compare_policies(place, name, *(policy_named(place, folder, one, on) for one in (before, after)))
    if output is Format.JSON:
        lines = {"outcomes": told.outcomes.to_dict("records"), "proposals": told.proposals.to_dict("records")}
        kept = {"same_outcomes": told.same_outcomes, "same_proposals": told.same_proposals}
        typer.echo(json.dumps(lines | kept, indent=1))
        return
    rows = told.outcomes.itertuples(index=False, name=None)
    print_table("Outcomes that would change", ("rule", "controller", "before", "after", "scopes"), rows)
    dues = told.proposals.itertuples(index=False, name=None)
    print_table("Proposals of deletion that would change", ("rule", "controller", "change", "number"), dues)
    console.print(f"{told.same_outcomes:,} outcomes and {told.same_proposals:,} proposals would stay as they are")


@policy_app.command("check")
def check(
    folder: Annotated[Path | None, typer.Argument(help="A folder of policies; the one in use by default.")] = None,
) -> None:
    """Say everything that is wrong in a folder of policies. Exit code 1 if anything is."""
    found = check_policies(folder or policy_folder(Settings.from_environment()))
    for error in found:
        console.print(str(error), soft_wrap=True, markup=False)
    console.print("1 problem" if len(found) == 1 else f"{len(found)} problems")
    leave(EXIT_FAILED if found else 0)
