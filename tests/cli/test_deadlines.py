"""What waits is counted from the ledger, and what is late ends with exit code 1."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.conftest import AS_OF, Run, refused
from discretio.ledger.outcomes import latest_outcomes
from discretio.ledger.stores import stores
from discretio.wiring import workplace

pytestmark = pytest.mark.usefixtures("filled")
LATER = "2026-12-24"


def waiting(run: Run, as_of: str) -> tuple[int, dict[str, int]]:
    answer = run("deadlines", "--as-of", as_of, "--format", "json")
    return answer.code, {one["duty"]: one["number"] for one in json.loads(answer.out)}


def test_a_store_scanned_today_is_not_late(run: Run) -> None:
    code, found = waiting(run, AS_OF)
    assert code == 0
    assert "SCAN_LATE" not in found


def test_after_a_month_the_scan_and_the_answers_are_late(run: Run) -> None:
    code, found = waiting(run, LATER)
    assert code == 1
    assert found["SCAN_LATE"] == 1
    assert found["ANSWER_LATE"] > 0


def test_a_plan_waits_for_its_approvals_and_terms_have_ended(run: Run) -> None:
    assert "PLAN_WAITS" not in waiting(run, AS_OF)[1]
    assert run("purge", "plan", "main", "--as", "ann", "--as-of", AS_OF).code == 0
    code, found = waiting(run, AS_OF)
    assert (code, found["PLAN_WAITS"]) == (0, 1)
    assert found["TERM_ENDED"] > 0


def test_failures_of_rules_that_alert_are_counted_and_no_others(run: Run, bare_home: Path) -> None:
    place = workplace()
    answers = latest_outcomes(place.ledger, stores(place.ledger)[0].store_id)
    failed = answers[answers["outcome"] == "FAIL"].drop_duplicates(["rule_id", "scope_key"])
    expected = int((failed["rule_id"] == "ART2-2-CAT").sum())
    assert 0 < expected < len(failed)
    assert "RULE_ALERT" not in waiting(run, AS_OF)[1]
    rule = bare_home / "policies" / "rules" / "ART2-2-CAT.yaml"
    rule.write_text(rule.read_text(encoding="utf-8").replace("does: [DETECT]", "does: [DETECT, ALERT]"), encoding="utf-8")
    code, found = waiting(run, AS_OF)
    assert (code, found["RULE_ALERT"]) == (0, expected)


def test_it_is_told_in_the_language_that_was_asked_for(run: Run) -> None:
    answer = run("deadlines", "--as-of", LATER, "--lang", "fr")
    assert "n’a pas été parcouru" in " ".join(answer.out.split())


def test_an_unknown_language_is_refused_even_if_nothing_waits(run: Run) -> None:
    refused(run("deadlines", "--as-of", AS_OF, "--lang", "xx"), 2, "no translation")
