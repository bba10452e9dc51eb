"""Dates in spreadsheets: numbers that a style shows as a date, and so must be read as one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

_BUILT_IN = frozenset({*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)})
_NOT_DATE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - a sheet's dates have no zone


class Styles:
    """Which cell styles show dates, out of styles.xml."""

    def __init__(self) -> None:
        self._date_formats: set[str] = {str(number) for number in _BUILT_IN}
        self._in_cells = False
        self._dates: list[bool] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take in a number format, or the format of the next cell style."""
        if name == "numFmt" and is_date_format(attributes.get("formatCode", "")):
            self._date_formats.add(attributes.get("numFmtId", ""))
        elif name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells:
            self._dates.append(attributes.get("numFmtId", "") in self._date_formats)

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "cellXfs":
            self._in_cells = False

    def text(self, text: str) -> None:
        """Styles hold no text."""

    def is_date(self, style: str | None) -> bool:
        """Whether a cell of this style shows a date."""
        return style is not None and style.isdigit() and int(style) < len(self._dates) and self._dates[int(style)]


def is_date_format(code: str) -> bool:
    """Whether a number format shows a day, a month or a year."""
    return bool(re.search("[dmy]", _NOT_DATE.sub("", code), re.IGNORECASE))


def as_date(number: str, *, since_1904: bool) -> str:
    """The date of a serial number, ISO 8601; the number itself if it is none."""
    try:
        moment = (_EPOCH_1904 if since_1904 else _EPOCH) + timedelta(days=float(number))
    except (ValueError, OverflowError):
        return number
    whole = moment.replace(microsecond=0)
    return whole.date().isoformat() if whole == whole.replace(hour=0, minute=0, second=0) else whole.isoformat(" ")
