"""Small counts never leave: primary and complementary suppression (catalogue § d, suppression; rule PIPE-REPORT-NO-PD).

Primary: a count n with 0 < n < k is published as "<k", and where a total is below k its whole line is closed, zeros included,
since "0 of 3" tells as much as "3 of 3". Complementary: further counts are closed ("c") until no closed count can be worked out
from the totals. Two readers are assumed. One who looks only at totals must be left with an interval of at least k. One who also
knows what the marks mean, so that a "c" hides k or more where a "<k" hides less, must learn nothing of a "<k" but that: all its
values stay possible. Where that can't be had, every closed count of the table is shown as "c".
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from discretio.domain.disclosure import UNBOUNDED, Hidden, Place, width
from discretio.domain.figures import Figures, Form, Margins, Table

TOTAL = "TOTAL"
COMPLEMENTARY = "c"
RATIO_MINIMUM = 20
_FREE = "free"

Cell = int | str
Codes = tuple[str, str]
"""A cell by the codes of its row and its column."""


@dataclass(frozen=True, slots=True)
class SuppressedTable:
    """A table as it is published: a number, "<k", "c" (closed to protect another), or a band such as "5-9".

    Totals stand in the same grid under the code TOTAL.
    """

    id: str
    row_kind: str
    column_kind: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]

    def cell(self, row: str, column: str) -> Cell:
        """One published cell, by its codes."""
        return self.cells[self.rows.index(row)][self.columns.index(column)]


@dataclass(frozen=True, slots=True)
class SuppressedSection:
    """A section as it is published."""

    id: str
    tables: tuple[SuppressedTable, ...] = ()


@dataclass(slots=True)
class _Grid:
    """A table with its totals, and what is closed so far."""

    table: Table
    values: dict[Place, int]
    thresholds: dict[int, int]
    primary: set[Place] = field(default_factory=set)
    closed: set[Place] = field(default_factory=set)
    unmarked: set[Place] = field(default_factory=set)

    @property
    def total_row(self) -> int:
        return len(self.table.rows)

    @property
    def total_column(self) -> int:
        return len(self.table.columns)

    def is_total(self, place: Place) -> bool:
        return place[0] == self.total_row or place[1] == self.total_column

    def line_totals(self) -> Iterator[tuple[Place, list[Place]]]:
        """Every published total with the counts that it sums."""
        for place in self.values:
            row, column = place
            if column == self.total_column:
                yield place, [other for other in self.values if other[0] == row and other != place]
            if row == self.total_row:
                yield place, [other for other in self.values if other[1] == column and other != place]


def suppress(table: Table, k: int, k_special: int, also: Collection[Codes] = ()) -> SuppressedTable:
    """The table as it may be published.

    Args:
        table: the counts.
        k: the threshold, at least 3.
        k_special: the threshold of the sensitive rows, at least k.
        also: cells that show "c" whatever they hold, since another report would give them away (`domain/linked_reports.py`).

    Returns:
        The same table with its totals, small counts closed, and as many others as their protection needs.

    Raises:
        ValueError: the thresholds make no sense.
    """
    if not 3 <= k <= k_special:
        raise ValueError("the thresholds must be 3 <= k <= k_special")
    if table.form is Form.BANDS:
        return _banded(table, k, also)
    if table.form is Form.OPEN:
        return SuppressedTable(table.id, table.row_kind, table.column_kind, table.rows, table.columns, table.cells)
    grid = _grid(table, k, k_special)
    grid.unmarked |= {place for place in grid.values if codes_of(table, place) in also}
    _close_small(grid)
    while (place := _exposed(grid)) is not None:
        if grid.closed == grid.values.keys():
            grid.unmarked |= grid.closed
        else:
            grid.closed.add(_complement(grid, place))
    return _published(grid)


def publish(figures: Figures) -> tuple[SuppressedSection, ...]:
    """Every section as it may be published, under the thresholds that the figures name."""
    return tuple(
        SuppressedSection(
            part.id,
            tuple(suppress(table, figures.k, figures.k_special, figures.closed_in(table.id)) for table in part.tables),
        )
        for part in figures.sections
    )


def codes_of(table: Table, place: Place) -> Codes:
    """The codes of a place of a table, totals included."""
    row, column = place
    return (
        table.rows[row] if row < len(table.rows) else TOTAL,
        table.columns[column] if column < len(table.columns) else TOTAL,
    )


def values_of(table: Table) -> dict[Place, int]:
    """Every count of a table by its place; its totals stand after the last row and the last column."""
    values = {(row, column): number for row, line in enumerate(table.cells) for column, number in enumerate(line)}
    row_total, column_total = len(table.columns), len(table.rows)
    if table.margins in (Margins.ROWS, Margins.BOTH):
        values |= {(row, row_total): sum(line) for row, line in enumerate(table.cells)}
    if table.margins in (Margins.COLUMNS, Margins.BOTH):
        values |= {(column_total, column): sum(line[column] for line in table.cells) for column in range(row_total)}
    if table.margins is Margins.BOTH:
        values[column_total, row_total] = sum(map(sum, table.cells))
    return values


def ratio(part: Cell, whole: Cell) -> float | None:
    """A share of two published cells, between 0 and 1; None if either is closed or the whole is below 20."""
    if isinstance(part, str) or isinstance(whole, str) or whole < RATIO_MINIMUM:
        return None
    return part / whole


def _banded(table: Table, k: int, also: Collection[Codes]) -> SuppressedTable:
    def band(row: str, column: str, number: int) -> Cell:
        least = number // k * k
        return COMPLEMENTARY if (row, column) in also else f"{least}-{least + k - 1}"

    cells = tuple(
        tuple(band(row, column, number) for column, number in zip(table.columns, line, strict=True))
        for row, line in zip(table.rows, table.cells, strict=True)
    )
    return SuppressedTable(table.id, table.row_kind, table.column_kind, table.rows, table.columns, cells)


def _grid(table: Table, k: int, k_special: int) -> _Grid:
    thresholds = {row: k_special if code in table.sensitive_rows else k for row, code in enumerate(table.rows)}
    return _Grid(table, values_of(table), thresholds | {len(table.rows): k})


def _close_small(grid: _Grid) -> None:
    """Primary suppression: small counts, and every count under a small total."""
    grid.primary |= {place for place, number in grid.values.items() if 0 < number < grid.thresholds[place[0]]}
    for total, parts in grid.line_totals():
        if total in grid.primary:
            grid.closed.update(part for part in parts if not grid.is_total(part))
    grid.closed |= grid.primary | grid.unmarked


def _exposed(grid: _Grid) -> Place | None:
    """A closed count that the totals give away, or the marks, if there is one."""
    blind = {place: _hidden(grid, place, 0, UNBOUNDED) for place in sorted(grid.closed)}
    reading = {place: _hidden(grid, place, *_admitted(grid, place)) for place in blind}
    for place in blind:
        k, enough = grid.thresholds[place[0]], _enough_for_marks(grid, place)
        if width(blind, place, k) < k or width(reading, place, enough) < enough:
            return place
    return None


def _admitted(grid: _Grid, place: Place) -> Place:
    """What a mark says of its count to who knows how marks are given: its least and greatest value.

    A "c" hides zero, or k and more. Which of both he doesn't know; he is taken here to know it, which protects no less.
    """
    k = grid.thresholds[place[0]]
    if _marked_small(grid, place):
        return 1, k - 1
    if place in grid.unmarked or _under_small_total(grid, place):
        return 0, UNBOUNDED
    return (k, UNBOUNDED) if grid.values[place] else (0, 0)


def _enough_for_marks(grid: _Grid, place: Place) -> int:
    """The interval that who knows the marks must be left with: all of a "<k", and no single value of what isn't zero."""
    if _marked_small(grid, place):
        return grid.thresholds[place[0]] - 2
    return 1 if grid.values[place] else 0


