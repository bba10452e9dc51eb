"""The eve (A-42) is taken once, at the end of a term and its extension together."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from discretio.domain.partial_dates import Span
from discretio.domain.terms import Clock, read_clock
from discretio.law.periods import Period

TERMS = st.sampled_from([Period.parse(text) for text in ("P1M", "P6M", "P90D", "P1Y")])


@given(start=st.dates(date(2000, 1, 1), date(2100, 1, 1)), term=TERMS, extension=TERMS)
def test_the_eve_ends_one_day_before_the_anniversary_of_term_and_extension(
    start: date, term: Period, extension: Period
) -> None:
    clock = Clock(rule_id="X", start=Span(start, start), term=term, mode="EVE", extension=extension)
    assert read_clock(clock, start).last_lawful_day == extension.after(term.after(start)) - timedelta(days=1)
