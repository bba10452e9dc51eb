"""PDF: the text of each page, scanned pages by recognition, and what stands beside the pages."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator

import pypdfium2
from pypdfium2 import raw

from discretio.documents import ocr
from discretio.documents.parts import DocumentPart, Reason, UnreadableError
from discretio.documents.pdf_annotations import annotation_texts, form_environment
from discretio.documents.pdf_extras import attachments, metadata, outline
from discretio.documents.pdf_pictures import graymap, pictures_without_text
from discretio.documents.pdf_revisions import earlier_pages, readable
from discretio.documents.reading import Reading, guarded
from discretio.documents.silence import silence
from discretio.documents.sources import Source

silence("pypdfium2")

# pdfium isn't safe in threads: one call at a time in a process.
_ONE_AT_A_TIME = threading.RLock()
_UNMAPPED = re.compile("[\x00-\x08\x0e-\x1f\ue000-\uf8ff\ufffd\uffff]")
_FAILURES = 50


def read(source: Source, reading: Reading) -> Iterator[DocumentPart]:
    """All pages, then metadata, outline and embedded files."""
    data = source.whole(reading.budget)
    with _ONE_AT_A_TIME:
        document = _opened(data)
    try:
        form = form_environment(document)
        known = set()
        for part in _pages(document, form, reading):
            known.add(part.text)
            yield part
        if document.get_formtype() in {raw.FORMTYPE_XFA_FULL, raw.FORMTYPE_XFA_FOREGROUND}:
            yield reading.missing(Reason.NO_READER, "form")
        yield from reading.some("metadata", "\n".join(metadata(document, data)))
        yield from guarded(outline(document, reading), reading, "outline")
        yield from guarded(attachments(document, reading), reading, "attachment")
        with _ONE_AT_A_TIME:
            removed = list(guarded(earlier_pages(data, known, reading), reading, "deleted"))
        yield from removed
        if b"%%EOF" not in data[-2048:]:
            # pdfium mends a cut file silently, and with less in it.
            raise UnreadableError(Reason.DAMAGED)
    finally:
        with _ONE_AT_A_TIME:
            document.close()


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as problem:
        locked = problem.err_code in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}
        raise UnreadableError(Reason.PASSWORD if locked else Reason.DAMAGED) from None


def _pages(document: pypdfium2.PdfDocument, form: object, reading: Reading) -> Iterator[DocumentPart]:
    failures = 0
    for number in range(1, len(document) + 1):
        if number > reading.limits.pages:
            raise UnreadableError(Reason.TOO_MANY)
        reading.budget.look_at_time()
        with _ONE_AT_A_TIME:
            found = list(guarded(_page(document, number, form, reading), reading, f"page {number}"))
        failures = failures + 1 if found and found[0].not_examined == Reason.DAMAGED else 0
        yield from found
        if failures >= _FAILURES:
            # A file may claim a million pages that aren't there.
            raise UnreadableError(Reason.DAMAGED)


def _page(document: pypdfium2.PdfDocument, number: int, form: object, reading: Reading) -> Iterator[DocumentPart]:
    page = document[number - 1]
    try:
        text_page = page.get_textpage()
        try:
            text = text_page.get_text_range(errors="replace")
            unmapped = len(_UNMAPPED.findall(text)) * 5 > len(text)
            pictured = bool(text and unmapped) or pictures_without_text(page, text_page, has_text=bool(text.strip()))
        finally:
            text_page.close()
        yield from reading.part("page", readable(text), number=number, page=number)
        yield from guarded(_annotations(page, number, form, reading), reading, f"comment {number}")
        if pictured:
            yield from guarded(_recognised(page, number, reading), reading, f"page image {number}")
    finally:
        page.close()


def _annotations(page: pypdfium2.PdfPage, number: int, form: object, reading: Reading) -> Iterator[DocumentPart]:
    for kind, found in annotation_texts(page, form):
        yield from reading.some(kind, found, number=number, page=number)


def _recognised(page: pypdfium2.PdfPage, number: int, reading: Reading) -> Iterator[DocumentPart]:
    ocr.see_whether_possible(reading.budget)
    found = ocr.recognise(graymap(page, reading.limits.ocr_pixels), reading.budget)
    yield from reading.recognised("page image", found, number)
