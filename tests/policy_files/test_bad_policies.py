"""Policies that contradict each other or themselves are refused with what to do, before anything is judged by them."""

from __future__ import annotations

import re
import shutil
from datetime import date

import pytest

from discretio.errors import PolicyError
from discretio.law.periods import Period
from discretio.policy_files import check_policies, load_policy
from policy_files.copies import Copy
from policy_files.shown import TESTS, is_shown

AS_OF = date(2026, 11, 21)
SET = "BE-BILL-56-0485"
CAP, SETS = "be/bill_56_0485/art2_retention_cap.yaml", f"policy_sets/{SET}.yaml"
FUTURE, LAW_TO_COME = "BE-FUTURE-LAW", "be/future_law/instrument.yaml"
ADOPTED = "{adopted_by: Board, adopted_at: 2026-11-01}"
BILL, GDPR = "be/bill_56_0485/instrument.yaml", "be/gdpr_base/instrument.yaml"


def refusal(policies: Copy, says: str) -> PolicyError:
    """The one problem that says this."""
    found = [error for error in check_policies(policies.folder) if says in str(error)]
    assert found, check_policies(policies.folder)
    return found[0]


def test_an_instrument_cant_end_before_it_begins(policies: Copy) -> None:
    policies.replace(BILL, "valid_to: null", "valid_to: 2024-10-02")
    with pytest.raises(PolicyError, match="before it begins"):
        load_policy(policies.folder, SET, AS_OF)


def test_an_instrument_may_last_a_single_day(policies: Copy) -> None:
    policies.replace(BILL, "valid_to: null", "valid_to: 2024-10-03")
    assert load_policy(policies.folder, SET, date(2024, 10, 3)).policy_set_id == SET


def test_instruments_that_replace_each_other_in_a_circle_are_refused(policies: Copy) -> None:
    policies.replace(BILL, "valid_to: null", "valid_to: null\nreplaced_by: EU-GDPR")
    policies.replace(GDPR, "valid_to: null", f"valid_to: null\nreplaced_by: {SET}")
    assert "instrument.yaml" in str(refusal(policies, "circle"))


def test_an_instrument_that_replaces_itself_is_refused(policies: Copy) -> None:
    policies.replace(BILL, "valid_to: null", f"valid_to: null\nreplaced_by: {SET}")
    refusal(policies, "circle")


def test_a_replacement_that_isnt_there_is_refused_and_one_that_is_there_is_not(policies: Copy) -> None:
    policies.replace(GDPR, "valid_to: null", f"valid_to: 2024-10-02\nreplaced_by: {SET}")
    assert check_policies(policies.folder) == []
    policies.replace(GDPR, f"replaced_by: {SET}", "replaced_by: BE-NO-SUCH-LAW")
    refusal(policies, "BE-NO-SUCH-LAW")


@pytest.mark.parametrize("end", ["null", "2024-10-03", "2030-12-31"])
def test_an_instrument_that_still_applies_when_another_takes_its_place_is_refused(policies: Copy, end: str) -> None:
    policies.replace(GDPR, "valid_to: null", f"valid_to: {end}\nreplaced_by: {SET}")
    with pytest.raises(PolicyError, match="still applies on 2024-10-03, when BE-BILL-56-0485 takes its place") as caught:
        load_policy(policies.folder, SET, AS_OF)
    assert caught.value.where == f"{GDPR}:{policies.line(GDPR, 'valid_to')}"
    assert [str(error) for error in check_policies(policies.folder)] == [str(caught.value)], "told once"


def test_an_instrument_that_ended_the_day_before_makes_room(policies: Copy) -> None:
    policies.replace(GDPR, "valid_to: null", f"valid_to: 2024-10-02\nreplaced_by: {SET}")
    assert load_policy(policies.folder, SET, AS_OF).policy_set_id == SET


def test_a_value_that_begins_when_its_instrument_is_over_is_refused(policies: Copy) -> None:
    policies.replace(BILL, "valid_to: null", "valid_to: 2026-12-31")
    assert load_policy(policies.folder, SET, AS_OF).policy_set_id == SET
    policies.replace(CAP, "  2024-10-03:", "  2027-01-01:")
    with pytest.raises(PolicyError, match="a value of 2027-01-01 begins after its instrument ended"):
        load_policy(policies.folder, SET, AS_OF)


