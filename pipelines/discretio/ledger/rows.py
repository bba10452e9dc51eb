"""Between frames and rows of tables: the columns that a frame must have, nulls as None, long lists in pieces."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import pandas as pd
from sqlalchemy import Column, ColumnElement, CompoundSelect, Connection, Select, any_, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY

_PIECE = 10_000  # below every database's limit on parameters (SQLite 32,766, PostgreSQL 65,535)

Row = dict[str, Any]


def rows_of(frame: pd.DataFrame, columns: Mapping[str, str]) -> list[Row]:
    """The frame's rows, under the names of a table's columns, with None for every kind of null.

    Args:
        frame: one row per row to be.
        columns: name in the table, by name in the frame; other columns of the frame are left out.

    Raises:
        ValueError: the frame lacks a column.
    """
    lacking = [name for name in columns if name not in frame.columns]
    if lacking:
        raise ValueError(f"the frame lacks the columns {', '.join(lacking)}")
    lists = [_plain(frame[name]) for name in columns]
    names = list(columns.values())
    return [dict(zip(names, row, strict=True)) for row in zip(*lists, strict=True)]


def _plain(series: pd.Series[Any]) -> list[Any]:
    plain = series.astype(object)
    return plain.where(series.notna(), None).tolist()


def same_names(*names: str) -> dict[str, str]:
    """Columns that are called the same in the frame and in the table."""
    return {name: name for name in names}


def pieces(items: Collection[str]) -> Iterator[list[str]]:
    """The items in lists short enough for one statement."""
    rest = iter(items)
    while piece := list(islice(rest, _PIECE)):
        yield piece


def among(connection: Connection, column: Column[Any], words: Collection[str]) -> ColumnElement[bool]:
    """The condition that a column's word is one of these: one parameter where the database can take it, not ten thousand."""
    if connection.dialect.name == "postgresql":
        return column == any_(literal(list(words), ARRAY(column.type)))
    if connection.dialect.name == "sqlite":
        return column.in_(select(func.json_each(literal(json.dumps(list(words)))).table_valued("value").c.value))
    return column.in_(words)


def frame_of(connection: Connection, query: Select[Any] | CompoundSelect[Any], dtypes: Mapping[str, str]) -> pd.DataFrame:
    """The query's rows as a frame with these dtypes, also when there is no row."""
    return typed(connection.execute(query).all(), dtypes)


def typed(rows: Sequence[Any], dtypes: Mapping[str, str]) -> pd.DataFrame:
    """Rows as a frame whose columns, in order, have these names and dtypes."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(dtypes)
    named = zip(dtypes.items(), columns, strict=True)
    return pd.DataFrame({name: pd.Series(list(values), dtype=dtype) for (name, dtype), values in named})
