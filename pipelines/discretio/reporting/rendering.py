"""Published figures -> one PDF in the languages asked: PDF/A-3a and PDF/UA-1, drawn by Typst from the templates in reports/."""

from __future__ import annotations

import json
from dataclasses import asdict

import typst

from discretio.domain.figures import Figures
from discretio.errors import ReportError
from discretio.reporting.counts import ReportHeader
from discretio.reporting.derived import derived_files
from discretio.reporting.packing import packed
from discretio.reporting.publishing import published_json, sha256
from discretio.resources import folder

_STANDARDS: list[typst.PDFStandard] = ["a-3a", "ua-1"]


def render(figures: Figures, header: ReportHeader) -> bytes:
    """Draw a report. The same figures and header give the same bytes: the document's date is the day the figures stand at.

    Raises:
        ReportError: a word has no translation, or can't be shown in the fonts.
    """
    return render_published(published_json(figures, header))


def render_published(document: str) -> bytes:
    """Draw the pages of a published document again, from its JSON alone."""
    templates = folder("reports")
    derived = json.dumps([asdict(file) for file in derived_files(document)])
    try:
        pdf = typst.compile(
            str(templates / "report.typ"),
            root=str(templates),
            ignore_system_fonts=True,
            sys_inputs={"document": document, "sha256": sha256(document), "derived": derived},
            pdf_standards=_STANDARDS,
        )
    except typst.TypstError as error:
        raise ReportError(
            "the report can't be drawn", where=error.message, remedy="complete reports/translations or the labels of the caller"
        ) from None
    if not isinstance(pdf, bytes):
        raise ReportError("the report came out as several files", remedy="report this as a fault of the program")
    return packed(pdf)