def test_an_instrument_has_one_place_in_the_order(policies: Copy) -> None:
    policies.replace(SETS, "  - defaults", "  - defaults\n  - be/gdpr_base")
    with pytest.raises(PolicyError, match="be/gdpr_base is named twice"):
        load_policy(policies.folder, SET, AS_OF)


@pytest.mark.parametrize(("day", "accepted"), [("2024-10-02", False), ("2024-10-03", True)])
def test_nobody_adopts_a_bill_before_it_is_there(policies: Copy, day: str, accepted: bool) -> None:
    policies.replace("adoption.yaml", "adopted_by: null\n  adopted_at: null", f"adopted_by: Board\n  adopted_at: {day}")
    if accepted:
        assert load_policy(policies.folder, SET, AS_OF).may_delete
        return
    with pytest.raises(PolicyError, match="adopted on 2024-10-02, before it existed") as caught:
        load_policy(policies.folder, SET, AS_OF)
    assert caught.value.where == f"adoption.yaml:{policies.line('adoption.yaml', 'adopted_at: 2024')}"


def test_nobody_adopts_a_law_to_come_before_its_day_is_known(policies: Copy) -> None:
    policies.replace("adoption.yaml", f"{FUTURE}:\n  adopted_by: null\n  adopted_at: null", f"{FUTURE}: {ADOPTED}")
    with pytest.raises(PolicyError, match="adopted on 2026-11-01, before it existed") as caught:
        load_policy(policies.folder, FUTURE, AS_OF)
    assert "instrument.yaml" in caught.value.remedy
    policies.replace(LAW_TO_COME, "valid_from: null", "valid_from: 2026-11-01")
    assert load_policy(policies.folder, FUTURE, AS_OF).may_delete


def test_a_law_to_come_sets_nothing_before_its_day_is_known(policies: Copy) -> None:
    shutil.copy(policies.folder / CAP, policies.folder / "be/future_law/retention_cap.yaml")
    with pytest.raises(PolicyError, match="has no first day yet") as caught:
        load_policy(policies.folder, FUTURE, AS_OF)
    assert caught.value.where.startswith("be/future_law/retention_cap.yaml:")
    policies.replace(LAW_TO_COME, "valid_from: null", "valid_from: 2024-10-03")
    assert load_policy(policies.folder, FUTURE, AS_OF).period("retention.cap") == Period(months=360)


def test_only_a_bill_may_lack_its_first_day(policies: Copy) -> None:
    policies.replace(BILL, "valid_from: 2024-10-03", "valid_from: null")
    policies.replace(BILL, "status: BILL", "status: LAW")
    assert "LAW applies from a day" in str(refusal(policies, "none is named"))


@pytest.mark.parametrize("half", ["adopted_by: Board\n  adopted_at: null", "adopted_by: null\n  adopted_at: 2025-01-01"])
def test_a_bill_adopted_by_half_is_not_adopted(policies: Copy, half: str) -> None:
    policies.replace("adoption.yaml", "adopted_by: null\n  adopted_at: null", half)
    with pytest.raises(PolicyError, match="both who decided it and when"):
        load_policy(policies.folder, SET, AS_OF)


def test_a_rule_about_rows_that_no_store_can_deliver_is_refused(policies: Copy) -> None:
    policies.replace("rules/ART2-2-CAT.yaml", "scope_kind: entry", "scope_kind: paragraph")
    with pytest.raises(PolicyError, match="paragraph"):
        load_policy(policies.folder, SET, AS_OF)


def test_a_rule_heard_of_by_nobody_known_is_refused(policies: Copy) -> None:
    policies.replace("rules/ART3-2-ACCESS-MGMT.yaml", "heard_too: [BY_HOST]", "heard_too: [BY_NEIGHBOUR]")
    with pytest.raises(PolicyError, match="BY_NEIGHBOUR"):
        load_policy(policies.folder, SET, AS_OF)


def test_the_guide_names_cases_and_tests_that_exist() -> None:
    guide = (TESTS.parent / "docs" / "rules.md").read_text(encoding="utf-8")
    table = guide.partition("## What contradicts itself")[2].partition("\n## ")[0]
    rows = [line.split("|")[3] for line in table.splitlines() if line.startswith("|")][2:]
    assert len(rows) >= 18
    for shown in rows:
        assert all(is_shown(by) for by in re.findall(r"`([^`]+)`", shown)), shown
