"""The figures of one report as they stand in the ledger: plain counts, nothing personal, in one canonical JSON.

These are the counts before suppression. They are frozen when a report is issued (design, promise 5), stay inside the ledger,
and leave it only through `suppression.publish`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

ALL = "all"
"""What stands for all controllers where one could stand."""


class Margins(StrEnum):
    """Which totals a table has: its cells are disjoint along that direction, so that a total means something."""

    NONE = "none"
    ROWS = "rows"
    COLUMNS = "columns"
    BOTH = "both"


class Form(StrEnum):
    """How a table is published: as counts, or as bands (0-4, 5-9, ...) where the catalogue asks for it (§ d, suppression 7).

    OPEN counts stores, or bounds that hide small numbers by themselves: its cells stay as they are.
    """

    COUNTS = "counts"
    BANDS = "bands"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class PolicyStamp:
    """The policy that a report was made under: its id, version, SHA-256 of its files, and force (BILL, LAW, ...)."""

    id: str
    version: str
    sha256: str
    status: str


@dataclass(frozen=True, slots=True)
class Table:
    """Counts by two codes: `cells[row][column]` is a number of things, never negative.

    `row_kind` and `column_kind` say in which list of the translations a code is named (rule, category, outcome, ...).
    `sensitive_rows` holds the rows whose threshold is the higher one (special and criminal data).
    """

    id: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int, ...], ...]
    sensitive_rows: frozenset[str] = frozenset()
    row_kind: str = "row"
    column_kind: str = "column"
    margins: Margins = Margins.NONE
    form: Form = Form.COUNTS

    def __post_init__(self) -> None:
        if len(self.cells) != len(self.rows) or any(len(line) != len(self.columns) for line in self.cells):
            raise ValueError(f"table {self.id}: the cells don't fit its rows and columns")
        if any(number < 0 for line in self.cells for number in line):
            raise ValueError(f"table {self.id}: a count is negative")


@dataclass(frozen=True, slots=True)
class Section:
    """One of the seventeen sections of the catalogue (§ d), by number; no table means that nothing was measured."""

    id: str
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class EarlierReport:
    """The last report over the same authority and controller for the period before, as it was published.

    `themes` holds section, status and number of rules with findings, for each theme.
    """

    report_id: str
    period: str
    themes: tuple[tuple[str, str, int], ...]


class CorrectionReason(StrEnum):
    """Why an issued report is replaced; a code, since free words could tell of a person."""

    INCOMPLETE_SCAN = "INCOMPLETE_SCAN"
    WRONG_FIGURES = "WRONG_FIGURES"
    WRONG_POLICY = "WRONG_POLICY"
    WRONG_SCOPE = "WRONG_SCOPE"


@dataclass(frozen=True, slots=True)
class Correction:
    """The issued report that this one replaces, and why."""

    report_id: str
    reason: CorrectionReason


@dataclass(frozen=True, slots=True)
class Figures:
    """All counts of one report: for one authority, one controller (or "all") and one period.

    `k` and `k_special` are the thresholds in force, and `closed` names the cells (table, row, column) that are closed because a
    report issued before would give them away, so that suppression can be computed again from this object alone. `history` holds
    the last report over each of some periods before, the oldest first.
    """

    report_id: str
    authority: str
    controller: str
    period: str
    as_of: date
    policy: PolicyStamp
    languages: tuple[str, ...]
    sections: tuple[Section, ...]
    k: int = 5
    k_special: int = 10
    earlier: EarlierReport | None = None
    corrects: Correction | None = None
    closed: tuple[tuple[str, str, str], ...] = ()
    history: tuple[EarlierReport, ...] = ()

    def closed_in(self, table: str) -> frozenset[tuple[str, str]]:
        """The cells of a table, by the codes of row and column, that are closed because of other reports."""
        return frozenset((row, column) for name, row, column in self.closed if name == table)

    def to_json(self) -> str:
        """The canonical JSON: the same counts give the same bytes."""
        return canonical_json(_plain(asdict(self)))

    @classmethod
    def from_json(cls, text: str) -> Figures:
        """Read back what `to_json` wrote.

        Raises:
            ValueError: it is not such a text.
        """
        try:
            return _figures(json.loads(text))
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"these are no frozen figures ({type(error).__name__})") from None


FrozenFigures = Figures


def canonical_json(value: object) -> str:
    """JSON with sorted keys and one way of writing everything, so that its hash means something."""
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _words(value: Sequence[str]) -> tuple[str, ...]:
    return tuple(str(word) for word in value)


def _table(data: Mapping[str, Any]) -> Table:
    return Table(
        id=data["id"],
        rows=_words(data["rows"]),
        columns=_words(data["columns"]),
        cells=tuple(tuple(int(number) for number in line) for line in data["cells"]),
        sensitive_rows=frozenset(data["sensitive_rows"]),
        row_kind=data["row_kind"],
        column_kind=data["column_kind"],
        margins=Margins(data["margins"]),
        form=Form(data["form"]),
    )


def _figures(data: Mapping[str, Any]) -> Figures:
    return Figures(
        report_id=data["report_id"],
        authority=data["authority"],
        controller=data["controller"],
        period=data["period"],
        as_of=date.fromisoformat(data["as_of"]),
        policy=PolicyStamp(**data["policy"]),
        languages=_words(data["languages"]),
        sections=tuple(Section(part["id"], tuple(_table(table) for table in part["tables"])) for part in data["sections"]),
        k=int(data["k"]),
        k_special=int(data["k_special"]),
        earlier=_earlier(data["earlier"]) if data.get("earlier") else None,
        corrects=_correction(data.get("corrects")),
        history=tuple(map(_earlier, data.get("history", ()))),
        closed=tuple((str(table), str(row), str(column)) for table, row, column in data.get("closed", ())),
    )


def _earlier(data: Mapping[str, Any]) -> EarlierReport:
    themes = tuple((str(section), str(status), int(number)) for section, status, number in data["themes"])
    return EarlierReport(data["report_id"], data["period"], themes)


def _correction(data: Mapping[str, Any] | None) -> Correction | None:
    return None if data is None else Correction(data["report_id"], CorrectionReason(data["reason"]))
