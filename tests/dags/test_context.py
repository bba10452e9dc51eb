"""Which day counts, and which run comes too late to delete."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

pytestmark = pytest.mark.airflow
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
LADDER = ("given", "told", "partition_date", "data_interval_end", "run_after")


@pytest.mark.parametrize("first", range(len(LADDER)))
def test_the_day_is_the_first_one_known_on_the_ladder(first: int) -> None:
    from discretio.airflow_ui.context import day_of

    days = {step: date(2020 + number, 5, 4) for number, step in enumerate(LADDER)}
    known = {step: day for step, day in days.items() if LADDER.index(step) >= first}
    moments = {step: datetime(day.year, day.month, day.day, 9, tzinfo=UTC) for step, day in known.items()}
    run = SimpleNamespace(**{step: moments.get(step) for step in LADDER[2:]})
    given = known["given"].isoformat() if "given" in known else None
    told = [known["told"].isoformat()] if "told" in known else []
    assert day_of(given, told, run) == days[LADDER[first]]


def test_a_moment_is_a_day_in_brussels() -> None:
    from discretio.airflow_ui.context import day_of

    run = SimpleNamespace(partition_date=None, data_interval_end=datetime(2026, 6, 30, 22, 30, tzinfo=UTC), run_after=None)
    assert day_of(None, [], run) == date(2026, 7, 1)


def test_of_several_events_the_latest_day_counts() -> None:
    from discretio.airflow_ui.context import day_of

    assert day_of(None, ["2026-11-20", "2026-11-21", "2026-11-19"], SimpleNamespace()) == date(2026, 11, 21)


def test_no_day_is_ever_made_up() -> None:
    from discretio.airflow_ui.context import day_of

    with pytest.raises(LookupError):
        day_of(None, [], SimpleNamespace(partition_date=None, data_interval_end=None, run_after=None))


@pytest.mark.parametrize(
    ("amended", "late"),
    [
        ({}, False),
        ({"run_type": "backfill"}, True),
        ({"data_interval_end": NOW - timedelta(hours=23)}, False),
        ({"data_interval_end": NOW - timedelta(days=2)}, True),
        ({"data_interval_end": None, "run_after": NOW - timedelta(days=2)}, True),
        ({"start_date": None}, True),
        ({"data_interval_end": None, "run_after": None}, True),
    ],
)
def test_a_run_for_a_day_gone_by_makes_up_for_it(amended: dict[str, Any], late: bool) -> None:
    from airflow.sdk.api.datamodels._generated import DagRunType

    from discretio.airflow_ui.context import catches_up

    run = {"run_type": "scheduled", "data_interval_end": NOW, "run_after": NOW, "start_date": NOW} | amended
    # As a task sees it, not as a plain word.
    run["run_type"] = DagRunType(run["run_type"])
    assert catches_up(SimpleNamespace(**run)) is late
