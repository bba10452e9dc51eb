"""docs/bad-input.md speaks of everything that issue 4 lists as bad input, and names tests that exist."""

from __future__ import annotations

import re

import pytest

from policy_files.shown import TESTS, is_shown

TOLD = (TESTS.parent / "docs" / "bad-input.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.split("|")[1:4]] for line in TOLD.splitlines() if line.startswith("| ") and "::" in line]
LISTED = (
    "zip bomb", "nested archives", "million pages", "XML entity expansion", "DOCX with an external relation", "path traversal",
    "symbolic links out of the tree", "NUL bytes", "mixed encodings", "10 GB", "type unknown to SQLAlchemy",
    "view instead of a table", "no primary key", "composite keys", "deleted or added while scanning", "credentials wrong",
    "credentials read-write", "fuzzed", "once broke a reader",
)  # fmt: skip


@pytest.mark.parametrize("what", LISTED)
def test_each_bad_input_has_an_outcome_and_a_test(what: str) -> None:
    assert [outcome for comes, outcome, _ in ROWS if what in comes and outcome]


@pytest.mark.parametrize("shown", [shown for *_, shown in ROWS])
def test_what_the_page_names_is_there(shown: str) -> None:
    named = re.findall(r"`([^`]+)`", shown)
    assert named
    assert all(is_shown(test) for test in named), shown
