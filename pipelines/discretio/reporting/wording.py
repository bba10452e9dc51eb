"""A published document in the words of one language, as reports/words.typ does it for the pages.

A word that is missing stops the drawing: no key is ever printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from discretio.domain.suppression import TOTAL, Cell
from discretio.reporting.words import words

_Document = Mapping[str, Any]


def cited(citation: str, language: str) -> str:
    """A citation of a policy, its words in a language."""
    for written, word in words(language)["citations"]:
        citation = citation.replace(written, word)
    return citation


@dataclass(frozen=True, slots=True)
class Wording:
    """One language over one document."""

    language: str
    document: _Document

    @property
    def words(self) -> Mapping[str, Any]:
        """Every word of the language."""
        return words(self.language)

    def code(self, kind: str, code: str) -> str:
        """What a code of a table is called."""
        if own := self.document["labels"].get(f"{kind}.{code}", {}).get(self.language):
            return str(own)
        if code == TOTAL:
            return str(self.words["tables"]["total"])
        if kind == "target" and code not in self.words["codes"]["target"]:
            number = code.removeprefix("category_")
            return self.code("flag" if number == code else "category", number)
        return code if kind == "rule" else str(self.words["codes"][kind][code])

    def name(self, kind: str, key: str) -> str:
        """A proper name: in this language, else in any, else its id."""
        names = self.document["labels"].get(f"{kind}.{key}", {})
        return str(names.get(self.language) or next(iter(names.values()), key))

    def controller(self) -> str:
        """Whom the report is about."""
        controller = self.document["report"]["controller"]
        return str(self.words["cover"]["all"]) if controller == "all" else self.name("controller", controller)

    def caption(self, table: _Document) -> str:
        """The title of a table; tables by rule stand in several sections: outcomes_4, outcomes_7, ..."""
        return str(self.words["tables"][table["id"].split("_")[0] if table["row_kind"] == "rule" else table["id"]])

    def cell(self, cell: Cell) -> str:
        """A published cell as it is printed."""
        if isinstance(cell, int):
            return f"{cell:,}".replace(",", self.words["locale"]["thousands"])
        return cell if cell == "c" else cell.replace("-", "–")

    def share(self, per_mille: int) -> str:
        """A share of two published cells, given in tenths of a percent."""
        locale = self.words["locale"]
        return str(locale["percent"]).format(number=f"{per_mille // 10}{locale['decimal']}{per_mille % 10}")

    def day(self, iso: str) -> str:
        """A day, written out."""
        locale = self.words["locale"]
        year, month, day = iso.split("-")
        return str(locale["date"]).format(day=int(day), month=locale["months"][int(month) - 1], year=year)

    def period(self, period: str) -> str:
        """A period as reports write it (2026-Q3), written out."""
        locale = self.words["locale"]
        if "/" in period:
            first, last = period.split("/")
            return str(locale["range"]).replace("{from}", self.day(first)).replace("{to}", self.day(last))
        if "-Q" in period:
            return str(locale["quarter"]).format(ordinal=locale["ordinals"][int(period[-1]) - 1], year=period[:4])
        return str(locale["year"]).format(year=period)
