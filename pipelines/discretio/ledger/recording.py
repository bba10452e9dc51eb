"""What a scan finds, written down in batches: neither a long text nor a store full of findings is ever held whole.

Units are written whole, many in one transaction, so that a scan killed in between loses or doubles nothing: what was written is
unchanged at the next scan, the rest is read again. The unit that alone exceeds a batch is written in several; until the last it
bears a mark that no content's digest equals, and counts as not examined.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import islice
from secrets import token_hex
from typing import Any, NamedTuple

from sqlalchemy import Connection, update

from discretio.errors import LedgerError
from discretio.ledger.audit_chain import append
from discretio.ledger.bulk import insert_rows
from discretio.ledger.connection import Ledger
from discretio.ledger.rows import Row
from discretio.ledger.scan_tables import examined, findings
from discretio.ledger.units import drop

Values = tuple[Any, ...]
"""A row, its values in the order of its columns."""

MOST_ROWS = 20_000
"""Findings and units held before they are written."""

UNFINISHED = "unfinished"
"""Why a unit counts as not examined while a scan is in the middle of it."""


class UnitScope(NamedTuple):
    """What a unit is and where it belongs, by surrogates."""

    unit_id: str
    dossier_id: str
    entry_id: str
    attachment_id: str | None
    controller_id: str | None


class UnitRead(NamedTuple):
    """How far a unit was read: its keyed content hash, what it declares, its length, and what could not be read.

    `record_hash` is a keyed hash of its content without the detector's version, by which a decision knows what it was about.

    `gaps` lists each part that could not be read, as {"part", "reason", "n"}; a part of null stands for several.
    """

    content_hash: str | None
    examined_at: datetime
    declared_categories: int | None = None
    declared_flags: int | None = None
    characters: int = 0
    not_examined: str | None = None
    gaps: list[Row] | None = None
    record_hash: str | None = None


class Found(NamedTuple):
    """One finding in a unit: category null for a special class alone, flags as bits, about and evidence as words."""

    category: int | None
    flags: int
    type: str
    lang: str
    score: float
    negated: bool
    about: str
    evidence: str
    span_start: int
    span_end: int
    part: str | None = None


_UNIT_COLUMNS = ("run_id", "store_id", *(name for name in UnitScope._fields if name != "attachment_id"), *UnitRead._fields)
_UNIT_ID, _NOT_EXAMINED = _UNIT_COLUMNS.index("unit_id"), _UNIT_COLUMNS.index("not_examined")
_COLUMNS = ("run_id", "store_id", *UnitScope._fields, *Found._fields)


class Recording:
    """Takes what one scan finds, unit by unit; what was known of the same units is replaced, so a retry changes nothing.

    Args:
        ledger: the ledger.
        run_id: the scan.
        store_id: the store.
        most: rows held before they are written; MOST_ROWS by default.
    """

    def __init__(self, ledger: Ledger, run_id: str, store_id: int, most: int | None = None) -> None:
        self._ledger = ledger
        self._run = (run_id, store_id)
        self._most = most or MOST_ROWS
        self._units: list[Values] = []
        self._found: list[Values] = []
        self._open: tuple[UnitScope, UnitRead] | None = None
        self._mark: str | None = None

    def begin(self, scope: UnitScope, read: UnitRead) -> None:
        """Come to the next unit; of `read` only what doesn't depend on its text counts yet."""
        self._open, self._mark = (scope, read), None

    def find(self, found: Iterable[Found]) -> None:
        """Take findings of the unit."""
        before, rest = self._run + self._at()[0], iter(found)
        while more := [before + one for one in islice(rest, self._most - len(self._found) - len(self._units))]:
            self._found += more
            if len(self._found) + len(self._units) >= self._most:
                self._write_a_piece()

    def end(self, characters: int, not_examined: str | None, gaps: list[Row] | None) -> None:
        """Close the unit."""
        scope, read = self._at()
        row = self._row(scope, read._replace(characters=characters, not_examined=not_examined, gaps=gaps))
        mark, self._open, self._mark = self._mark, None, None
        if mark is not None:
            whole = dict(zip(_UNIT_COLUMNS, row, strict=True))
            self._write([], lambda connection: _replace_marked(connection, mark, whole), [row])
        else:
            self._units.append(row)
            if len(self._found) + len(self._units) >= self._most:
                self.flush()

    def flush(self) -> None:
        """Write what is held."""
        if self._units:
            self._write(self._units, lambda _: None, self._units)

    def _write_a_piece(self) -> None:
        """Write the finished units, and as much of the open one as there is."""
        scope, read = self._at()
        mark = self._mark
        if mark is None:
            self._mark = token_hex()
            begun = self._row(scope, read._replace(content_hash=self._mark, not_examined=UNFINISHED))
            self._write([*self._units, begun], lambda _: None, self._units)
        else:
            still = {"unit_id": scope.unit_id, "not_examined": UNFINISHED}
            self._write([], lambda connection: _replace_marked(connection, mark, still), [])

    def _write(self, units: list[Values], change: Callable[[Connection], None], counted: list[Values]) -> None:
        run_id, store_id = self._run
        with self._ledger.writing() as connection:
            drop(connection, [row[_UNIT_ID] for row in units])
            insert_rows(connection, examined, _UNIT_COLUMNS, units)
            change(connection)
            insert_rows(connection, findings, _COLUMNS, self._found)
            unread = sum(row[_NOT_EXAMINED] is not None for row in counted)
            counts = {"store_id": store_id, "units": len(counted), "findings": len(self._found), "not_examined": unread}
            append(self._ledger, connection, "findings.recorded", counts, subject=run_id)
        self._units, self._found = [], []

    def _row(self, scope: UnitScope, read: UnitRead) -> Values:
        return (*self._run, *scope[:3], *scope[4:], *read)

    def _at(self) -> tuple[UnitScope, UnitRead]:
        if self._open is None:
            raise ValueError("no unit was begun")
        return self._open


def _replace_marked(connection: Connection, mark: str, row: Row) -> None:
    """Change the row of the unit that bears the mark; where another scan has taken the unit over, this one gives way."""
    query = update(examined).where(examined.c.unit_id == row["unit_id"], examined.c.content_hash == mark)
    if connection.execute(query.values(**row)).rowcount != 1:
        raise LedgerError(
            "another scan has begun to read the same text; this one leaves it to that",
            where=str(row["unit_id"]),
            remedy="let one scan of a store end before the next begins",
        )
