"""Dates as foreign databases write them, and how precisely."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from discretio.domain.partial_dates import Precision

BRUSSELS = ZoneInfo("Europe/Brussels")
_TOKENS = {"YYYY": r"(?P<year>\d{4})", "MM": r"(?P<month>\d{1,2})", "DD": r"(?P<day>\d{1,2})",
           "hh": r"(?P<hour>\d{1,2})", "mm": r"(?P<minute>\d{2})", "ss": r"(?P<second>\d{2})"}  # fmt: skip
_EPOCHS = {"epoch_seconds": 1, "epoch_milliseconds": 1000}


@dataclass(frozen=True, slots=True)
class DateFormat:
    """One way to write a date: a pattern with named groups, or so many units a second since 1970."""

    pattern: re.Pattern[str] | None
    units: int = 0

    @property
    def names_a_day(self) -> bool:
        """Whether what is written so is known to the day."""
        return self.pattern is None or "day" in self.pattern.groupindex


@dataclass(frozen=True, slots=True)
class KnownDate:
    """A moment and how precisely it is known; the first day of the month or year if less precise."""

    moment: datetime
    precision: Precision = Precision.DAY


def date_format(text: str) -> DateFormat:
    """Read a form such as DD/MM/YYYY.

    Raises:
        ValueError: it has no year, a token twice, or a day without a month.
    """
    if text in _EPOCHS:
        return DateFormat(None, _EPOCHS[text])
    found = re.findall("|".join(_TOKENS), text)
    if "YYYY" not in found or len(set(found)) != len(found) or ("DD" in found and "MM" not in found):
        raise ValueError("no form of a date")
    pieces = re.split(f"({'|'.join(_TOKENS)})", text)
    if any(re.search(r"[A-SU-Za-z]", piece) for piece in pieces[::2]):
        raise ValueError("no form of a date")
    return DateFormat(re.compile("".join(_TOKENS.get(piece, re.escape(piece)) for piece in pieces), re.ASCII))


# MariaDB writes a date without its day, or its month too, with zeros in their place.
_ZEROS = re.compile(r"(\d{4}(?:-(?!00)\d{2})?)(?:-00)+(?: 00:00:00)?")
_DEFAULT = tuple(date_format(text) for text in ("YYYY-MM-DD", "YYYY-MM-DD hh:mm:ss"))
_SHORT = tuple(date_format(text) for text in ("YYYY-MM", "YYYY"))


def known_date(value: object, formats: Sequence[DateFormat], zone: ZoneInfo = BRUSSELS) -> KnownDate | None:
    """A date as it came from a database.

    Args:
        value: a datetime, a date, a text or a number.
        formats: how texts and numbers are written; ISO 8601 if there is none.
        zone: of moments that say no zone of their own.

    Returns:
        The moment in Brussels time without zone; None for null, an empty text, or MariaDB's date of zeros.

    Raises:
        ValueError: it isn't written so, or doesn't exist.
    """
    if isinstance(value, datetime):
        return KnownDate(_in_brussels(value, zone))
    if isinstance(value, date):
        return KnownDate(datetime(value.year, value.month, value.day))  # noqa: DTZ001 - frames hold Brussels time without a zone
    text = "" if value is None else str(value).strip()
    if text in ("", "null", "0") or text.startswith("0000-00-00"):
        return None
    zeros = _ZEROS.fullmatch(text)
    return _read(zeros[1], _SHORT, zone) if zeros else _read(text, formats, zone)


def _read(text: str, formats: Sequence[DateFormat], zone: ZoneInfo) -> KnownDate:
    for known in formats or _DEFAULT:
        found = _by_units(text, known.units) if known.units else _by_pattern(text, known.pattern, zone)
        if found is not None:
            return found
    if formats:
        raise ValueError("written otherwise")
    return KnownDate(_in_brussels(datetime.fromisoformat(text), zone))


def _by_units(text: str, units: int) -> KnownDate:
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=float(text) / units)
    return KnownDate(_in_brussels(moment, BRUSSELS))


def _by_pattern(text: str, pattern: re.Pattern[str] | None, zone: ZoneInfo) -> KnownDate | None:
    match = pattern.fullmatch(text) if pattern else None
    if match is None:
        return None
    parts = {name: int(number) for name, number in match.groupdict().items()}
    day, month = parts.pop("day", 0), parts.pop("month", 0)
    precision = Precision.DAY if day and month else Precision.MONTH if month else Precision.YEAR
    moment = datetime(parts.pop("year"), month or 1, day or 1, **parts)  # type: ignore[arg-type]  # noqa: DTZ001 - mypy takes a keyword for tzinfo; the zone follows
    return KnownDate(_in_brussels(moment, zone) if "hour" in parts else moment, precision)


def _in_brussels(moment: datetime, zone: ZoneInfo) -> datetime:
    zoned = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return zoned.astimezone(BRUSSELS).replace(tzinfo=None)
