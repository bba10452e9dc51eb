"""Facts of one frame from the rows of another, a whole column at a time, and null where they leave it open."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd


def any_of(keys: pd.Series[Any], by: pd.Series[Any], flags: pd.Series[Any]) -> pd.Series[Any]:
    """For each key whether one of its rows is true.

    False where it has no row; null where none is true and one can't be told.

    Args:
        keys: the keys asked for.
        by: for each row of the other frame its key.
        flags: for each row of the other frame true, false or null.
    """
    told = flags.astype("boolean")
    yes = set(by[told.fillna(value=False)].dropna())
    unsure = set(by[told.isna()].dropna())
    found = keys.isin(yes).astype("boolean")
    return found.mask(keys.isin(unsure) & ~found).mask(keys.isna())


def among(asked: pd.DataFrame, rows: pd.DataFrame) -> pd.Series[Any]:
    """For each row whether its values stand together in the other frame; null where one of them is null.

    Args:
        asked: the values asked for.
        rows: the other frame's columns, in the same order.
    """
    there = set(rows.itertuples(index=False, name=None))
    found = [values in there for values in asked.itertuples(index=False, name=None)]
    return pd.Series(found, index=asked.index, dtype="boolean").mask(asked.isna().any(axis=1))


def words_beyond(listed: pd.Series[Any], allowed: pd.Series[Any]) -> pd.Series[Any]:
    """For each row whether it lists, with | between, a word that isn't among those allowed; null where either is null."""
    pairs = zip(listed, allowed, listed.isna() | allowed.isna(), strict=True)
    beyond = [None if null else bool(set(words.split("|")) - set(may.split("|"))) for words, may, null in pairs]
    return pd.Series(beyond, index=listed.index, dtype="boolean")


def with_any(keys: pd.Series[Any], known: Iterable[Any]) -> pd.Series[Any]:
    """For each key whether it is among those known; null where it is null itself."""
    return keys.isin(list(known)).astype("boolean").mask(keys.isna())
