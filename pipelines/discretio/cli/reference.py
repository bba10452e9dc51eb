"""Every command and option as a page: `make docs` writes it, and a test sees that it is up to date."""

from __future__ import annotations

import re
import sys
from importlib import import_module
from pathlib import Path

import typer
from typer.cli import get_docs_for_click

from discretio import cli
from discretio.cli.app import app
from discretio.cli.outline import COMMANDS

_HEAD = """# The command line

Made from the commands by `make docs`. STORE is a registered name, a mapping file, a folder or the URL of one, or the
SQLAlchemy URL of a reference store. Exit codes: 0 done; 1 done and something failed, or not genuine; 2 wrong use or bad input;
3 something was not examined, or can't be verified. `--debug`, anywhere, shows tracebacks; they may quote data.

"""


def page() -> str:
    """The page, in Markdown, in the order of `discretio --help`."""
    for name in sorted({module for module, _ in COMMANDS.values()}):
        import_module(f"{cli.__name__}.{name}")
    command = typer.main.get_command(app)
    told = get_docs_for_click(obj=command, ctx=typer.Context(command, info_name="discretio"), name="discretio")
    # What stands before the first command says again what help says; so does the option that every command has.
    sections = re.split(r"^(?=## `)", told, flags=re.MULTILINE)[1:]
    order = {f"## `discretio {name}`": position for position, name in enumerate(COMMANDS)}
    sections.sort(key=lambda section: order[section.splitlines()[0]])
    options = "".join(sections).replace("* `--help`: Show this message and exit.\n", "").replace("**Options**:\n\n\n", "")
    return (_HEAD + options).rstrip() + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
