"""How much one run may delete, and which runs delete nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discretio.domain.caps import cap_obstacle, check_cap, check_execution, may_execute
from discretio.domain.retention_reasons import Reason
from discretio.errors import PurgeRefusedError
from discretio.law.policy import ResolvedPolicy
from domain.made_policy import make_policy

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("planned", "stored", "fits"), [(0, 0, True), (100, 1000, True), (101, 1000, False), (501, 9999, False), (1, 9, False)]
)
def test_the_cap_holds_by_number_and_by_share(planned: int, stored: int, fits: bool, policy: ResolvedPolicy) -> None:
    if fits:
        check_cap(planned, stored, policy)
    else:
        with pytest.raises(PurgeRefusedError, match=f"{planned} of {stored}"):
            check_cap(planned, stored, policy)


def test_a_share_is_counted_exactly() -> None:
    check_cap(29, 100, make_policy({"purge.cap_share": 0.29}))


@pytest.mark.parametrize(
    "changes",
    [
        {"purge.cap_dossiers": None},
        {"purge.cap_share": None},
        {"purge.cap_share": 10},
        {"purge.cap_share": "all"},
        {"purge.cap_dossiers": True},
    ],
)
def test_without_a_cap_nothing_is_deleted(changes: dict[str, object]) -> None:
    policy = make_policy(changes)  # type: ignore[arg-type] - wrong values are the point
    assert cap_obstacle(1, 1000, policy) is Reason.CAP_NOT_SET
    with pytest.raises(PurgeRefusedError, match="no cap"):
        check_cap(1, 1000, policy)


@given(st.integers(0, 2000), st.integers(0, 2000))
def test_whoever_fits_still_fits_with_fewer(planned: int, stored: int) -> None:
    policy = make_policy()
    if cap_obstacle(planned, stored, policy) is None and planned:
        assert cap_obstacle(planned - 1, stored, policy) is None
        assert planned <= stored


def test_a_plan_of_tomorrow_is_a_dry_run_except_in_the_demos_own_store() -> None:
    tomorrow = TODAY + timedelta(days=1)
    assert may_execute(TODAY, TODAY, own_demo_store=False, catch_up=False)
    assert not may_execute(tomorrow, TODAY, own_demo_store=False, catch_up=False)
    assert may_execute(tomorrow, TODAY, own_demo_store=True, catch_up=False)
    with pytest.raises(PurgeRefusedError, match="date"):
        check_execution(tomorrow, TODAY, own_demo_store=False, catch_up=False)


@pytest.mark.parametrize("own_demo_store", [True, False])
def test_a_catch_up_run_is_a_dry_run_everywhere(own_demo_store: bool) -> None:
    assert not may_execute(TODAY, TODAY, own_demo_store=own_demo_store, catch_up=True)
    with pytest.raises(PurgeRefusedError, match="catch-up"):
        check_execution(TODAY, TODAY, own_demo_store=own_demo_store, catch_up=True)
