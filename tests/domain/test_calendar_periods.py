"""Reporting periods."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discretio.domain.calendar_periods import is_over, next_period, parse_period, previous_period
from discretio.errors import PeriodError

LABELS = st.builds(
    lambda year, part: f"{year}{part}",
    st.integers(1001, 9998),
    st.sampled_from(["", *(f"-Q{quarter}" for quarter in range(1, 5)), *(f"-{month:02}" for month in range(1, 13))]),
)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-Q3", date(2026, 7, 1), date(2026, 9, 30)),
        ("2026-q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        ("9999-12", date(9999, 12, 1), date(9999, 12, 31)),
    ],
)
def test_a_period_has_its_first_and_last_day(text: str, first: date, last: date) -> None:
    assert parse_period(text) == (first, last, text.upper())


@pytest.mark.parametrize(
    "text", ["2026-Q5", "2026-Q0", "2026-13", "2026-00", "0000", "", "26", "2026-7", "2026-W30", "Q3-2026", "2026-07-01"]
)
def test_a_period_that_doesnt_exist_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(PeriodError) as refused:
        parse_period(text)
    assert "2026-Q3" in refused.value.remedy


def test_a_period_is_over_the_day_after_its_last() -> None:
    period = parse_period("2026-Q3")
    assert not is_over(period, date(2026, 9, 30))
    assert is_over(period, date(2026, 10, 1))


@given(LABELS)
def test_periods_follow_each_other_without_gap_or_overlap(label: str) -> None:
    period = parse_period(label)
    following = next_period(period)
    assert following.first == period.last + timedelta(days=1)
    assert previous_period(following) == period
    assert len(following.label) == len(label)


def test_the_calendar_has_two_ends() -> None:
    with pytest.raises(PeriodError):
        next_period(parse_period("9999"))
    with pytest.raises(PeriodError):
        previous_period(parse_period("0001-Q1"))
