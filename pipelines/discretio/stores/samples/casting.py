"""Rows into frames of `domain.frames`: exactly its columns and dtypes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time

import pandas as pd

from discretio.domain.frames import MOMENT, STORE_FRAMES, Column, Frame
from discretio.stores.layout import FILE

Row = dict[str, object]


def to_frame(frame: Frame, rows: Iterable[Row]) -> pd.DataFrame:
    """The rows as this frame; a column that a row doesn't name is null there. Documents come in a column of their own.

    Raises:
        KeyError: a row names a column that the frame hasn't.
    """
    listed = list(rows)
    unknown = {name for row in listed for name in row}.difference(frame.column_names, {FILE})
    if unknown:
        raise KeyError(f"{frame.name} has no column {', '.join(sorted(unknown))}")
    made = pd.DataFrame({column.name: _series(column, listed) for column in frame.columns})
    if any(FILE in row for row in listed):
        made[FILE] = pd.Series([row.get(FILE) for row in listed], dtype=object)
    return made


def to_frames(rows: Mapping[str, list[Row]]) -> dict[str, pd.DataFrame]:
    """All the frames of a store, empty ones included."""
    return {name: to_frame(frame, rows.get(name, ())) for name, frame in STORE_FRAMES.items()}


def _series(column: Column, rows: list[Row]) -> pd.Series:
    values = [row.get(column.name) for row in rows]
    if column.dtype == MOMENT:
        values = [_moment(value) for value in values]
    return pd.Series(values, dtype=column.dtype, name=column.name)


def _moment(value: object) -> object:
    """A date as its midnight; everything else as it is."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime.combine(value, time.min)
    return value
