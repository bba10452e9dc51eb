"""A calendar counts every dossier once, in the column of its last lawful day."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from discretio.domain.due_calendar import calendar_ends, due_calendar
from discretio.domain.dues import Due, DueStatus
from discretio.domain.retention_reasons import Reason

AS_OF = date(2024, 2, 29)


def due(rule_id: str, last: date | None, status: DueStatus = DueStatus.OK) -> Due:
    return Due(rule_id=rule_id, status=status, reason=Reason.WITHIN_TERM, due=last, last_lawful_day=last)


def test_the_columns_end_on_days_that_exist() -> None:
    assert calendar_ends(AS_OF) == (
        AS_OF, date(2024, 3, 7), date(2024, 3, 30), date(2024, 5, 29), date(2025, 2, 28), date(2026, 2, 28),
        date(2027, 2, 28), date(2028, 2, 29), date(2029, 2, 28), date.max,
    )  # fmt: skip


def test_a_dossier_counts_under_the_rule_that_ends_first() -> None:
    counts = due_calendar([[due("CAP", date(2050, 1, 1)), due("AGREED", date(2024, 3, 1))]], AS_OF)
    assert counts == {"AGREED": (0, 1, 0, 0, 0, 0, 0, 0, 0, 0)}


def test_what_has_no_end_is_not_counted() -> None:
    assert due_calendar([[due("CAP", None, DueStatus.NOT_CHECKABLE)], []], AS_OF) == {}


@given(st.lists(st.integers(-4000, 40_000), max_size=30))
def test_no_dossier_is_lost_or_counted_twice(days: list[int]) -> None:
    counts = due_calendar([[due("CAP", AS_OF + timedelta(days=number))] for number in days], AS_OF)
    assert sum(map(sum, counts.values())) == len(days)
    if days:
        assert counts["CAP"][0] == sum(number <= 0 for number in days)
