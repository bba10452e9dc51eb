"""What the pages say can be typed exists, what they point to is there, and every page can be reached from the README."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup

from discretio.cli.app import app
from discretio.cli.reference import page

ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    path for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "policies" / "README.md"] if path.name != "cli.md"
]
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")
TYPED = re.compile(r"\bdiscretio ((?:[a-z][a-z-]* ?)+)([^`\n]*)")
TEST = re.compile(r"`(tests/[\w/.-]+?)(?:::(\w+))?`")


def texts() -> dict[Path, str]:
    return {path: path.read_text(encoding="utf-8") for path in PAGES}


def commands() -> dict[str, set[str]]:
    """By command, its options."""
    page()  # imports them all
    whole = typer.main.get_command(app)
    assert isinstance(whole, TyperGroup)
    found = dict(whole.commands)
    for name, command in whole.commands.items():
        if isinstance(command, TyperGroup):
            found.update({f"{name} {inner}": one for inner, one in command.commands.items()})
    return {name: {option for each in command.params for option in each.opts} for name, command in found.items()}


def typed(text: str) -> Iterator[tuple[str, str]]:
    """Command and the rest of what is typed after it, from code alone."""
    for code in re.findall(r"`([^`\n]+)`|^(?:\$ )?(discretio .*)$", text, re.MULTILINE):
        for match in TYPED.finditer(code[0] or code[1]):
            yield match[1].strip(), match[2]


def test_every_command_on_a_page_exists_with_its_options() -> None:
    known = commands()
    wrong: list[tuple[str, ...]] = []
    for path, text in texts().items():
        for words, rest in typed(text):
            name = next((name for name in (" ".join(words.split()[:2]), words.split()[0]) if name in known), None)
            if name is None:
                wrong.append((path.name, words))
                continue
            # Behind a bar stands another command of the same group.
            asked = set(re.findall(r"(?<!\S)\[?(--[a-z-]+|-[a-z])\b", rest.split("|")[0])) - {"--debug", "--help"}
            wrong += [(path.name, name, option) for option in asked - known[name]]
    assert wrong == []


def test_every_link_and_every_test_on_a_page_is_there() -> None:
    broken = []
    for path, text in texts().items():
        broken += [(path.name, link) for link in LINK.findall(text) if not (path.parent / link).exists()]
        for file, test in TEST.findall(text):
            there = (ROOT / file).exists() and (not test or f"def {test}(" in (ROOT / file).read_text(encoding="utf-8"))
            broken += [] if there else [(path.name, f"{file}::{test}")]
    assert broken == []


@pytest.mark.parametrize("page", sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("docs/**/*.md")))
def test_every_page_can_be_reached_from_the_readme(page: str) -> None:
    told, todo, reached = texts() | {ROOT / "docs/reference/cli.md": ""}, [ROOT / "README.md"], set()
    while todo:
        path = todo.pop()
        if path in reached:
            continue
        reached.add(path)
        todo += [
            linked for link in LINK.findall(told.get(path, "")) if (linked := (path.parent / link).resolve()).suffix == ".md"
        ]
    assert ROOT / page in reached
