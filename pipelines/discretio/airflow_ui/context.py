"""What a task may know of its run: the stores, and the day on which dossiers are judged (never the worker's clock)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from airflow.sdk import get_current_context

from discretio.airflow_ui.schedules import is_full_scan_day
from discretio.errors import StoreUnavailableError, UsageError

BRUSSELS = ZoneInfo("Europe/Brussels")
# A run that starts later than this after its own moment makes up for a missed one.
LATE = timedelta(days=1)


def params() -> Mapping[str, Any]:
    """The validated parameters of this run."""
    return get_current_context()["params"]


def chosen_stores(registered: Sequence[str]) -> list[str]:
    """The stores of this run: the parameter's, else those of the events that triggered it, else every registered one.

    Args:
        registered: the names of all stores.

    Raises:
        UsageError: there is no store at all.
    """
    given = params().get("store")
    told = sorted({str(extra["store"]) for extra in _events() if extra.get("store")})
    chosen = [str(given)] if given else told or list(registered)
    if not chosen:
        raise UsageError("no store is registered", remedy="discretio scan URL registers one, discretio store list shows them")
    return chosen


def chosen_date(store: str | None = None) -> date:
    """The day: the parameter's, else the triggering event's, else the partition's, the interval's end, the run's start.

    Args:
        store: whose event counts, where several stores triggered this run; None for any.
    """
    told = [str(extra["as_of"]) for extra in _events() if extra.get("as_of") and store in (None, extra.get("store"))]
    return day_of(params().get("as_of"), told, get_current_context()["dag_run"])


def day_of(given: str | None, told: Sequence[str], run: Any) -> date:  # noqa: ANN401 - Airflow's run
    """The day that counts.

    Args:
        given: the parameter, if any.
        told: the days of the triggering events; the last one counts.
        run: whose `partition_date`, `data_interval_end` or `run_after` counts otherwise, as a day in Brussels.

    Raises:
        LookupError: the run carries no date.
    """
    if given or told:
        return date.fromisoformat(str(given or max(told)))
    for name in ("partition_date", "data_interval_end", "run_after"):
        moment = getattr(run, name, None)
        if isinstance(moment, datetime):
            return moment.astimezone(BRUSSELS).date()
    raise LookupError("the run carries no date")


def is_catch_up() -> bool:
    """Whether this run makes up for a past date: such a run deletes nothing."""
    return catches_up(get_current_context()["dag_run"])


def catches_up(run: Any) -> bool:  # noqa: ANN401 - Airflow's run
    """Whether a run is a backfill, or began more than a day after the moment it is for; a run without a moment is held for one.

    Its start is the scheduler's, not the worker's clock.
    """
    moment, started = run.data_interval_end or run.run_after, run.start_date
    return run.run_type == "backfill" or moment is None or started is None or started - moment > LATE


def reads_everything() -> bool:
    """Whether this scan reads again what didn't change: asked for, or a nightly run on the day of the week for it."""
    nightly = str(get_current_context()["dag_run"].run_type) == "scheduled"
    return bool(params()["full"]) or (nightly and is_full_scan_day(chosen_date()))


def requester() -> str:
    """Who asked for this run, as Airflow knows him; a scheduled run has nobody."""
    return str(getattr(get_current_context()["dag_run"], "triggering_user_name", None) or "schedule")


def announce(asset: Any, store: str, as_of: date) -> None:  # noqa: ANN401 - Airflow's outlet accessor takes any asset
    """Let the runs that this asset triggers know which store and which day it is about."""
    get_current_context()["outlet_events"][asset].extra = {"store": store, "as_of": as_of.isoformat()}


def incomplete() -> StoreUnavailableError:
    """What a run ends on when one of its stores could not be read whole, though others could."""
    return StoreUnavailableError("not every store was read whole", remedy="see which task failed, then run that store again")


def _events() -> Iterator[Mapping[str, Any]]:
    for of_asset in (get_current_context().get("triggering_asset_events") or {}).values():
        for event in of_asset:
            yield event.extra or {}
