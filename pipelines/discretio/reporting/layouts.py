"""Fixed shapes of tables, and how counts fall into them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from discretio.domain.figures import Form, Margins, Table
from discretio.errors import ReportError
from discretio.reporting import vocabulary as words

Numbers = dict[tuple[str, str], int]
"""Counts by code of row and code of column."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A table before its counts: its id, the kind and codes of its rows and columns, and how it is published."""

    id: str
    row_kind: str
    rows: tuple[str, ...]
    column_kind: str
    columns: tuple[str, ...]
    sensitive: frozenset[str] = frozenset()
    margins: Margins = Margins.ROWS
    form: Form = Form.COUNTS

    def filled(self, numbers: Mapping[tuple[str, str], int]) -> Table:
        """The table with these counts; a place without one is zero.

        Raises:
            ReportError: a count is negative: the ledger's counts contradict each other.
        """
        cells = tuple(tuple(numbers.get((row, column), 0) for column in self.columns) for row in self.rows)
        try:
            return Table(
                self.id,
                self.rows,
                self.columns,
                cells,
                self.sensitive,
                self.row_kind,
                self.column_kind,
                self.margins,
                self.form,
            )
        except ValueError:
            raise ReportError(
                "the counts of the ledger don't add up",
                where=f"table {self.id}",
                remedy="scan and check again; if it stays, report it as a fault of the program",
            ) from None


def known_code(kind: str, code: str) -> str:
    """The code, or OTHER where the kind is open.

    Raises:
        ReportError: a closed kind has no such code.
    """
    if kind == "rule" or code in words.KINDS[kind]:
        return code
    if kind in words.OPEN_KINDS:
        return words.OTHER
    raise ReportError(f"the counts hold a {kind} that reports don't know", remedy="report this as a fault of the program")


def printed_codes(kind: str, codes: Iterable[str]) -> tuple[str, ...]:
    """All codes of a kind in order, and OTHER only where something fell under it."""
    return (*words.KINDS[kind], words.OTHER) if words.OTHER in set(codes) else words.KINDS[kind]


def listed(frame: pd.DataFrame, column: str, kind: str) -> Numbers:
    """A frame of (code, n) as counts in one column."""
    numbers: Numbers = {}
    for code, number in zip(frame[column], frame["n"], strict=True):
        place = (known_code(kind, str(code)), "N")
        numbers[place] = numbers.get(place, 0) + int(number)
    return numbers


def crossed(frame: pd.DataFrame, row: tuple[str, str], column: tuple[str, str]) -> Numbers:
    """A frame of (code, code, n) as a grid; `row` and `column` are (column of the frame, kind of its codes)."""
    numbers: Numbers = {}
    for one, other, number in zip(frame[row[0]], frame[column[0]], frame["n"], strict=True):
        place = (known_code(row[1], str(one)), known_code(column[1], str(other)))
        numbers[place] = numbers.get(place, 0) + int(number)
    return numbers
