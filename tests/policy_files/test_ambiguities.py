"""The 42 questions that the texts leave open: each has a reading, its effect in words, and is shown by a case."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest
from ruamel.yaml import YAML

from discretio.errors import PolicyError
from discretio.law.policy import ResolvedPolicy
from discretio.law.special_classes import CATEGORY_NUMBERS
from discretio.policy_files import load_ambiguities, load_policy
from discretio.resources import folder
from discretio.steps.rule_pages import ambiguity_page
from policy_files.copies import Copy
from policy_files.shown import TESTS, is_shown

POLICIES = folder("policies")
AMBIGUITIES = load_ambiguities(POLICIES)


@pytest.fixture(scope="module")
def policy() -> ResolvedPolicy:
    return load_policy(POLICIES, "BE-BILL-56-0485", date(2026, 11, 21))


def test_all_42_are_there() -> None:
    assert list(AMBIGUITIES) == [f"A-{number:02}" for number in range(1, 43)]


@pytest.mark.parametrize("name", AMBIGUITIES)
def test_each_is_shown_by_a_case_or_a_test_that_exists(name: str) -> None:
    assert AMBIGUITIES[name].shown_by
    assert [shown for shown in AMBIGUITIES[name].shown_by if not is_shown(shown)] == []


@pytest.mark.parametrize("name", [name for name, each in AMBIGUITIES.items() if each.parameter])
def test_a_choice_with_a_parameter_has_the_catalogue_s_default_and_the_options_of_its_file(
    name: str, policy: ResolvedPolicy
) -> None:
    each = AMBIGUITIES[name]
    value = policy.values[each.parameter]
    assert ("|".join(value) if isinstance(value, tuple) else str(value)) == each.reading
    told = (
        YAML(typ="safe").load((POLICIES / f"defaults/{each.parameter.replace('.', '_')}.yaml").read_text(encoding="utf-8"))
        if (POLICIES / f"defaults/{each.parameter.replace('.', '_')}.yaml").is_file()
        else {}
    )
    assert tuple(told.get("allowed", ())) == each.options


@pytest.mark.parametrize("name", [name for name, each in AMBIGUITIES.items() if len(each.options) > 1 and each.parameter])
def test_another_option_is_seen_to_change_an_answer(name: str) -> None:
    """One of its cases is judged under another option than the default."""
    each = AMBIGUITIES[name]
    chosen = {str(policy.get(each.parameter)) for policy in policies_of_cases()}
    assert chosen & (set(each.options) - {each.reading})


@cache
def policies_of_cases() -> list[dict[str, object]]:
    """What each of the 1,400 cases is judged under, where it says so: read once, for that takes seconds."""
    paths = [*(TESTS / "domain/judgements/cases").rglob("*.yaml"), *(TESTS / "domain/cases").glob("*.yaml")]
    cases = [case for path in paths for case in YAML(typ="safe").load(path.read_text(encoding="utf-8"))]
    return [case["policy"] for case in cases if case.get("policy")]


def test_each_says_what_it_changes_in_its_own_words() -> None:
    told = [sentence for each in AMBIGUITIES.values() for sentence in each.changes.values()]
    assert len(set(told)) == len(told) == 42 * 4


def test_the_page_in_docs_tells_them_as_they_are_today() -> None:
    assert (TESTS.parent / "docs" / "ambiguities.md").read_text(encoding="utf-8") == ambiguity_page(AMBIGUITIES), "make docs"


def test_a_reading_that_nobody_built_is_refused(policies: Copy) -> None:
    policies.replace("ambiguities.yaml", 'reading: "REPORT"', 'reading: "DELETE"')
    with pytest.raises(PolicyError, match="DELETE"):
        load_ambiguities(policies.folder)


def test_category_11_is_about_risk_and_14_about_behaviour(policy: ResolvedPolicy) -> None:
    assert set(policy.categories) == set(CATEGORY_NUMBERS)
    assert "risque" in policy.categories[11].wording["fr"]
    assert "comportement" in policy.categories[14].wording["fr"]


def test_the_law_of_30_july_2018_is_known_by_its_date() -> None:
    names = [path.read_text(encoding="utf-8") for path in POLICIES.rglob("instrument.yaml")]
    assert any("id: BE-LAW-2018-07-30-T2" in text for text in names)
