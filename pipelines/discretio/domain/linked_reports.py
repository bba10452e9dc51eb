"""What a new report must close besides, because the reports issued before it would give it away, or it them.

A yearly report beside four quarterly ones, a period after another, a corrected report: whoever holds them all subtracts them.
`linked_counts.py` says what he knows; here cells of the new report are closed until every closed count, of this report or of an
earlier one, keeps an interval of at least k for who reads the totals, and more than one value for who reads the marks too; and
every band keeps all its k values. What is issued can't be closed again: if reports before this one gave something away
between them, no cell of this one can mend it, and it is left.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace

from discretio.domain.figures import Figures, Form, Margins
from discretio.domain.linked_counts import OVER_THE_PERIOD, Count, LinkedCounts, Told, counts_of, linked
from discretio.domain.suppression import COMPLEMENTARY, TOTAL, Cell, Codes

Width = Callable[[LinkedCounts, Count], int]
"""Greatest minus least whole number that a hidden count can have, given the equations and what the marks admit."""


def guarded(figures: Figures, earlier: Sequence[Figures], width: Width) -> Figures:
    """The figures of a new report, with what must be closed because of earlier ones.

    Args:
        figures: the counts of the new report.
        earlier: those of all reports about the same that were issued, corrected ones too.
        width: how the bounds of a count are computed.
    """
    before = [_tables(one) for one in earlier]
    closed = [
        (name, row, column)
        for name, new in _tables(figures).items()
        for row, column in sorted(closures(new, [tables[name] for tables in before if name in tables], width))
    ]
    return replace(figures, closed=tuple(sorted({*figures.closed, *closed})))


def closures(new: Told, earlier: Sequence[Told], width: Width) -> frozenset[Codes]:
    """The cells of one table that must be closed besides."""
    found: frozenset[Codes] = frozenset()
    for part in _independent(new):
        same = [other for one in earlier for other in _independent(one) if set(other.table.rows) & set(part.table.rows)]
        if not all(_alike(part, other) for other in same):
            found |= _closed(part, same, width)
    return found


def _tables(figures: Figures) -> dict[str, Told]:
    return {
        table.id: Told(table, figures.k, figures.k_special, figures.period, figures.closed_in(table.id))
        for section in figures.sections
        for table in section.tables
        if table.form is not Form.OPEN
    }


def _independent(one: Told) -> Iterator[Told]:
    """The table in parts that no total joins: by row, unless columns have totals."""
    if one.table.form is Form.COUNTS and one.table.margins in (Margins.COLUMNS, Margins.BOTH):
        yield one
        return
    for row, line in zip(one.table.rows, one.table.cells, strict=True):
        sensitive = one.table.sensitive_rows & {row}
        yield replace(one, table=replace(one.table, rows=(row,), cells=(line,), sensitive_rows=sensitive))


def _alike(part: Told, other: Told) -> bool:
    """Whether both tell the same, so that they say no more than one of them."""
    same_days = part.period == other.period or part.table.id not in OVER_THE_PERIOD
    return same_days and part.table == other.table and part.published() == other.published()


def _closed(new: Told, earlier: Sequence[Told], width: Width) -> frozenset[Codes]:
    before = linked(earlier, reading=False) if earlier else LinkedCounts()
    given_away: set[Count] = set()
    while (count := _exposed([*earlier, new], before.known | given_away, width)) is not None:
        cell = None if count in before.hidden and _gives_away(earlier, count, width) else _next_to_close(new, before, count)
        if cell is None:
            given_away.add(count)
        else:
            new = replace(new, closed=new.closed | {cell})
    return new.closed


def _exposed(told: Sequence[Told], public: Collection[Count], width: Width) -> Count | None:
    """A closed count that the reports together tell too well, if there is one; what was public before is no secret."""
    systems = {reading: linked(told, reading=reading) for reading in (False, True)}
    for count, enough in _needs(told).items():
        if count not in public and any(_too_narrow(systems[reading], count, enough[reading], width) for reading in systems):
            return count
    return None


def _gives_away(told: Sequence[Told], count: Count, width: Width) -> bool:
    enough = _needs(told)[count]
    return any(_too_narrow(linked(told, reading=reading), count, enough[reading], width) for reading in (False, True))


def _too_narrow(counts: LinkedCounts, count: Count, enough: int, width: Width) -> bool:
    return count in counts.known or width(counts, count) < enough


def _needs(told: Sequence[Told]) -> dict[Count, tuple[int, int]]:
    """The interval that every closed count must keep, for who reads the totals and for who reads the marks too."""
    found: dict[Count, tuple[int, int]] = {}
    for one in told:
        for count, cell in _cells(one):
            if isinstance(cell, str):
                threshold = one.threshold(count.row)
                enough = (threshold - 1, threshold - 1) if one.table.form is Form.BANDS else (threshold, 1)
                found[count] = min(enough, found.get(count, enough))
    return found


def _next_to_close(new: Told, before: LinkedCounts, exposed: Count) -> Codes | None:
    """The cell of the new report to close next: the exposed one itself, else one that stands in an equation with it."""

    def cost(count: Count, cell: Cell) -> tuple[tuple[bool, ...], bool, Codes]:
        useless = isinstance(cell, str), count in before.known
        beside = count.row == exposed.row or count.column == exposed.column
        near = count == exposed, count in before.hidden, beside, TOTAL not in {count.row, count.column}
        return (*useless, *(not one for one in near)), not count.value, (count.row, count.column)

    left = [cost(count, cell) for count, cell in _cells(new) if cell != COMPLEMENTARY]
    return min(left)[-1] if left else None


def _cells(one: Told) -> Iterator[tuple[Count, Cell]]:
    """Every count of a table with what is published of it; a banded table shows no totals."""
    shown = one.published()
    for (row, column), count in counts_of(one).items():
        if row < len(shown.rows) and column < len(shown.columns):
            yield count, shown.cells[row][column]
