"""Dates that are known to the day, the month or the year (catalogue §1)."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

_WRITTEN = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")


class Precision(StrEnum):
    """How much of a date is known."""

    DAY = "DAY"
    MONTH = "MONTH"
    YEAR = "YEAR"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class Span:
    """The days between which an event lies, both included; one day if its date is fully known."""

    earliest: date
    latest: date

    def overlaps(self, other: Span) -> bool:
        """Whether both events can lie on one day."""
        return self.earliest <= other.latest and other.earliest <= self.latest


def day_of(moment: date | datetime | None) -> date | None:
    """The calendar day of a date or a moment; None for null, in whatever way a frame writes it."""
    if moment is None or moment != moment:  # noqa: PLR0124 - NaT, the null of a frame, equals nothing
        return None
    return moment.date() if isinstance(moment, datetime) else moment


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date and how much of it is known; `day` is the first day of the month or year, and None if nothing is known."""

    day: date | None
    precision: Precision = Precision.DAY

    def __post_init__(self) -> None:
        day, precision = day_of(self.day), Precision(self.precision)
        if day is None or precision is Precision.UNKNOWN:
            day, precision = None, Precision.UNKNOWN
        elif precision is not Precision.DAY:
            day = day.replace(month=1 if precision is Precision.YEAR else day.month, day=1)
        object.__setattr__(self, "day", day)
        object.__setattr__(self, "precision", precision)

    @classmethod
    def of(cls, moment: date | datetime | None, precision: str | None = None) -> PartialDate:
        """From a row: a date that says nothing of its precision is a day; one of precision UNKNOWN is no date."""
        return cls(day_of(moment), Precision(precision or Precision.DAY))

    @classmethod
    def parse(cls, text: str | None) -> PartialDate:
        """Read '1996', '1996-05' or '1996-05-12'; null, an empty text or 'unknown' is an unknown date.

        Raises:
            ValueError: it is written in another way, or doesn't exist.
        """
        written = (text or "").strip()
        if written.casefold() in ("", "unknown"):
            return cls(None, Precision.UNKNOWN)
        match = _WRITTEN.fullmatch(written)
        if match is None:
            raise ValueError("not a date written YYYY, YYYY-MM or YYYY-MM-DD")
        precision = Precision.DAY if match["day"] else Precision.MONTH if match["month"] else Precision.YEAR
        return cls(date(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1)), precision)

    @property
    def is_known(self) -> bool:
        """Whether at least the year is known."""
        return self.day is not None

    def earliest(self) -> date:
        """The first day that it can be.

        Raises:
            ValueError: nothing is known of it.
        """
        if self.day is None:
            raise ValueError("an unknown date has no earliest day")
        return self.day

    def latest(self) -> date:
        """The last day that it can be.

        Raises:
            ValueError: nothing is known of it.
        """
        first = self.earliest()
        if self.precision is Precision.DAY:
            return first
        month = 12 if self.precision is Precision.YEAR else first.month
        return date(first.year, month, calendar.monthrange(first.year, month)[1])

    def span(self) -> Span:
        """The days between which it lies.

        Raises:
            ValueError: nothing is known of it.
        """
        return Span(self.earliest(), self.latest())

    def __str__(self) -> str:
        if self.day is None:
            return "unknown"
        length = {Precision.YEAR: 4, Precision.MONTH: 7}.get(self.precision, 10)
        return self.day.isoformat()[:length]
