"""What the report about all controllers and those about single ones tell together of the controllers that have none.

Their counts are the difference, so that it obeys the same thresholds (catalogue § d, suppression 4: no pair of reports that
differs by less than k). A cell is closed where the difference of what is shown would be small; a closed cell keeps an interval
of at least k, and so does the difference then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from discretio.domain.figures import ALL, Figures, Form, Table
from discretio.domain.suppression import Codes, suppress

_Shown = Mapping[Codes, int]


def beside_the_others(figures: Figures, others: Sequence[Figures]) -> Figures:
    """The figures of a new report, with what must be closed since the others would tell the rest of all controllers.

    Args:
        figures: the counts of the new report.
        others: of each other controller, or of all, the last report for the same authority over the same period.
    """
    reports = {one.controller: one for one in (*others, figures)}
    whole = reports.pop(ALL, None)
    if whole is None or not reports:
        return figures
    more = {cell for name in _names(figures) for cell in _telling(name, whole, list(reports.values()), figures)}
    return replace(figures, closed=tuple(sorted({*figures.closed, *more})))


def _telling(name: str, whole: Figures, parts: Sequence[Figures], new: Figures) -> Iterator[tuple[str, str, str]]:
    """The cells of one table whose rest would be told, and small."""
    shown, told = _shown(whole, name), [_shown(part, name) for part in parts]
    table = _names(new)[name]
    for cell, number in shown.items():
        if all(cell in one for one in told):
            rest = number - sum(one[cell] for one in told)
            if 0 < rest < (new.k_special if cell[0] in table.sensitive_rows else new.k):
                yield name, *cell


def _names(figures: Figures) -> dict[str, Table]:
    """The tables of counts, by their names: bands and open bounds hide their own differences."""
    return {table.id: table for section in figures.sections for table in section.tables if table.form is Form.COUNTS}


def _shown(figures: Figures, name: str) -> _Shown:
    """The numbers that a report shows in a table, totals included, by the codes of row and column."""
    table = _names(figures).get(name)
    if table is None:
        return {}
    told = suppress(table, figures.k, figures.k_special, figures.closed_in(name))
    return {
        (row, column): cell
        for row, line in zip(told.rows, told.cells, strict=True)
        for column, cell in zip(told.columns, line, strict=True)
        if isinstance(cell, int)
    }
