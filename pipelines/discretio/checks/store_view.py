"""The frames of a store as the expectations see them, and how rows become judgements."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from discretio.domain.judgements.answers import Circumstances
from discretio.domain.outcomes import Judgement

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StoreView:
    """The frames that a store delivers, and the circumstances of the judgement."""

    frames: Mapping[str, pd.DataFrame]
    under: Circumstances

    def column(self, frame: str, name: str) -> pd.Series[Any]:
        """A column; all null if the store doesn't deliver it."""
        delivered = self.frames[frame]
        if name in delivered.columns:
            return delivered[name]
        return pd.Series([None] * len(delivered), index=delivered.index, dtype=object)

    def rows(self, frame: str, names: Sequence[str]) -> Iterator[Row]:
        """The rows of a frame with these columns only, absent ones as null."""
        return rows_of(pd.DataFrame({name: self.column(frame, name) for name in names}))

    def looked_up(self, keys: pd.Series[Any], frame: str, key: str, name: str) -> pd.Series[Any]:
        """For each key the value of a column in another frame; null where that frame, column or row is absent."""
        if frame not in self.frames:
            return pd.Series([None] * len(keys), index=keys.index, dtype=object)
        values = self.column(frame, name)
        values.index = pd.Index(self.frames[frame][key])
        return told_by(keys, values[~values.index.duplicated()])


def told_by(keys: pd.Series[Any], values: pd.Series[Any]) -> pd.Series[Any]:
    """For each key what the values say under it, null where they say nothing.

    (Mapping by a series without a value would lose its dtype, and raise for moments.)

    Args:
        keys: the keys, row by row.
        values: one value per key, the key as its index.
    """
    # Whole numbers stay whole where a key is missing: as fractions they could not be read as bits.
    whole = values.astype("Int64") if values.dtype.kind == "i" else values
    told = whole.reindex(pd.Index(keys))
    told.index = keys.index
    return told


def rows_of(frame: pd.DataFrame) -> Iterator[Row]:
    """The rows as plain values: None for every kind of null."""
    columns = [_plain(frame[name]) for name in frame.columns]
    names = list(frame.columns)
    for values in zip(*columns, strict=True):
        yield dict(zip(names, values, strict=True))


@dataclass(frozen=True, slots=True)
class Answers(Sequence[Judgement]):
    """One judgement per row, held once for rows that are alike: which of the distinct ones each row has."""

    distinct: list[Judgement]
    rows: npt.NDArray[np.integer[Any]]

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, row: Any) -> Any:  # noqa: ANN401 - a number or a slice, as a sequence takes
        return [self.distinct[one] for one in self.rows[row]] if isinstance(row, slice) else self.distinct[self.rows[row]]

    def told(self, say: Callable[[Judgement], str]) -> npt.NDArray[np.object_]:
        """What each row's judgement says, said once for alike ones."""
        said: npt.NDArray[np.object_] = np.array([say(one) for one in self.distinct], dtype=object)[self.rows]
        return said


def judge_distinct(facts: pd.DataFrame, judge_row: Callable[[Row], Judgement]) -> Answers:
    """One judgement per row, made once for rows that are alike: most entries of a store differ in nothing that a rule asks.

    Args:
        facts: the facts, a row per scope.
        judge_row: judges one row.

    Returns:
        The judgements in the order of the rows.
    """
    groups = facts.groupby(list(facts.columns), dropna=False, sort=False).ngroup()
    first = facts[~groups.duplicated()]
    return Answers([judge_row(row) for row in rows_of(first)], groups.to_numpy())


def _plain(column: pd.Series[Any]) -> list[Any]:
    return [None if null else value for value, null in zip(column.tolist(), column.isna().tolist(), strict=True)]
