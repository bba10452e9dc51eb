"""The record of processing activities as a spreadsheet, in the tabular layout of the Belgian authority's model.

The same register gives the same bytes. Every cell is written as text: nothing of a store is read as a formula.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from discretio.domain.access_categories import ARTICLES, AccessCategory
from discretio.domain.processing_register import Completions, Identity, Known, RegisterRow
from discretio.domain.register_headings import BANDS, PRESCRIBED
from discretio.law.authorities import Regime
from discretio.reporting.register_words import RegisterWords
from discretio.reporting.words import words

_RED, _BLUE, _PALE, _GREY = "#B00020", "#14304F", "#E8EEF4", "#666666"
_WIDTH, _WIDE = 24, 46


class RegisterBook:
    """One workbook in one language, sheet by sheet."""

    def __init__(self, spoken: RegisterWords) -> None:
        self._spoken = spoken
        self._content = io.BytesIO()
        self._book = xlsxwriter.Workbook(self._content, {"in_memory": True, "strings_to_formulas": False})
        as_of = spoken.policy.as_of
        self._book.set_properties({"title": spoken.own["title"], "created": datetime(*as_of.timetuple()[:3], tzinfo=UTC)})
        plain = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#B8C4D0"}
        self._cell = self._book.add_format(plain)
        self._blank = self._book.add_format(plain | {"italic": True, "font_color": _GREY})
        self._band = self._book.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": _BLUE, "align": "center"})
        self._heading = self._book.add_format(plain | {"bold": True, "bg_color": _PALE})
        self._prescribed = self._book.add_format(plain | {"bold": True, "bg_color": _PALE, "font_color": _RED})
        self._title = self._book.add_format({"bold": True, "font_size": 14, "font_color": _BLUE})

    def finished(self) -> bytes:
        """The file; nothing can be added afterwards."""
        self._book.close()
        return self._content.getvalue()

    def controllers(self, known: Iterable[Known], completions: Completions) -> None:
        """Who keeps the register: what Discretio knows of each, and what he adds or has to add."""
        own, blank = self._spoken.own, self._spoken.complete()
        rows = [
            (
                one.controller_id, one.store, self._spoken.value("participant", one.kind),
                self._spoken.value("regime", one.regime.value), self._spoken.authority(one.authority),
                *(completions.controllers.get(one.controller_id, {}).get(told, blank) for told in Identity),
            )
            for one in known
        ]  # fmt: skip
        sheet = self._sheet("controllers", 3)
        stamp, policy = words(self._spoken.language), self._spoken.policy
        sheet.write_string(0, 0, str(own["title"]), self._title)
        force = stamp["codes"]["policy_status"][policy.status.value]
        sheet.write_string(1, 0, f"{own['as_of']} {policy.as_of.isoformat()}")
        sheet.write_string(2, 0, f"{stamp['cover']['policy']}: {policy.policy_set_id} {policy.version} ({force})")
        self._table(sheet, [(str(head), self._heading) for head in own["identity"].values()], rows, 3)

    def register(self, regime: Regime, rows: Iterable[RegisterRow]) -> None:
        """The register of those who process under these rules; the columns that the law asks for are red."""
        sheet, own, column = self._sheet(regime.value, 2), self._spoken.own, 0
        for band, headings in BANDS.items():
            name = str(own["bands"][band])
            if len(headings) > 1:
                sheet.merge_range(0, column, 0, column + len(headings) - 1, name, self._band)
            else:
                sheet.write_string(0, column, name, self._band)
            column += len(headings)
        order = [heading for headings in BANDS.values() for heading in headings]
        asked = PRESCRIBED[regime]
        heads = [(str(own["headings"][one.value]), self._prescribed if one in asked else self._heading) for one in order]
        self._table(sheet, heads, [[self._spoken.cell(row.cell(one)) for one in order] for row in rows], 1)

    def access(self, lines: Iterable[AccessCategory]) -> None:
        """The lists of who may see sensitive data."""
        heads = [(str(head), self._heading) for head in self._spoken.own["access"].values()]
        self._table(self._sheet("access", 1), heads, [access_line(line, self._spoken) for line in lines], 0)

    def reference(self) -> None:
        """The 16 categories in their official wording, and how the book is read."""
        own, language = self._spoken.own, self._spoken.language
        heads = [(str(head), self._heading) for head in own["category_columns"].values()]
        categories = self._spoken.policy.categories.values()
        rows = [(str(one.number), one.label[language], one.wording[language]) for one in categories]
        sheet = self._sheet("lists", 1)
        self._table(sheet, heads, rows, 0)
        sheet.set_column(2, 2, 2 * _WIDE)
        guide = self._sheet("guide", 0)
        guide.set_column(0, 0, 2 * _WIDE)
        for line, text in enumerate(own["guide"].values()):
            guide.write_string(line, 0, str(text), self._cell)

    def _sheet(self, name: str, frozen_rows: int) -> Worksheet:
        sheet = self._book.add_worksheet(str(self._spoken.own["sheets"][name]))
        sheet.set_landscape()
        sheet.set_paper(8)  # A3
        sheet.fit_to_pages(1, 0)
        if frozen_rows:
            sheet.freeze_panes(frozen_rows, 0)
        return sheet

    def _table(self, sheet: Worksheet, heads: Sequence[tuple[str, Format]], rows: Sequence[Sequence[str]], top: int) -> None:
        sheet.set_column(0, len(heads) - 1, _WIDTH)
        for column, (head, form) in enumerate(heads):
            sheet.write_string(top, column, head, form)
        for number, row in enumerate(rows, start=top + 1):
            for column, text in enumerate(row):
                sheet.write_string(number, column, text, self._blank if text == self._spoken.complete() else self._cell)


def access_line(line: AccessCategory, spoken: RegisterWords) -> list[Any]:
    """A line of the access lists in words, in the order of the columns."""
    blank = spoken.complete()
    if line.data_type is None:
        return [line.controller_id, blank, blank, blank, blank, blank]
    return [
        line.controller_id,
        ARTICLES[line.data_type],
        spoken.value("data_type", line.data_type),
        line.persons_category or blank,
        line.updated_on.isoformat() if line.updated_on else blank,
        spoken.value("bound", line.bound.value),
    ]
