"""discretio lexicon check."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from discretio.cli.app import Format, app, console, leave
from discretio.errors import EXIT_USAGE, UsageError
from discretio.policy_files.lexicon_lint import Gravity, lint
from discretio.settings import Settings
from discretio.steps.detector import lexicon_folders

lexicon_app = typer.Typer(no_args_is_help=True, help="Check the lexicons that detection reads.")
app.add_typer(lexicon_app, name="lexicon")


@lexicon_app.command("check")
def check(
    folder: Annotated[
        Path | None, typer.Argument(help="A folder with one folder per language; by default all lexicons in use.")
    ] = None,
    output: Annotated[Format, typer.Option("--format")] = Format.TABLE,
) -> None:
    """Find duplicates, conflicts, and terms that are too short or never reached. Exit code 2 if a lexicon is wrong."""
    if folder is not None and not folder.is_dir():
        raise UsageError("there is no such folder", remedy="give a folder with fr/, nl/, de/ or en/ in it")
    remarks = lint([folder] if folder else lexicon_folders(Settings.from_environment()))
    if output is Format.JSON:
        typer.echo(
            json.dumps([{"where": each.where, "gravity": each.gravity, "what": each.what} for each in remarks], indent=1)
        )
    else:
        for each in remarks:
            console.print(f"{each.where}: {each.gravity}: {each.what}", soft_wrap=True, markup=False)
        errors = sum(each.gravity is Gravity.ERROR for each in remarks)
        console.print(f"{errors} errors, {len(remarks) - errors} warnings")
    leave(EXIT_USAGE if any(each.gravity is Gravity.ERROR for each in remarks) else 0)
