"""The cases of cases/*.yaml: each rule answers what a lawyer can read there."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date, datetime, time
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from ruamel.yaml import YAML

from discretio.domain import judgements
from discretio.domain.judgements.answers import Circumstances
from discretio.domain.judgements.consent import Agreement
from discretio.domain.judgements.reasons import FAMILIES, Reason, family_of
from discretio.law.periods import Period
from discretio.law.policy import Category, ResolvedPolicy, Status
from discretio.law.special_classes import CATEGORY_NUMBERS, Flag
from discretio.resources import folder

FOLDER = Path(__file__).parent / "cases"
TODAY = date(2026, 11, 21)
DEFAULTS: dict[str, Any] = {
    "retention.cap": "P30Y", "retention.agreed_start": "EFFECTIVE_CLOSURE", "retention.open_alarm": "P30Y",
    "reply.term": "P3M", "reply.warn_lead": "P21D", "reply.start": "REQUEST", "cat16.minimum_length": 40,
    "cat16.stop_words": ("nécessaire", "noodzakelijk", "idem", "n.v.t."), "cat16.justify_within": "P7D",
    "cat16.share_warn": 0.10, "own_copy.withdrawal_grace": "P30D", "hold.review_within": "P1Y",
    "first_session.warn_lead": "P7D",
}  # fmt: skip
WHOLE_STORE = {
    Reason.NOTHING_TO_JUDGE, Reason.NO_EXPECTATION, Reason.EXPECTATION_RAISED, Reason.NO_VALIDATION_RESULT,
    Reason.COUNTS_DISAGREE, Reason.RULE_NOT_IN_POLICY,
}  # fmt: skip


def rule_modules() -> dict[str, ModuleType]:
    """The rules that there are, read from the package."""
    modules = [
        importlib.import_module(f"{judgements.__name__}.{found.name}") for found in pkgutil.iter_modules(judgements.__path__)
    ]
    return {module.RULE_ID: module for module in modules if hasattr(module, "RULE_ID")}


def read_cases() -> dict[str, list[Mapping[str, Any]]]:
    return {path.stem: YAML(typ="safe").load(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.yaml"))}


CASES = read_cases()


def every_case() -> Iterator[Any]:
    for rule, cases in CASES.items():
        for case in cases:
            yield pytest.param(rule, case, id=f"{rule}: {case['name']}")


def policy_with(changes: Mapping[str, Any]) -> ResolvedPolicy:
    values = {name: value for name, value in {**DEFAULTS, **changes}.items() if value is not None and name != "categories"}
    categories = {} if "categories" in changes else {number: Category(number, {}, {}) for number in CATEGORY_NUMBERS}
    return ResolvedPolicy(
        policy_set_id="TEST",
        version="1",
        status=Status.BILL,
        as_of=TODAY,
        sha256="0" * 64,
        adoption=None,
        values={name: Period.parse(value) if str(value).startswith("P") else value for name, value in values.items()},
        references={},
        categories=categories,
        rules={},
    )


def plain(value: object) -> object:
    """A value as the judges take it: moments for dates, sets for lists of categories or flags, agreements for mappings."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime.combine(value, time())
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}", value):
        return datetime.fromisoformat(value)
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        return tuple(Agreement(**{name: plain(term) for name, term in item.items()}) for item in value)
    return value


def facts_of(module: ModuleType, told: Mapping[str, Any]) -> Any:  # noqa: ANN401 - each rule has its own Facts
    values: dict[str, Any] = {name: plain(value) for name, value in told.items()}
    for name in ("declared", "detected"):
        if values.get(name) is not None:
            values[name] = frozenset(Flag(item) if isinstance(item, str) else item for item in values[name])
    for name in ("introducers", "agreements"):
        if name in values:
            values[name] = tuple(values[name])
    return module.Facts(**values)


@pytest.mark.parametrize(("rule", "case"), list(every_case()))
def test_the_rule_answers_as_the_case_says(rule: str, case: Mapping[str, Any]) -> None:
    assert set(case) <= {"name", "facts", "as_of", "policy", "outcome", "reason"}
    module = rule_modules()[rule]
    under = Circumstances(policy_with(case.get("policy", {})), case.get("as_of", TODAY))
    answer = module.judge(facts_of(module, case["facts"]), under)
    assert (answer.outcome.value, str(answer.reason)) == (case["outcome"], case["reason"])


@pytest.mark.parametrize("rule", sorted(rule_modules()))
@pytest.mark.parametrize("outcome", ["PASS", "FAIL", "NOT_CHECKABLE"])
def test_every_rule_is_seen_to_pass_to_fail_and_to_be_not_checkable(rule: str, outcome: str) -> None:
    assert outcome in {case["outcome"] for case in CASES[rule]}


def test_no_case_stands_alone_without_a_rule() -> None:
    assert set(CASES) == set(rule_modules())


def test_every_rule_has_a_policy_file_and_every_parameter_that_it_misses_is_one_that_the_file_names() -> None:
    loader = YAML(typ="safe")
    for rule, cases in CASES.items():
        file = folder("policies") / "rules" / f"{rule}.yaml"
        named = set(loader.load(file.read_text(encoding="utf-8")).get("parameters", ()))
        missing = {name for case in cases for name, value in case.get("policy", {}).items() if value is None}
        assert missing - {"categories"} <= named, rule


@pytest.mark.parametrize("rule", sorted(rule_modules()))
def test_a_judge_answers_whatever_the_store_leaves_untold_and_passes_nothing_of_which_it_knows_nothing(rule: str) -> None:
    module = rule_modules()[rule]
    under = Circumstances(policy_with({}), TODAY)
    assert module.judge(module.Facts(), under).outcome.value in ("FAIL", "NOT_CHECKABLE")
    for case in CASES[rule]:
        facts = facts_of(module, case["facts"])
        for field in fields(facts):
            told = {other.name: getattr(facts, other.name) for other in fields(facts) if other.name != field.name}
            assert module.judge(module.Facts(**told), under).outcome


def test_reasons_are_all_given_and_all_known() -> None:
    given: defaultdict[str, set[str]] = defaultdict(set)
    for rule, cases in CASES.items():
        for case in cases:
            given[family_of(case["reason"])].add(rule)
    assert set(Reason) - WHOLE_STORE == {Reason(reason) for reason in given if reason not in FAMILIES}


def test_a_reason_that_nobody_gives_has_no_family() -> None:
    with pytest.raises(ValueError, match="reason"):
        family_of("missing_column_")
