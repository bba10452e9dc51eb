"""The page of the commands is what the commands say."""

from __future__ import annotations

from pathlib import Path

from discretio.cli.outline import COMMANDS
from discretio.cli.reference import page

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "cli.md"


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run make docs"


def test_every_command_stands_on_it_in_the_order_of_help() -> None:
    heads = [line for line in page().splitlines() if line.startswith("## ")]
    assert heads == [f"## `discretio {name}`" for name in COMMANDS]
