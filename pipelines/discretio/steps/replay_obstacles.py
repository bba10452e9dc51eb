"""What stands in the way of erasing again, read from the frames of a store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import pandas as pd

from discretio.domain.dossier_dates import DossierDates
from discretio.domain.replays import obstacle_to_replay, obstacle_to_replay_row
from discretio.domain.retention_reasons import Reason
from discretio.law.policy import ResolvedPolicy
from discretio.steps.dossier_facts import art8_identities

Obstacles = dict[str, Reason | None]


def dossier_obstacles(
    dossiers: Iterable[tuple[str, DossierDates]], erased: Mapping[str, date], policy: ResolvedPolicy, as_of: date
) -> Obstacles:
    """By dossier key, why it may not be erased again; None if it may. Those that were never erased are absent."""
    return {key: obstacle_to_replay(facts, erased[key], as_of, policy) for key, facts in dossiers if key in erased}


def row_obstacles(rows: pd.DataFrame, erased: Mapping[str, date], policy: ResolvedPolicy) -> Obstacles:
    """The same by row of the prosecutor's list."""
    listed = [row for identity in art8_identities(rows).values() for row in identity]
    return {row.key: obstacle_to_replay_row(row, erased[row.key], policy) for row in listed if row.key in erased}
