"""Published tables outside a report: in the words of a language for the eye, in codes for another program."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from discretio.domain.suppression import TOTAL

_COLUMNS = ("section", "table", "row", "column", "value")


@dataclass(frozen=True, slots=True)
class Tabulated:
    """One table in words: a title, the heads of its columns (the first is empty), and rows that begin with their own head."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[object]]


def in_words(sections: Sequence[Mapping[str, Any]], spoken: Mapping[str, Any]) -> Iterator[Tabulated]:
    """Every table of these sections.

    Args:
        sections: as `publishing.published_facts` gives them.
        spoken: the words of the language (`words.words`).
    """
    for section in sections:
        theme = spoken["sections"][section["id"]]["title"]
        for table in section["tables"]:
            # One table of outcomes, and one of terms, stands in several sections: outcomes_4, outcomes_7, ...
            name = spoken["tables"][table["id"].partition("_")[0] if table["row_kind"] == "rule" else table["id"]]
            rows, columns = (_named(table[kind], spoken) for kind in ("row_kind", "column_kind"))
            lines = [[rows.get(code, code), *cells] for code, cells in zip(table["rows"], table["cells"], strict=True)]
            yield Tabulated(f"{section['id']}. {theme}: {name}", ["", *(columns[code] for code in table["columns"])], lines)


def _named(kind: str, spoken: Mapping[str, Any]) -> dict[str, str]:
    """The words of the codes of a kind; rules have none, and stand by their ids."""
    return {**spoken["codes"].get(kind, {}), TOTAL: spoken["tables"]["total"]}


def as_csv(sections: Sequence[Mapping[str, Any]]) -> str:
    """Every cell in a line of its own, by codes."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for section in sections:
        for table in section["tables"]:
            for row, cells in zip(table["rows"], table["cells"], strict=True):
                cell = zip(table["columns"], cells, strict=True)
                writer.writerows((section["id"], table["id"], row, column, value) for column, value in cell)
    return out.getvalue()


def table_as_csv(table: Mapping[str, Any]) -> str:
    """One table as it is laid out, by codes."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow((table["row_kind"], *table["columns"]))
    writer.writerows((row, *cells) for row, cells in zip(table["rows"], table["cells"], strict=True))
    return out.getvalue()
