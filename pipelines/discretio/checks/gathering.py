"""What several rows say about one thing: gathered once per thing, and handed to its judge as a tuple."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping
from typing import Any, TypeVar

import pandas as pd

from discretio.checks.store_view import rows_of

Gathered = TypeVar("Gathered", bound=Hashable)


def gathered(
    rows: pd.DataFrame, by: str, make: Callable[..., Gathered], columns: Mapping[str, str]
) -> Mapping[str, tuple[Gathered, ...]]:
    """What the rows say about each thing, in the order of the rows; rows that say the same count once.

    Args:
        rows: any frame.
        by: the column with the key of the thing.
        make: builds one saying from its columns, by name.
        columns: by the name that `make` knows, the column.
    """
    found: defaultdict[str, dict[Gathered, None]] = defaultdict(dict)
    said = list(dict.fromkeys(columns.values()))
    told = rows[[by, *said]].dropna(subset=[by]).drop_duplicates()
    alike = told.groupby(said, dropna=False, sort=False).ngroup()
    distinct = rows_of(told.loc[~alike.duplicated(), said])
    made = [make(**{name: row[column] for name, column in columns.items()}) for row in distinct]
    for key, number in zip(told[by].tolist(), alike.tolist(), strict=True):
        found[key].setdefault(made[number])
    return {key: tuple(each) for key, each in found.items()}


def days_of(rows: pd.DataFrame, by: str, moment: str) -> Mapping[str, tuple[Any, ...]]:
    """The days on which something happened, by thing, the earliest first; rows without a moment are left out."""
    days = pd.DataFrame({"by": rows[by], "day": rows[moment].dt.normalize()}).dropna().drop_duplicates().sort_values("day")
    found: defaultdict[str, list[Any]] = defaultdict(list)
    for key, day in zip(days["by"].tolist(), days["day"].dt.date.tolist(), strict=True):
        found[key].append(day)
    return {key: tuple(listed) for key, listed in found.items()}


def per_row(keys: pd.Series[Any], found: Mapping[str, tuple[Any, ...]]) -> pd.Series[Any]:
    """For each key what was gathered about it: nothing is an empty tuple, since the store delivers the frame."""
    return pd.Series([found.get(key, ()) for key in keys.tolist()], index=keys.index, dtype=object)
