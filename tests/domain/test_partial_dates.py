"""Dates known to the day, the month or the year."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discretio.domain.partial_dates import PartialDate, Precision, Span, day_of

KNOWN = st.builds(PartialDate, st.dates(), st.sampled_from([Precision.DAY, Precision.MONTH, Precision.YEAR]))


@pytest.mark.parametrize(
    ("written", "earliest", "latest"),
    [
        ("1996", date(1996, 1, 1), date(1996, 12, 31)),
        ("1996-02", date(1996, 2, 1), date(1996, 2, 29)),
        ("1996-05-12", date(1996, 5, 12), date(1996, 5, 12)),
        ("9999", date(9999, 1, 1), date(9999, 12, 31)),
    ],
)
def test_a_partial_date_covers_all_that_it_can_be(written: str, earliest: date, latest: date) -> None:
    assert PartialDate.parse(written).span() == Span(earliest, latest)
    assert str(PartialDate.parse(written)) == written


@pytest.mark.parametrize("written", [None, "", "  ", "unknown"])
def test_an_unknown_date_has_no_days(written: str | None) -> None:
    unknown = PartialDate.parse(written)
    assert not unknown.is_known
    assert unknown == PartialDate(date(1996, 1, 1), Precision.UNKNOWN)
    with pytest.raises(ValueError, match="unknown date"):
        unknown.latest()


@pytest.mark.parametrize("written", ["1996-13", "1996-02-30", "96", "1996/05", "1996-5-1", "May 1996", "1996-05-12T00:00"])
def test_what_is_no_date_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        PartialDate.parse(written)


@given(KNOWN)
def test_earliest_never_comes_after_latest_and_the_written_form_reads_back(partial: PartialDate) -> None:
    assert partial.earliest() <= partial.latest()
    assert PartialDate.parse(str(partial)) == partial


@given(KNOWN)
def test_knowing_more_only_narrows_the_days(partial: PartialDate) -> None:
    year = PartialDate(partial.day, Precision.YEAR)
    assert year.earliest() <= partial.earliest()
    assert partial.latest() <= year.latest()


def test_a_row_of_a_frame_gives_a_date_or_null() -> None:
    assert PartialDate.of(pd.Timestamp("1996-05-12 23:59"), "DAY").latest() == date(1996, 5, 12)
    assert PartialDate.of(datetime(1996, 5, 1), "MONTH").latest() == date(1996, 5, 31)  # noqa: DTZ001 - frames have no zone
    assert not PartialDate.of(pd.NaT, "DAY").is_known
    assert not PartialDate.of(pd.Timestamp("1996-05-12"), "UNKNOWN").is_known
    assert day_of(pd.NaT) is None