def _marked_small(grid: _Grid, place: Place) -> bool:
    """Whether it is shown as "<k"; under a small total every count shows "c", or the marks would tell zeros apart."""
    if place not in grid.primary or place in grid.unmarked:
        return False
    return grid.is_total(place) or not _under_small_total(grid, place)


def _under_small_total(grid: _Grid, place: Place) -> bool:
    return any(total in grid.primary for total, parts in grid.line_totals() if place in parts)


def _hidden(grid: _Grid, place: Place, low: int, high: int) -> Hidden:
    """A closed count as an arc between its two equations; totals run against the counts that they sum."""
    row, column = place
    row_node = f"row {row}" if grid.table.margins in (Margins.ROWS, Margins.BOTH) else _FREE
    column_node = f"column {column}" if grid.table.margins in (Margins.COLUMNS, Margins.BOTH) else _FREE
    against = (row == grid.total_row) != (column == grid.total_column)
    ends = (column_node, row_node) if against else (row_node, column_node)
    return Hidden(grid.values[place], low, high, *ends)


def _complement(grid: _Grid, exposed: Place) -> Place:
    """The next count to close: in a summed line of the exposed one if possible, no total, no zero, and the last of these.

    Its number has no say in it: who knew that it is the least or the greatest could narrow down what it protects.
    """
    across, down = grid.table.margins in (Margins.ROWS, Margins.BOTH), grid.table.margins in (Margins.COLUMNS, Margins.BOTH)

    def cost(place: Place) -> tuple[bool, bool, bool, int, int]:
        row, column = place
        together = (across and row == exposed[0]) or (down and column == exposed[1])
        return not together, not grid.values[place], grid.is_total(place), -row, -column

    return min((place for place in grid.values if place not in grid.closed), key=cost)


def _published(grid: _Grid) -> SuppressedTable:
    table = grid.table
    rows = (*table.rows, TOTAL) if table.margins in (Margins.COLUMNS, Margins.BOTH) else table.rows
    columns = (*table.columns, TOTAL) if table.margins in (Margins.ROWS, Margins.BOTH) else table.columns
    cells = tuple(tuple(_mark(grid, (row, column)) for column in range(len(columns))) for row in range(len(rows)))
    return SuppressedTable(table.id, table.row_kind, table.column_kind, rows, columns, cells)


def _mark(grid: _Grid, place: Place) -> Cell:
    if place not in grid.closed:
        return grid.values[place]
    return f"<{grid.thresholds[place[0]]}" if _marked_small(grid, place) else COMPLEMENTARY
