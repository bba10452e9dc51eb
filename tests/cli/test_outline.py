"""Help lists the commands without importing them, and says of each what the command says of itself."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version

import pytest
from typer.main import get_command

from cli.conftest import Run
from discretio.cli.app import app
from discretio.cli.outline import COMMANDS, application_for


def test_every_command_is_listed_in_its_own_words() -> None:
    application_for(["no such command"])
    commands = getattr(get_command(app), "commands", {})
    assert {name: command.help for name, command in commands.items()} == {name: help_ for name, (_, help_) in COMMANDS.items()}


@pytest.mark.parametrize("words", [[], ["--help"]])
def test_the_list_names_every_command(words: list[str], run: Run) -> None:
    told = run(*words)
    assert all(name in told.out for name in COMMANDS)


def test_the_version_is_told(run: Run) -> None:
    assert run("--version").out == f"discretio {version('discretio')}\n"


def test_help_imports_nothing_heavy() -> None:
    program = (
        "import sys; sys.argv = ['discretio', '--help']\n"
        "from discretio.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(sorted({'pandas', 'sqlalchemy', 'presidio_analyzer', 'numpy', 'pyhanko', 'airflow'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
