"""What several reports tell of the same counts, as unknowns and equations: the whole of what a reader can compute with.

The worst reader is assumed. He knows which counts did not change from one report to another, so that equal counts of a row and
a column are one unknown: a number that one report closes and another shows is known to him. Of what is counted over a period
(purges) he knows besides that a year is the sum of its quarters and a quarter that of its months, and by how much the reports
differ from that because something changed its state in between.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from discretio.domain.calendar_periods import days_of
from discretio.domain.disclosure import UNBOUNDED
from discretio.domain.figures import Form, Table
from discretio.domain.suppression import COMPLEMENTARY, Codes, SuppressedTable, codes_of, suppress, values_of

OVER_THE_PERIOD = frozenset({"purges"})
"""Tables of what happened in the period; all others tell how things stand."""


@dataclass(frozen=True, slots=True)
class Told:
    """One table as one report tells it.

    Attributes:
        table: the counts.
        k: the threshold of that report.
        k_special: that of its sensitive rows.
        period: as reports write it.
        closed: the cells that are closed because of other reports.
    """

    table: Table
    k: int
    k_special: int
    period: str
    closed: frozenset[Codes] = frozenset()

    def published(self) -> SuppressedTable:
        """The table as its readers see it."""
        return _suppressed(self.table, self.k, self.k_special, self.closed)

    def threshold(self, row: str) -> int:
        """How many values a closed count of this row must at least be able to have."""
        return self.k_special if row in self.table.sensitive_rows else self.k


@lru_cache(maxsize=1024)
def _suppressed(table: Table, k: int, k_special: int, closed: frozenset[Codes]) -> SuppressedTable:
    return suppress(table, k, k_special, closed)


class Count(NamedTuple):
    """An unknown: of which period (empty where it tells how things stand), row and column, and its true value."""

    period: str
    row: str
    column: str
    value: int


@dataclass(slots=True)
class LinkedCounts:
    """The hidden counts of several reports with what their marks admit, the equations among them, and what is published.

    An equation is a sum of unknowns, each with its sign, that is known to the reader.
    """

    hidden: dict[Count, tuple[int, int]] = field(default_factory=dict)
    equations: list[Mapping[Count, int]] = field(default_factory=list)
    known: set[Count] = field(default_factory=set)


def linked(told: Sequence[Told], *, reading: bool) -> LinkedCounts:
    """All that these tellings of one table say together.

    Args:
        told: the table in each report.
        reading: whether the reader draws conclusions from the marks "<k" and "c"; bands he always reads.
    """
    found = LinkedCounts()
    for one in told:
        _add(found, one, reading=reading)
    if told[0].table.id in OVER_THE_PERIOD:
        found.equations += _sums_of_periods(found)
    for count in found.known:
        found.hidden.pop(count, None)
    found.equations = _without(found.equations, found.known)
    return found


def _add(found: LinkedCounts, one: Told, *, reading: bool) -> None:
    shown, counts = one.published(), counts_of(one)
    for place, count in counts.items():
        if place[0] >= len(shown.rows) or place[1] >= len(shown.columns):
            continue  # a banded table shows no totals
        cell = shown.cells[place[0]][place[1]]
        if isinstance(cell, int):
            found.known.add(count)
            continue
        low, high = _admitted(one, count, cell) if reading or one.table.form is Form.BANDS else (0, UNBOUNDED)
        least, most = found.hidden.get(count, (0, UNBOUNDED))
        found.hidden[count] = max(low, least), min(high, most)
    if one.table.form is Form.COUNTS:
        found.equations += _sums(counts, len(one.table.rows), len(one.table.columns))


def counts_of(one: Told) -> dict[tuple[int, int], Count]:
    """Every count of a table by its place, totals included."""
    period = one.period if one.table.id in OVER_THE_PERIOD else ""
    return {place: Count(period, *codes_of(one.table, place), value) for place, value in values_of(one.table).items()}


def _admitted(one: Told, count: Count, cell: str) -> tuple[int, int]:
    """What a mark says of the count behind it: its least and greatest value.

    A "c" hides zero, or the threshold and more, or anything if it is closed for another report. He is taken to know which.
    """
    if cell == COMPLEMENTARY:
        threshold = one.threshold(count.row)
        return (threshold if one.table.form is Form.COUNTS and count.value >= threshold else 0), UNBOUNDED
    if cell.startswith("<"):
        return 1, int(cell[1:]) - 1
    low, high = cell.split("-")
    return int(low), int(high)


def _sums(counts: Mapping[tuple[int, int], Count], last_row: int, last_column: int) -> Iterator[Mapping[Count, int]]:
    """Each published total with the counts that it sums."""
    for (row, column), total in counts.items():
        if column == last_column:
            yield {count: -1 if count is total else 1 for place, count in counts.items() if place[0] == row}
        if row == last_row:
            yield {count: -1 if count is total else 1 for place, count in counts.items() if place[1] == column}


def _sums_of_periods(found: LinkedCounts) -> Iterator[Mapping[Count, int]]:
    """Each count of a period with those of every set of periods that make it up."""
    counts = sorted({*found.hidden, *found.known})
    for whole in counts:
        first, last = days_of(whole.period)
        others = [
            (*days_of(one.period), one) for one in counts
            if one.period != whole.period and (one.row, one.column) == (whole.row, whole.column)
        ]  # fmt: skip
        for parts in _tilings(first, last, others):
            yield {whole: -1, **dict.fromkeys(parts, 1)}


def _tilings(first: date, last: date, spans: Collection[tuple[date, date, Count]]) -> Iterator[list[Count]]:
    """Every way to fill the days from the first to the last with such spans, without gap or overlap."""
    if first > last:
        yield []
        return
    for start, end, count in spans:
        if start == first and end <= last:
            for rest in _tilings(end + timedelta(days=1), last, spans):
                yield [count, *rest]


def _without(equations: Sequence[Mapping[Count, int]], known: Collection[Count]) -> list[Mapping[Count, int]]:
    """The equations in what is unknown, each once."""
    left = [{count: sign for count, sign in equation.items() if count not in known} for equation in equations]
    return [equation for position, equation in enumerate(left) if equation and equation not in left[:position]]
