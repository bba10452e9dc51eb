"""docs/erasure.md names a test for each promise and each kind of bad input; what it names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from policy_files.shown import is_shown

PAGE = Path(__file__).resolve().parents[2] / "docs" / "erasure.md"


@pytest.mark.parametrize(("name", "at_least"), [("promises", 21), ("bad input", 12)])
def test_each_line_of_the_list_names_a_test_that_is_there(name: str, at_least: int) -> None:
    found = re.search(rf"<!-- {name} -->\n(.*?)\n<!-- end -->", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    rows = [line.split("|")[2] for line in found[1].splitlines()][2:]
    assert len(rows) >= at_least
    for shown in rows:
        tests = re.findall(r"`([^`]+)`", shown)
        assert tests
        assert [one for one in tests if not is_shown(one)] == []
