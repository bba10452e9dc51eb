"""Terms and how they are added to a date (catalogue §1)."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

_ISO = re.compile(r"P(?:(?P<years>\d{1,4})Y)?(?:(?P<months>\d{1,5})M)?(?:(?P<weeks>\d{1,5})W)?(?:(?P<days>\d{1,6})D)?")

_SHORTEST_MONTH = 28


@dataclass(frozen=True, slots=True)
class Period:
    """A term of whole months and days: ISO 8601 without a time part."""

    months: int = 0
    days: int = 0

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read an ISO 8601 duration such as P30Y, P3M or P90D.

        Raises:
            ValueError: the text is no such duration, or an empty or zero one.
        """
        match = _ISO.fullmatch(text.strip())
        if match is None:
            raise ValueError("not an ISO 8601 duration in years, months, weeks or days")
        part = {name: int(value or 0) for name, value in match.groupdict().items()}
        period = cls(months=12 * part["years"] + part["months"], days=7 * part["weeks"] + part["days"])
        if period == cls():
            raise ValueError("a duration of zero")
        return period

    def after(self, start: date) -> date:
        """The date this long after the start; a day that the month lacks becomes its last (29 Feb + 1 y = 28 Feb).

        A date outside the calendar (years 1 to 9999) becomes the calendar's last or first day: such a term never ends.
        """
        month_index = start.year * 12 + start.month - 1 + self.months
        year, month = divmod(month_index, 12)
        if not MINYEAR <= year <= MAXYEAR:
            return date.max if year > MAXYEAR else date.min
        # Every month has so many days; only for later ones it has to be asked how many.
        day = start.day if start.day <= _SHORTEST_MONTH else min(start.day, calendar.monthrange(year, month + 1)[1])
        try:
            return date(year, month + 1, day) + timedelta(days=self.days)
        except OverflowError:
            return date.max if self.days > 0 else date.min

    def before(self, end: date) -> date:
        """The date this long before the end."""
        return Period(months=-self.months, days=-self.days).after(end)

    def __str__(self) -> str:
        years, months = divmod(self.months, 12)
        parts = ((years, "Y"), (months, "M"), (self.days, "D"))
        return "P" + "".join(f"{number}{unit}" for number, unit in parts if number)
