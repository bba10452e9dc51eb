"""The frames of a sample store while they are made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from discretio.domain.frames import NUMBER
from discretio.stores.reference.schema import WHOLE

CRIMINAL = 1 << 9
"""Category 9 of art. 2 §2, as a bit."""


@dataclass(slots=True)
class World:
    """The frames so far, by name, and the day on which the demo looks."""

    frames: dict[str, pd.DataFrame]
    as_of: pd.Timestamp

    def set(self, name: str, **columns: Any) -> None:  # noqa: ANN401 - a value for all rows, or one for each
        """Give the rows of a frame more columns."""
        self.frames[name] = self.frames[name].assign(**columns)

    def add(self, name: str, rows: pd.DataFrame) -> None:
        """Add rows to a frame, each with a key of its own unless it brings one."""
        there = self.frames.get(name)
        key = WHOLE.frames[name].key
        first = 1 if there is None else len(there) + 1
        made = rows.reset_index(drop=True)
        if key not in made:
            made[key] = [f"{name.replace('_', '-')}-{first + number:05d}" for number in range(len(made))]
        self.frames[name] = made if there is None else pd.concat([there, made], ignore_index=True)

    def days_ago(self, days: int) -> pd.Timestamp:
        """A day before the one on which the demo looks."""
        return self.as_of - pd.Timedelta(days=days)

    def told(self, keys: pd.Series[Any], frame: str, column: str) -> pd.Series[Any]:
        """For each key what another frame says of it."""
        other = self.frames[frame]
        return keys.map(other.set_index(WHOLE.frames[frame].key)[column])

    def cast(self) -> dict[str, pd.DataFrame]:
        """Every frame that a store can hold, with exactly its columns; one that nobody filled is empty."""
        return {name: self._cast(name) for name in WHOLE.frames}

    def _cast(self, name: str) -> pd.DataFrame:
        frame, rows = WHOLE.frames[name], self.frames.get(name, pd.DataFrame())
        names = frame.column_names
        beyond = [str(column) for column in rows.columns if column not in {*names, "content"}]
        if beyond:
            raise KeyError(f"{name} has no column {', '.join(beyond)}")
        made = rows.reindex(columns=[*names, *({"content"} & {*rows.columns})])
        numbers = {column.name: 0 for column in frame.columns if column.dtype == NUMBER}
        return made.fillna(numbers).astype({column.name: column.dtype for column in frame.columns})
