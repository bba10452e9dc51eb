"""When dossiers fall due: counts in the days, months and years to come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from discretio.domain.dues import Due, DueStatus
from discretio.law.periods import Period

_DAYS = (7, 30, 90)
_YEARS = 5
_RUNNING = frozenset({DueStatus.OK, DueStatus.DUE_SOON, DueStatus.DUE_UNCERTAIN, DueStatus.OVERDUE, DueStatus.OVERDUE_HELD})


def calendar_ends(as_of: date) -> tuple[date, ...]:
    """The last day of each column: the day asked about, 7, 30 and 90 days on, then each anniversary up to five years."""
    days = [as_of, *(as_of + timedelta(days=number) for number in _DAYS)]
    return (*days, *(Period.parse(f"P{number}Y").after(as_of) for number in range(1, _YEARS + 1)), date.max)


def due_calendar(dues_of_dossiers: Iterable[Iterable[Due]], as_of: date) -> Mapping[str, tuple[int, ...]]:
    """By rule, how many dossiers end within each column; each dossier counts once, under the rule that ends first.

    Args:
        dues_of_dossiers: the dues of each dossier (or row of the art. 8 list).
        as_of: the day on which they were worked out; what ended before it stands in the first column.
    """
    ends = calendar_ends(as_of)
    counts: dict[str, list[int]] = {}
    for dues in dues_of_dossiers:
        first = min((due for due in dues if due.status in _RUNNING and due.due), key=_end, default=None)
        if first is not None:
            column = next(position for position, end in enumerate(ends) if _end(first)[0] <= end)
            counts.setdefault(first.rule_id, [0] * len(ends))[column] += 1
    return {rule_id: tuple(counts[rule_id]) for rule_id in sorted(counts)}


def _end(due: Due) -> tuple[date, str]:
    return due.last_lawful_day or due.due or date.max, due.rule_id
