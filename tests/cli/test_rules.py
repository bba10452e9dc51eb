from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

Run = Callable[..., Any]


def test_coverage_counts_what_is_covered_of_the_117_obligations(run: Run) -> None:
    done = run("rules", "coverage", "--format", "json")
    told = json.loads(done.out)
    assert told["of"] == len(told["rules"]) == 117
    assert told["covered"] == sum(not rule["lacks"] for rule in told["rules"])
    assert done.code == (0 if told["covered"] == 117 else 1)


def test_a_rule_is_shown_with_its_source_its_phrase_and_what_answers_it(run: Run) -> None:
    shown = run("rules", "show", "ART4-CONSENT").out
    for word in ("BILL", "DOC 56 0485/001", "art. 4", "own_copy", "ExpectEveryOwnCopyToBeAgreedByItsIntroducers"):
        assert word in shown


def test_its_cases_are_those_that_the_tests_run(run: Run) -> None:
    cases = json.loads(run("rules", "cases", "ART4-CONSENT", "--format", "json").out)
    assert {"PASS", "FAIL", "NOT_CHECKABLE"} <= {answer for case in cases for answer in case["answers"]}


def test_every_listed_rule_has_four_titles(run: Run) -> None:
    listed = json.loads(run("rules", "list", "--format", "json").out)
    assert all(set(rule["titles"]) == {"fr", "nl", "en", "de"} for rule in listed)


def test_a_rule_that_isn_t_there_is_told_with_the_nearest_one(run: Run) -> None:
    done = run("rules", "show", "ART4-CONSENTS")
    assert done.code == 2
    assert "ART4-CONSENT" in done.err
