"""Reporting periods: a year, a quarter or a month of the calendar."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import NamedTuple

from discretio.errors import PeriodError

_WRITTEN = re.compile(r"(?P<year>\d{4})(?:-(?:Q(?P<quarter>\d)|(?P<month>\d{2})))?", re.ASCII)


class ReportingPeriod(NamedTuple):
    """A period: its first and last day, both included, and how it is written."""

    first: date
    last: date
    label: str


def parse_period(text: str) -> ReportingPeriod:
    """Read '2026', '2026-Q3' or '2026-07'.

    Raises:
        PeriodError: it is written in another way, or doesn't exist.
    """
    label = text.strip().upper()
    match = _WRITTEN.fullmatch(label)
    if match is None:
        raise _no_such_period(text)
    year, months = int(match["year"]), 12
    month = 1
    if match["quarter"]:
        month, months = 3 * int(match["quarter"]) - 2, 3
    elif match["month"]:
        month, months = int(match["month"]), 1
    try:
        first = date(year, month, 1)
    except ValueError:
        raise _no_such_period(text) from None
    last_month = month + months - 1
    return ReportingPeriod(first, date(year, last_month, calendar.monthrange(year, last_month)[1]), label)


def days_of(written: str) -> tuple[date, date]:
    """The first and the last day of a period as reports write it: 2026, 2026-Q3 or 2026-07-01/2026-07-31.

    Raises:
        PeriodError: it is written in another way.
    """
    if "/" not in written:
        period = parse_period(written)
        return period.first, period.last
    try:
        first, last = (date.fromisoformat(day) for day in written.split("/"))
    except ValueError:
        raise _no_such_period(written) from None
    return first, last


def is_over(period: ReportingPeriod, as_of: date) -> bool:
    """Whether its last day has passed on that day."""
    return as_of > period.last


def next_period(period: ReportingPeriod) -> ReportingPeriod:
    """The period of the same length that follows.

    Raises:
        PeriodError: the calendar ends there.
    """
    try:
        return _of_same_length(period, period.last + timedelta(days=1))
    except OverflowError:
        raise _no_such_period("next") from None


def previous_period(period: ReportingPeriod) -> ReportingPeriod:
    """The period of the same length that came before.

    Raises:
        PeriodError: the calendar begins there.
    """
    try:
        return _of_same_length(period, period.first - timedelta(days=1))
    except OverflowError:
        raise _no_such_period("previous") from None


def just_ended(as_of: date) -> list[ReportingPeriod]:
    """What a report is due for on that day: the last quarter that is over, and the year if it was its last."""
    quarter = previous_period(parse_period(f"{as_of.year:04}-Q{(as_of.month + 2) // 3}"))
    return [quarter, parse_period(f"{quarter.first.year:04}")] if quarter.label.endswith("Q4") else [quarter]


def _of_same_length(period: ReportingPeriod, day: date) -> ReportingPeriod:
    if "Q" in period.label:
        return parse_period(f"{day.year:04}-Q{(day.month + 2) // 3}")
    return parse_period(f"{day.year:04}-{day.month:02}" if "-" in period.label else f"{day.year:04}")


def _no_such_period(text: str) -> PeriodError:
    return PeriodError(
        "That period doesn't exist.",
        where=f"period {text[:20]!r}",
        remedy="Write a year (2026), a quarter (2026-Q3, from Q1 to Q4) or a month (2026-07, from 01 to 12).",
    )
