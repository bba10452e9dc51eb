"""What the ledger knows of itself is judged like what a store tells: purges, findings, national numbers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cli.conftest import AS_OF, Run
from discretio import wiring
from discretio.ledger import stores
from discretio.ledger.outcomes import latest_outcomes
from discretio.steps.check import frames_for_judging

RULES = ("PIPE-NO-AUTO-DELETE", "PIPE-POLICY-DATED", "PIPE-FINDING-RETENTION")


@pytest.mark.parametrize("rule", RULES[1:])
def test_findings_are_judged_from_the_ledger(rule: str, run: Run, filled: Path) -> None:
    assert run("check", "main", "--as-of", AS_OF, "--rule", rule).code == 0
    place = wiring.workplace()
    found = latest_outcomes(place.ledger, stores.stores(place.ledger)[0].store_id)
    place.ledger.close()
    assert set(found.loc[found["rule_id"] == rule, "outcome"]) == {"PASS"}
    assert found.loc[found["rule_id"] == rule, "controller_key"].nunique() > 1


def test_a_store_without_purges_has_nothing_to_judge(run: Run, filled: Path) -> None:
    assert run("check", "main", "--as-of", AS_OF, "--rule", RULES[0]).code == 0
    place = wiring.workplace()
    found = latest_outcomes(place.ledger, stores.stores(place.ledger)[0].store_id)
    place.ledger.close()
    assert found.loc[found["rule_id"] == RULES[0], "outcome"].tolist() == ["N/A"]


def test_every_entry_that_a_scan_met_says_how_many_national_numbers_it_holds(filled: Path) -> None:
    place = wiring.workplace()
    day = date.fromisoformat(AS_OF)
    frames = frames_for_judging(place, "main", place.policy_on(day))
    place.ledger.close()
    numbers = frames["number_findings"]
    assert set(numbers["entry_key"]) == set(frames["entry_findings"]["entry_key"])
    assert (numbers["valid_numbers"] >= 0).all()
    assert (numbers["valid_numbers"] > 0).any()
