"""The cases of cases/: each rule answers what a lawyer can read there, and nothing that isn't told makes it pass."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import Field, fields, replace
from datetime import date
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from ruamel.yaml import YAML

from discretio.domain.judgements import attested
from discretio.domain.judgements.answers import Circumstances
from discretio.domain.judgements.every_rule import reason_codes, rule_modules
from discretio.domain.judgements.facts import absence_of
from discretio.domain.judgements.reasons import FAMILIES, Reason, family_of
from discretio.resources import folder
from domain.judgements.told import told_facts, told_policy

FOLDER = Path(__file__).parent / "cases"
TODAY = date(2026, 11, 21)
# What no data can show is judged alike for every rule: its cases are told once.
ATTESTED = "ATTESTED"
MODULES: Mapping[str, ModuleType] = {**rule_modules(), ATTESTED: attested}
# The first ten rules say at each fact, in words, what its absence means; the later ones by `may_lack`.
TELLING = {rule: module for rule, module in MODULES.items() if module.__name__.count(".") > 3 or rule == ATTESTED}
WHOLE_STORE = {
    Reason.NOTHING_TO_JUDGE, Reason.NO_EXPECTATION, Reason.EXPECTATION_RAISED, Reason.NO_VALIDATION_RESULT,
    Reason.COUNTS_DISAGREE, Reason.RULE_NOT_IN_POLICY,
}  # fmt: skip


def read_cases() -> dict[str, list[Mapping[str, Any]]]:
    return {path.stem: YAML(typ="safe").load(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.rglob("*.yaml"))}


CASES = read_cases()


def every_case() -> Iterator[Any]:
    for rule, cases in CASES.items():
        for case in cases:
            yield pytest.param(rule, case, id=f"{rule}: {case['name']}")


def facts_of(module: ModuleType, told: Mapping[str, Any]) -> Any:  # noqa: ANN401 - each rule has its own Facts
    return told_facts(module.Facts, told)


@pytest.mark.parametrize(("rule", "case"), list(every_case()))
def test_the_rule_answers_as_the_case_says(rule: str, case: Mapping[str, Any]) -> None:
    assert set(case) <= {"name", "facts", "as_of", "policy", "outcome", "reason"}
    module = MODULES[rule]
    under = Circumstances(told_policy(case.get("policy", {})), case.get("as_of", TODAY))
    answer = module.judge(facts_of(module, case["facts"]), under)
    assert (answer.outcome.value, str(answer.reason)) == (case["outcome"], case["reason"])


@pytest.mark.parametrize("rule", sorted(MODULES))
@pytest.mark.parametrize("outcome", ["PASS", "FAIL", "NOT_CHECKABLE"])
def test_every_rule_is_seen_to_pass_to_fail_and_to_be_not_checkable(rule: str, outcome: str) -> None:
    told_so = {case["outcome"] for case in CASES[rule]}
    never = frozenset(getattr(MODULES[rule], "NEVER", frozenset()))
    assert outcome in told_so | {answer for answer, _ in untold(rule)} or outcome in never
    assert not told_so & never


def test_no_case_stands_alone_without_a_rule() -> None:
    assert set(CASES) == set(MODULES)


def test_every_rule_has_a_policy_file_and_every_parameter_that_it_misses_is_one_that_the_file_names() -> None:
    loader = YAML(typ="safe")
    for rule in CASES.keys() - {ATTESTED}:
        file = folder("policies") / "rules" / f"{rule}.yaml"
        named = set(loader.load(file.read_text(encoding="utf-8")).get("parameters", ()))
        missing = {name for case in CASES[rule] for name, value in case.get("policy", {}).items() if value is None}
        # The ceiling is the bill's alone: a rule that holds without the bill minds it where it is set, and doesn't name it.
        assert missing - {"categories", "retention.cap"} <= named, rule


@pytest.mark.parametrize("rule", sorted(MODULES))
def test_a_judge_answers_whatever_the_store_leaves_untold_and_passes_nothing_of_which_it_knows_nothing(rule: str) -> None:
    module = MODULES[rule]
    under = Circumstances(told_policy({}), TODAY)
    assert module.judge(module.Facts(), under).outcome.value in ("FAIL", "NOT_CHECKABLE")
    for case in CASES[rule]:
        facts = facts_of(module, case["facts"])
        for field in fields(facts):
            told = {other.name: getattr(facts, other.name) for other in fields(facts) if other.name != field.name}
            assert module.judge(module.Facts(**told), under).outcome


@cache
def untold(rule: str) -> frozenset[tuple[str, str]]:
    """What the rule answers to its cases with one needed fact at a time left out: the outcome, and which fact."""
    return frozenset((answer, fact.name) for fact in needed_facts(rule) for _, answer in answers_without(rule, fact.name))


def needed_facts(rule: str) -> tuple[Field[Any], ...]:
    return tuple(fact for fact in fields(MODULES[rule].Facts) if not absence_of(fact)) if rule in TELLING else ()


def answers_without(rule: str, fact: str) -> Iterator[tuple[str, str]]:
    """For each case, what it says, and what the rule answers if the store doesn't tell this fact."""
    module = MODULES[rule]
    for case in CASES[rule]:
        if "policy" not in case:
            under = Circumstances(told_policy({}), case.get("as_of", TODAY))
            facts = replace(facts_of(module, case["facts"]), **{fact: None})
            yield case["outcome"], module.judge(facts, under).outcome.value


EVERY_NEEDED_FACT = [(rule, fact.name) for rule in sorted(TELLING) for fact in needed_facts(rule)]


@pytest.mark.parametrize(("rule", "fact"), EVERY_NEEDED_FACT)
def test_a_fact_that_the_store_doesn_t_tell_makes_the_rule_not_checkable_and_passes_nothing(rule: str, fact: str) -> None:
    answers = list(answers_without(rule, fact))
    assert "NOT_CHECKABLE" in {after for before, after in answers if before != "NOT_CHECKABLE"}
    assert [before for before, after in answers if after == "PASS" and before != "PASS"] == []


def test_reasons_are_all_given_and_all_known() -> None:
    given: defaultdict[str, set[str]] = defaultdict(set)
    for rule, cases in CASES.items():
        for case in cases:
            given[family_of(case["reason"])].add(rule)
    assert reason_codes() - WHOLE_STORE == {reason for reason in given if reason not in FAMILIES}


def test_a_reason_that_nobody_gives_has_no_family() -> None:
    with pytest.raises(ValueError, match="reason"):
        family_of("missing_column_")
