"""Policies that contradict each other or themselves are refused with what to do, before anything is judged by them."""

from __future__ import annotations

from datetime import date

import pytest

from discretio.errors import PolicyError
from discretio.policy_files import check_policies, load_policy
from policy_files.copies import Copy

AS_OF = date(2026, 11, 21)
SET = "BE-BILL-56-0485"
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
    policies.replace(BILL, "valid_to: null", "valid_to: null\nreplaced_by: EU-GDPR")
    assert check_policies(policies.folder) == []
    policies.replace(BILL, "replaced_by: EU-GDPR", "replaced_by: BE-FUTURE-LAW")
    refusal(policies, "BE-FUTURE-LAW")


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
