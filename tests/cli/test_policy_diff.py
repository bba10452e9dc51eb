"""Before a change of policy is adopted, its effect is told as counts, and nothing is recorded or proposed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from cli.conftest import AS_OF, Run, refused
from discretio import wiring
from discretio.ledger import runs


@pytest.fixture
def shorter(filled: Path) -> Path:
    """The policies in use, with a cap of one year and a longer reason for category 16."""
    folder = Path(shutil.copytree(filled / "home" / "policies", filled / "shorter"))
    for name, old, new in (
        ("be/bill_56_0485/art2_retention_cap.yaml", "value: P30Y", "value: P1Y"),
        ("defaults/cat16_minimum_length.yaml", "value: 40", "value: 4000"),
    ):
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    return folder


def told(run: Run, before: object, after: object) -> dict[str, Any]:
    answer = run("policy", "diff", before, after, "--store", "main", "--as-of", AS_OF, "--format", "json")
    assert answer.code == 0, answer.err
    found: dict[str, Any] = json.loads(answer.out)
    return found


def test_a_policy_differs_in_nothing_from_itself(run: Run, filled: Path) -> None:
    found = told(run, "current", filled / "home" / "policies")
    assert found["outcomes"] == found["proposals"] == []
    assert found["same_outcomes"] > 0


def test_a_change_is_counted_by_rule_and_controller_and_recorded_nowhere(run: Run, shorter: Path) -> None:
    place = wiring.workplace()
    before = len(runs.runs(place.ledger))
    place.ledger.close()
    found = told(run, "current", shorter)
    assert {line["rule"] for line in found["outcomes"]} >= {"ART2-2-CAT16-JUSTIF"}
    assert {line["change"] for line in found["proposals"]} == {"ADDED", "OTHER_RULE"}
    assert all(line["n"] > 0 for line in found["outcomes"] + found["proposals"])
    place = wiring.workplace()
    assert len(runs.runs(place.ledger)) == before
    place.ledger.close()


def test_a_change_back_is_the_same_count_the_other_way_round(run: Run, shorter: Path) -> None:
    there, back = told(run, "current", shorter), told(run, shorter, "current")
    dropped, added = (
        sum(line["n"] for line in told["proposals"] if line["change"] == change)
        for told, change in ((back, "DROPPED"), (there, "ADDED"))
    )
    assert dropped == added > 0
    swapped = [(line["after"], line["before"], line["n"]) for line in back["outcomes"]]
    assert sorted(swapped) == sorted((line["before"], line["after"], line["n"]) for line in there["outcomes"])


def test_a_rule_that_only_one_policy_holds_is_not_asked_by_the_other(run: Run, filled: Path) -> None:
    found = told(run, "BE-BILL-56-0485", "GDPR-BASE")
    gone = [line for line in found["outcomes"] if line["rule"] == "ART2-2-CAT"]
    assert gone
    assert {line["after"] for line in gone} <= {"NOT_ASKED", "N/A"}
    assert "P0" not in json.dumps(found)


def test_what_is_no_policy_is_refused(run: Run, filled: Path) -> None:
    refused(run("policy", "diff", "current", "nowhere", "--store", "main"), 2, "nowhere", "folder")


def test_a_folder_of_policies_is_checked(run: Run, shorter: Path) -> None:
    assert run("policy", "check").code == 0
    (shorter / "adoption.yaml").write_text("BE-BILL-56-0485:\n  adopted_by: Board\n  adopted_at: null\n", encoding="utf-8")
    answer = run("policy", "check", shorter)
    assert answer.code == 1
    assert "adoption.yaml:2" in answer.out
