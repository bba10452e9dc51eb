"""Pairs of dates that can't stand in the order in which a store has them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from discretio.errors import StoreContentError


@dataclass(frozen=True, slots=True)
class DateOrder:
    """`later` never lies on a day before `earlier`; `precision` names the column that says how precise `later` is."""

    frame: str
    earlier: str
    later: str
    precision: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns needed to judge."""
        return (self.earlier, self.later, *((self.precision,) if self.precision else ()))


DATE_ORDERS = (
    DateOrder("dossiers", "opened_at", "closed_at", "closed_precision"),
    DateOrder("dossiers", "drafted_at", "last_edit_at"),
    DateOrder("agreements", "given_at", "withdrawn_at"),
    DateOrder("holds", "from_at", "until_at"),
    DateOrder("rights_requests", "received_at", "replied_at"),
    DateOrder("art8_rows", "registered_at", "erased_at"),
    DateOrder("access_grants", "from_at", "until_at"),
)


def impossible(order: DateOrder, rows: pd.DataFrame) -> pd.Series:
    """Which rows break the order, as truth values; none if a column is absent. Days are compared, not hours."""
    if not {order.earlier, order.later} <= set(rows.columns):
        return pd.Series(data=False, index=rows.index)
    broken: pd.Series = rows[order.later].dt.normalize() < rows[order.earlier].dt.normalize()
    if order.precision is None or order.precision not in rows.columns:
        return broken
    # A closure known by its month or year stands on that period's first day: only the period may come too early.
    precision = rows[order.precision]
    year_broken: pd.Series = rows[order.later].dt.year < rows[order.earlier].dt.year
    month_broken = year_broken | (
        (rows[order.later].dt.year == rows[order.earlier].dt.year) & (rows[order.later].dt.month < rows[order.earlier].dt.month)
    )
    by_month: pd.Series = broken.mask(precision == "MONTH", month_broken)
    return by_month.mask(precision == "YEAR", year_broken)


def refuse_impossible(order: DateOrder, pages: Iterable[pd.DataFrame]) -> None:
    """Refuse rows of a store that break the order.

    Raises:
        StoreContentError: some do; says how many and in which column, never which.
    """
    wrong = sum(int(impossible(order, rows).sum()) for rows in pages)
    if wrong:
        raise StoreContentError(
            f"{wrong} rows have a date in {order.later} before the one in {order.earlier}",
            where=f"{order.frame}.{order.later}",
            remedy="correct these dates in the store: no term can be judged on them",
        )
