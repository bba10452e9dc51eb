"""The published document as one HTML file that needs nothing else: no script, no font, no picture from elsewhere.

The sealed PDF is the report. The page shows the same cells to those who read on a screen, and names the fingerprint by which
they are found in the PDF.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, UndefinedError

from discretio.domain.suppression import TOTAL
from discretio.errors import ReportError
from discretio.reporting.publishing import sha256
from discretio.reporting.wording import Wording, cited
from discretio.resources import folder

_FOUND = 3
_SHARES = {"outcome": ("rate",), "quality": ("precision",)}


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of the chart: its name, three widths in percent of the longest row, the hidden rest, and the total as printed."""

    name: str
    widths: tuple[float, ...]
    hidden: float
    total: str


def web_page(document: str) -> str:
    """Draw the page of a published document.

    Args:
        document: the published JSON (`publishing.published_json`).

    Returns:
        HTML; the same document gives the same text.

    Raises:
        ReportError: a word has no translation.
    """
    facts = json.loads(document)
    templates = FileSystemLoader(folder("reports"))
    environment = Environment(
        loader=templates, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals |= {"bars": bars, "trend": trend, "shares_of": shares_of, "rows_of": rows_of, "cited": cited}
    parts = [Wording(language, facts) for language in facts["report"]["languages"]]
    try:
        return environment.get_template("page.html.jinja").render(document=facts, parts=parts, sha256=sha256(document))
    except (KeyError, UndefinedError):
        remedy = "complete reports/translations or the labels of the caller"
        raise ReportError("the page can't be drawn", remedy=remedy) from None


def rows_of(table: Mapping[str, Any]) -> Iterator[tuple[str, list[Any]]]:
    """The rows of a table with their codes."""
    return zip(table["rows"], table["cells"], strict=True)


def shares_of(document: Mapping[str, Any], table: Mapping[str, Any], row: str | None = None) -> list[Any]:
    """The shares beside a table: their ids for its head, or those of a row in tenths of a percent, None where there is none."""
    ids = _SHARES.get(table["column_kind"], ())
    if row is None:
        return list(ids)
    known = {(share["id"], share["table"], share["row"]): share["per_mille"] for share in document["shares"]}
    return [known.get((name, table["id"], row)) for name in ids]


def bars(wording: Wording, table: Mapping[str, Any]) -> list[Bar]:
    """The chart of the categories: what is published is drawn; the part of a published total that is not, is hatched."""
    totals = [cells[-1] for code, cells in rows_of(table) if code != TOTAL and isinstance(cells[-1], int)]
    longest = max(totals, default=0) or 1
    return [_bar(wording, table, code, cells, longest) for code, cells in rows_of(table) if code != TOTAL]


@dataclass(frozen=True, slots=True)
class Column:
    """A period of the chart of periods: its name, its number, its width in percent of the longest, and both in words."""

    name: str
    number: str
    width: float
    told: str


def trend(wording: Wording) -> list[Column]:
    """How many rules had findings in the periods before, and now."""
    document = wording.document
    now = {"period": document["report"]["period"], "with_findings": sum(one["with_findings"] for one in document["themes"])}
    told = [(wording.period(one["period"]), int(one["with_findings"])) for one in [*document["history"], now]]
    longest = max(number for _, number in told) or 1
    return [Column(name, wording.cell(number), round(100 * number / longest, 2), f"{name}: {number}") for name, number in told]


def _bar(wording: Wording, table: Mapping[str, Any], code: str, cells: list[Any], longest: int) -> Bar:
    known = [cell if isinstance(cell, int) else 0 for cell in cells[:_FOUND]]
    total = cells[-1] if isinstance(cells[-1], int) else 0
    widths = tuple(round(100 * number / longest, 2) if total else 0.0 for number in known)
    hidden = round(100 * max(0, total - sum(known)) / longest, 2)
    return Bar(wording.code(table["row_kind"], code), widths, hidden, wording.cell(cells[-1]))
