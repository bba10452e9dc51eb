"""When DAGs run, on the clock of Brussels: as shipped, or as the operator's environment says, without a change of code."""

from __future__ import annotations

import os
from datetime import date

from airflow.sdk import CronTriggerTimetable
from croniter import croniter

from discretio.errors import UsageError

FULL_SCAN_DAY = "DISCRETIO_FULL_SCAN_DAY"
_PREFIX = "DISCRETIO_SCHEDULE_"
_NEVER = "never"
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def schedule(dag_id: str, cron: str) -> CronTriggerTimetable | None:
    """When a DAG runs by itself.

    Args:
        dag_id: DISCRETIO_SCHEDULE_<DAG ID in capitals> holds another cron expression, or `never`.
        cron: as shipped.

    Raises:
        UsageError: the environment holds something else.
    """
    name = f"{_PREFIX}{dag_id.upper()}"
    chosen = os.environ.get(name, "").strip() or cron
    if chosen.lower() == _NEVER:
        return None
    if not croniter.is_valid(chosen):
        raise UsageError("that is no schedule", where=name, remedy="write a cron expression (0 1 * * *), or never")
    return CronTriggerTimetable(chosen, timezone="Europe/Brussels")


def is_full_scan_day(as_of: date) -> bool:
    """Whether the nightly scan of that day reads everything again: Sunday, or the day that the environment names, or never.

    Raises:
        UsageError: the environment names no day.
    """
    chosen = os.environ.get(FULL_SCAN_DAY, "").strip().lower() or _WEEKDAYS[-1]
    if chosen == _NEVER:
        return False
    if chosen not in _WEEKDAYS:
        raise UsageError("that is no day of the week", where=FULL_SCAN_DAY, remedy="write it in English (sunday), or never")
    return _WEEKDAYS[as_of.weekday()] == chosen
