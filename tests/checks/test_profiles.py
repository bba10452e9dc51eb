"""The thirty kinds of systems of the texts: each profile runs its own rules and no others, and finds what is wrong."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from checks.broken_stores import broken
from checks.test_chapters import PLANNED
from discretio.checks import CheckRequest, run_checks
from discretio.errors import PolicyError, UsageError
from discretio.law.rules import Action
from discretio.policy_files import check_policies, load_policy, load_profiles
from discretio.resources import folder
from discretio.steps.profiled_rules import rules_of_profile

POLICIES = folder("policies")
PROFILES = load_profiles(POLICIES)
FIXTURES: Mapping[str, Any] = YAML(typ="safe").load((Path(__file__).parent / "profiles.yaml").read_text(encoding="utf-8"))
AS_OF = date(2026, 11, 21)


def test_all_thirty_systems_have_a_profile_and_a_fixture() -> None:
    assert [profile.system for profile in PROFILES.values()] == list(range(1, 31))
    assert set(PROFILES) == set(FIXTURES)


@pytest.mark.parametrize("name", PROFILES)
def test_a_profile_runs_its_rules_and_no_others_and_finds_what_is_wrong(name: str) -> None:
    policy = load_policy(POLICIES, PROFILES[name].policy_set, AS_OF)
    rules = rules_of_profile(POLICIES, name, policy)
    suites = folder("expectations") / "reference_store"
    report = run_checks(
        CheckRequest(
            frames=broken(FIXTURES[name]["store"], FIXTURES[name]["wrong"]),
            policy=policy,
            as_of=AS_OF,
            suites=suites,
            rules=rules,
        )
    )
    assert set(report.counts) == rules == set(report.outcomes["rule_id"])
    assert report.problems == ()
    wrong = FIXTURES[name]["wrong"]
    found = report.outcomes[report.outcomes["rule_id"] == wrong["rule"]]
    assert (wrong["outcome"], wrong["reason"]) in set(zip(found["outcome"], found["reason"], strict=True))


@pytest.mark.parametrize("name", PROFILES)
def test_every_rule_of_a_profile_belongs_to_its_policy_set_and_is_answered(name: str) -> None:
    policy = load_policy(POLICIES, PROFILES[name].policy_set, AS_OF)
    for rule in PROFILES[name].rules:
        assert rule in policy.rules
        assert rule in PLANNED or Action.DELETE_AFTER_APPROVAL in policy.rules[rule].does


def test_a_profile_under_another_policy_set_is_refused() -> None:
    policy = load_policy(POLICIES, "BE-BILL-56-0485", AS_OF)
    with pytest.raises(UsageError, match="GDPR-BASE"):
        rules_of_profile(POLICIES, "veilige-huizen", policy)


def test_a_profile_with_a_rule_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    copied = Path(shutil.copytree(POLICIES, tmp_path / "policies"))
    path = copied / "profiles" / "youth-reports.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("YOUTH-REPORT-NO-REUSE", "YOUTH-REPORT-NO-RESUE"), encoding="utf-8"
    )
    with pytest.raises(PolicyError, match="YOUTH-REPORT-NO-RESUE"):
        load_profiles(copied)
    assert any("YOUTH-REPORT-NO-RESUE" in str(error) for error in check_policies(copied))
