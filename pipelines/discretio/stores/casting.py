"""Rows of a database as a frame of exact dtypes, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from discretio.domain.frames import MOMENT, NUMBER, TEXT, TRUTH, Column, Frame
from discretio.errors import StoreContentError

BRUSSELS = ZoneInfo("Europe/Brussels")
_PLAIN: Mapping[str, set[type]] = {TEXT: {str}, NUMBER: {int}}


def to_frame(frame: Frame, names: Sequence[str], rows: Sequence[Sequence[object]]) -> pd.DataFrame:
    """A frame with these columns, in the order given, with the dtypes of the domain.

    Raises:
        StoreContentError: a column holds values that its dtype can't; names the column, never a value.
    """
    if not rows:
        return _empty(frame, tuple(names)).copy()
    by_name = {column.name: column for column in frame.columns}
    values = list(zip(*rows, strict=True))
    series = {name: to_series(frame, by_name[name], list(column)) for name, column in zip(names, values, strict=True)}
    return pd.DataFrame(series)


@cache
def _empty(frame: Frame, names: tuple[str, ...]) -> pd.DataFrame:
    by_name = {column.name: column for column in frame.columns}
    return pd.DataFrame({name: to_series(frame, by_name[name], []) for name in names})


def to_series(frame: Frame, column: Column, values: list[object]) -> pd.Series:
    """One column with its dtype; nulls stay nulls, a missing number is 0 (no category, no class).

    Raises:
        StoreContentError: a value doesn't fit; names the row, never the value.
    """
    try:
        return _series(column.dtype, values)
    except (ValueError, TypeError, OverflowError):
        row = next((n for n, value in enumerate(values) if not _fits(column.dtype, value)), 0)
        raise StoreContentError(
            f"{frame.name}.{column.name} holds what is no {column.dtype}", where=f"{frame.name}, row {row + 1}"
        ) from None


def _series(dtype: str, values: list[object]) -> pd.Series:
    if set(map(type, values)) == _PLAIN.get(dtype):  # most columns: nothing to be told apart
        return pd.Series(values, dtype=dtype)
    if dtype == MOMENT:
        return pd.Series([_moment(value) for value in values], dtype=MOMENT)
    if dtype == NUMBER:
        return pd.Series([0 if _missing(value) else int(str(value)) for value in values], dtype=NUMBER)
    if dtype == TRUTH:
        return pd.Series(pd.array([None if _missing(value) else _truth(value) for value in values], dtype="boolean"))
    return pd.Series([None if _missing(value) else str(value) for value in values], dtype="str")


def _fits(dtype: str, value: object) -> bool:
    try:
        _series(dtype, [value])
    except (ValueError, TypeError, OverflowError):
        return False
    return True


def _missing(value: object) -> bool:
    return value is None or value is pd.NaT or value is pd.NA or value != value  # noqa: PLR0124 - NaN is unequal to itself


def _moment(value: object) -> datetime | None:
    if _missing(value):
        return None
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if isinstance(value, pd.Timestamp):
        value = value.to_pydatetime()
    if isinstance(value, datetime):
        return value.astimezone(BRUSSELS).replace(tzinfo=None) if value.tzinfo else value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001 - frames hold Brussels time without a zone
    raise TypeError("no moment")


def _truth(value: object) -> bool:
    if value in (0, 1):
        return bool(value)
    raise TypeError("no truth value")


def to_records(frame: Frame, rows: pd.DataFrame) -> list[dict[str, object]]:
    """The rows as plain Python values, in the order of the frame's columns; columns that are absent are left out.

    Raises:
        StoreContentError: as `to_series`.
    """
    columns: Mapping[str, list[object]] = {
        column.name: _plain(to_series(frame, column, list(rows[column.name])))
        for column in frame.columns
        if column.name in rows.columns
    }
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _plain(series: pd.Series) -> list[object]:
    if str(series.dtype) == MOMENT:
        return [None if value is pd.NaT else value.to_pydatetime() for value in series]
    return [None if _missing(value) else value for value in series.astype(object)]


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame, with None for every kind of null."""
    # Column by column: this runs under the lock of a purge, and pandas' own way through objects takes much longer.
    columns = {str(name): _nulls_as_none(frame[name]) for name in frame}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _nulls_as_none(series: pd.Series[Any]) -> list[Any]:
    values = series.tolist()
    if not series.hasnans:
        return values
    return [None if missing else value for value, missing in zip(values, series.isna().tolist(), strict=True)]
