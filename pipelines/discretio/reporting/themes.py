"""The state of each theme, for the summary page: read from published cells alone, so that it tells nothing that they hide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from discretio.domain.suppression import COMPLEMENTARY, TOTAL, Cell, SuppressedSection, SuppressedTable, ratio

_FAILING = frozenset({"FAIL", "OVERDUE"})
_WARNING = frozenset({"WARN", "DUE_SOON", "DUE_UNCERTAIN", "OVERDUE_HELD", "OVERDUE_AWAITING_ARCHIVES"})
_UNCHECKED = frozenset({"NOT_CHECKABLE"})
_JUDGED = ("PASS", "WARN", "FAIL")


@dataclass(frozen=True, slots=True)
class Theme:
    """One line of the summary: the state of a section, and how many of its rules gave what."""

    section: str
    status: str
    ran: int
    with_findings: int
    with_warnings: int
    unchecked: int


@dataclass(frozen=True, slots=True)
class Share:
    """A share in tenths of a percent, of two published cells; absent where the catalogue forbids one."""

    id: str
    table: str
    row: str
    per_mille: int


def themes(sections: Iterable[SuppressedSection]) -> tuple[Theme, ...]:
    """A line for each section but the attestation."""
    return tuple(_theme(section) for section in sections if section.id != "16")


def shares(sections: Iterable[SuppressedSection]) -> tuple[Share, ...]:
    """All shares of a report: coverage, rate of each rule, precision of the detector."""
    found = [share for section in sections for table in section.tables for share in _shares(table)]
    return tuple(Share(name, table, row, round(value * 1000)) for name, table, row, value in found if value is not None)


def _theme(section: SuppressedSection) -> Theme:
    answered = [table for table in section.tables if not _is_unjudged(table)]
    tables = [table for table in answered if table.row_kind == "rule"]
    unjudged = {rule for table in section.tables if _is_unjudged(table) for rule in table.rows}
    rules = {rule for table in tables for rule in table.rows}
    failing = {rule for table in tables for rule in table.rows if _any_of(table, rule, _FAILING)}
    warning = {rule for table in tables for rule in table.rows if _any_of(table, rule, _WARNING)}
    unchecked = {rule for table in tables for rule in table.rows if _any_of(table, rule, _UNCHECKED)} | unjudged
    closed = any(cell == COMPLEMENTARY for table in tables for line in table.cells for cell in line)
    status = _status(answered, len(failing), len(warning), (len(unchecked), closed))
    return Theme(section.id, status, len(rules), len(failing), len(warning), len(unchecked))


def _is_unjudged(table: SuppressedTable) -> bool:
    """Whether it lists rules that no row of a store could be asked: they ran nowhere."""
    return table.row_kind == "rule" and table.column_kind == "count"


def _any_of(table: SuppressedTable, rule: str, columns: frozenset[str]) -> bool:
    """Whether a cell shows at least one; a closed cell shows nothing."""
    return any(_shows_some(table.cell(rule, column)) for column in table.columns if column in columns)


def _shows_some(cell: Cell) -> bool:
    return cell > 0 if isinstance(cell, int) else cell.startswith("<")


def _status(answered: Sequence[SuppressedTable], failing: int, warning: int, rest: tuple[int, bool]) -> str:
    unchecked, closed = rest
    if not answered:
        return "NOT_MEASURED"
    if not any(table.row_kind == "rule" for table in answered):
        return "FIGURES_ONLY"
    states = {"FINDINGS": failing, "ATTENTION": warning, "CLOSED": closed, "PARTLY_CHECKED": unchecked}
    return next((status for status, shown in states.items() if shown), "NO_FINDINGS")


def _shares(table: SuppressedTable) -> Iterable[tuple[str, str, str, float | None]]:
    if table.id == "coverage":
        yield "coverage", table.id, "EXAMINED", ratio(table.cell("EXAMINED", "N"), table.cell(TOTAL, "N"))
    for row in table.rows:
        cell = {column: table.cell(row, column) for column in table.columns}
        if table.column_kind == "outcome":
            yield "rate", table.id, row, ratio(cell["PASS"], _sum(cell[name] for name in _JUDGED))
        if table.column_kind == "quality":
            yield "precision", table.id, row, ratio(cell["CORRECT"], _sum((cell["CORRECT"], cell["WRONG"])))


def _sum(cells: Iterable[Cell]) -> Cell:
    """The sum of published numbers; closed as soon as one of them is."""
    numbers = list(cells)
    return COMPLEMENTARY if any(isinstance(cell, str) for cell in numbers) else sum(int(cell) for cell in numbers)
