"""The table of points is refused where it could not rank."""

from __future__ import annotations

from pathlib import Path

import pytest

from discretio.domain.triage.priority import Band
from discretio.errors import PolicyError
from discretio.law.rules import Severity
from discretio.policy_files.priorities import PRIORITY_FILE, load_priorities
from discretio.resources import folder


def test_the_shipped_table_ranks_by_severity_and_band() -> None:
    table = load_priorities(folder("policies"))
    points = [table.severity[severity] for severity in Severity]
    assert points == sorted(points, reverse=True)
    assert table.bands[Band.URGENT] > table.bands[Band.HIGH] > table.bands[Band.NORMAL]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("critical: 45, ", "", "severity critical"),
        ("URGENT: 70", "URGENT: 10", "not in order"),
        ("HIGH: 55, ", "", "not in order"),
        ("age_days: 30", "age_days: 0", "age_days is zero"),
        ("special_class: 20", "special_class: many", "whole number"),
    ],
)
def test_a_table_that_can_t_rank_is_refused_with_its_file(tmp_path: Path, old: str, new: str, told: str) -> None:
    path = tmp_path / PRIORITY_FILE
    path.parent.mkdir()
    text = (folder("policies") / PRIORITY_FILE).read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(PolicyError, match=told) as refusal:
        load_priorities(tmp_path)
    assert PRIORITY_FILE in refusal.value.where
