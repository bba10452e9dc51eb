"""Terms: what a lawyer computes by hand, and what must hold for every date."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from discretio.law.periods import Period

CASES: list[dict[str, Any]] = YAML(typ="safe", pure=True).load(Path(__file__).with_name("cases") / "periods.yaml")

days = st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 12, 31))
periods = st.builds(Period, months=st.integers(0, 1200), days=st.integers(0, 4000)).filter(lambda period: period != Period())


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_the_last_lawful_day_is_the_one_a_lawyer_computes(case: dict[str, Any]) -> None:
    last_lawful_day = Period.parse(case["term"]).after(case["start"])
    assert last_lawful_day == case["last_lawful_day"]
    ends = last_lawful_day < date.max
    assert (last_lawful_day + timedelta(days=1) if ends else "never") == case["overdue_from"]


@pytest.mark.parametrize(
    "text", ["", "P", "P0D", "P0Y0M", "30Y", "30 jaar", "indefinite", "P1.5Y", "P-1Y", "PT24H", "P1D1Y", "P1Y P1M", "p1y"]
)
def test_what_is_no_term_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="duration"):
        Period.parse(text)


@given(periods)
def test_a_term_survives_being_written_and_read(period: Period) -> None:
    assert Period.parse(str(period)) == period


@given(periods, days, days)
def test_a_later_start_never_ends_earlier(period: Period, one: date, other: date) -> None:
    first, second = sorted((one, other))
    assert period.after(first) <= period.after(second)
    assert period.before(first) <= period.before(second)


@given(days, st.integers(0, 1200), st.integers(0, 4000), st.integers(1, 1200), st.integers(1, 4000))
def test_a_longer_term_never_ends_earlier(start: date, months: int, span: int, more_months: int, more_days: int) -> None:
    end = Period(months=months, days=span).after(start)
    assert Period(months=months + more_months, days=span).after(start) > end - timedelta(days=1)
    assert Period(months=months, days=span + more_days).after(start) == end + timedelta(days=more_days)


@given(days, st.integers(1, 1200))
def test_a_term_in_months_ends_on_the_same_day_or_the_last_of_the_month(start: date, months: int) -> None:
    end = Period(months=months).after(start)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day == start.day or (end.day < start.day and (end + timedelta(days=1)).day == 1)


@given(periods, days)
def test_a_lead_begins_before_the_end_that_it_precedes(period: Period, end: date) -> None:
    assert period.before(end) < end


@given(st.integers(1, 1200), days)
def test_going_back_in_months_gives_the_start_or_the_last_day_that_the_end_had(months: int, start: date) -> None:
    period = Period(months=months)
    assert start - timedelta(days=3) <= period.before(period.after(start)) <= start


@given(st.integers(0, 9999), st.integers(0, 99999), st.dates())
def test_a_term_beyond_the_calendar_never_ends_instead_of_failing(years: int, span: int, start: date) -> None:
    period = Period(months=12 * years, days=span)
    assert start <= period.after(start) <= date.max
    assert date.min <= period.before(start) <= start
