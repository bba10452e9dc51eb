"""The rules of each chapter through real Great Expectations: over a small lawful store of its own, and with one thing changed.

The stores and what is changed in them stand in stores/<chapter>.yaml; `broken_stores` says how they are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

import pytest
from ruamel.yaml import YAML

from checks.broken_stores import Frames, broken, lawful, policy, told
from checks.lawful_policy import AS_OF
from discretio.checks import CheckReport, CheckRequest, run_checks
from discretio.checks.attested_rule import AttestedRule
from discretio.checks.rule_expectation import RuleExpectation
from discretio.checks.suites import EVERY_STORE, read_suites
from discretio.domain.frames import ENTRY_FINDINGS, KNOWN_FRAMES
from discretio.domain.judgements.every_rule import rule_modules
from discretio.domain.outcomes import Outcome
from discretio.law.policy import ResolvedPolicy
from discretio.resources import folder

SUITES = folder("expectations") / EVERY_STORE
PLANNED: Mapping[str, type[RuleExpectation]] = {
    one.rule_id: one.expectation for suite in read_suites(SUITES.parent / "reference_store") for one in suite.expectations
}
CHAPTERS = sorted(path.stem for path in SUITES.glob("*.json"))


def rules_of(chapter: str) -> list[str]:
    listed = YAML(typ="safe").load((SUITES / f"{chapter}.json").read_text(encoding="utf-8"))["expectations"]
    return [one["kwargs"]["rule"] for one in listed]


def never(rule: str) -> frozenset[str]:
    """The outcomes that a rule never gives, as its module says; what is attested gives all."""
    module: ModuleType | None = rule_modules().get(rule)
    return frozenset(getattr(module, "NEVER", frozenset()))


def check(frames: Frames, *rules: str, under: ResolvedPolicy | None = None) -> CheckReport:
    suites = SUITES.parent / "reference_store"
    request = CheckRequest(frames=frames, policy=under or policy(), as_of=AS_OF, suites=suites, rules=frozenset(rules))
    return run_checks(request)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_rule_of_a_chapter_passes_over_its_lawful_store(chapter: str) -> None:
    report = check(lawful(chapter), *rules_of(chapter))
    assert report.problems == ()
    for rule in rules_of(chapter):
        counts = report.counts[rule]
        if "PASS" not in never(rule):
            assert counts[Outcome.PASS] > 0, rule
        unanswered = ~report.outcomes["outcome"].isin(["PASS", "N/A"])
        unwanted = report.outcomes.loc[(report.outcomes["rule_id"] == rule) & unanswered, "reason"].tolist()
        assert unwanted == [], rule


def breaks() -> Iterator[Any]:
    for chapter in CHAPTERS:
        for change in told(chapter)["breaks"]:
            yield pytest.param(chapter, change, id=f"{change['rule']}: {change['reason']}")


@pytest.mark.parametrize(("chapter", "change"), list(breaks()))
def test_one_thing_changed_changes_that_one_answer(chapter: str, change: Mapping[str, Any]) -> None:
    report = check(broken(chapter, change), change["rule"], under=policy(change.get("policy")))
    scope = str(change.get("scope", change.get("key")))
    found = report.outcomes[report.outcomes["scope_key"] == scope]
    assert set(zip(found["outcome"], found["reason"], strict=True)) == {(change["outcome"], change["reason"])}
    if "hears" in change:
        assert set(found["controller_key"]) == set(change["hears"])


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_rule_of_a_chapter_is_seen_to_fail_through_its_expectation(chapter: str) -> None:
    failing = {change["rule"] for change in told(chapter)["breaks"] if change["outcome"] == "FAIL"}
    attested = {rule for rule in rules_of(chapter) if issubclass(PLANNED[rule], AttestedRule)}
    assert {rule for rule in rules_of(chapter) if "FAIL" not in never(rule)} - attested <= failing


@pytest.mark.parametrize("rule", [rule for chapter in CHAPTERS for rule in rules_of(chapter)])
def test_without_a_frame_or_column_that_it_needs_a_rule_is_not_checkable(rule: str) -> None:
    chapter = next(chapter for chapter in CHAPTERS if rule in rules_of(chapter))
    whole = lawful(chapter)
    for name, columns in PLANNED[rule].needs.items():
        less = {other: table for other, table in whole.items() if other != name}
        assert reasons(check(less, rule)) == [("NOT_CHECKABLE", f"missing_frame_{name}")]
        for column in columns:
            less = {**whole, name: whole[name].drop(columns=column)}
            assert reasons(check(less, rule)) == [("NOT_CHECKABLE", f"missing_column_{name}_{column}")]


@pytest.mark.parametrize("rule", [rule for chapter in CHAPTERS for rule in rules_of(chapter)])
def test_an_empty_frame_beside_breaks_no_rule(rule: str) -> None:
    """There may be no session, no review, no grant yet: the rule then has less to go by, and still answers."""
    chapter = next(chapter for chapter in CHAPTERS if rule in rules_of(chapter))
    whole = lawful(chapter)
    for name in set(PLANNED[rule].needs) - {PLANNED[rule].frame}:
        assert check({**whole, name: whole[name].iloc[:0]}, rule).problems == (), name


def reasons(report: CheckReport) -> list[tuple[str, str]]:
    return list(zip(report.outcomes["outcome"], report.outcomes["reason"], strict=True))


@pytest.mark.parametrize("rule", sorted(PLANNED))
def test_a_rule_needs_only_what_a_store_can_be_asked_for_and_says_what_its_file_says(rule: str) -> None:
    """Every column has its meaning written down, and what an outcome is about is what the rule's file says."""
    known = KNOWN_FRAMES | {ENTRY_FINDINGS.name: ENTRY_FINDINGS}
    for name, columns in PLANNED[rule].needs.items():
        assert set(columns) <= set(known[name].column_names), name
    assert PLANNED[rule].scope_kind == policy().rules[rule].scope_kind
    assert issubclass(PLANNED[rule], AttestedRule) is bool(policy().rules[rule].attestation)
