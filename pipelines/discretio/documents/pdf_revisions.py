"""Earlier versions that a PDF still holds: programs append changes to the file, and what they removed stays in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pypdfium2

from discretio.documents.parts import DocumentPart, Reason
from discretio.documents.reading import Reading

_END = re.compile(rb"startxref\s+\d+\s+%%EOF")
_BROKEN_WORD = re.compile("[\ufffe\x02][ \t]*(?:\r?\n)?")
_MOST = 20


def earlier_pages(data: bytes, known: set[str], reading: Reading) -> Iterator[DocumentPart]:
    """The pages of earlier versions whose text isn't among the known ones, the newest version first.

    Args:
        data: the file.
        known: the texts of the pages that were read; those found here are added.
        reading: the reading of this file.
    """
    ends = [match.end() for match in _END.finditer(data)][:-1]
    if b"/Linearized" in data[:1024]:
        ends = ends[1:]  # the first end closes the first page only
    if len(ends) > _MOST:
        yield reading.missing(Reason.TOO_MANY, "deleted")
    for end in ends[: -_MOST - 1 : -1]:
        for number, text in _pages(data[:end], reading):
            if text not in known:
                known.add(text)
                yield from reading.some("deleted", text, number=number, page=number)


def _pages(data: bytes, reading: Reading) -> Iterator[tuple[int, str]]:
    """The pages of one version; an end that isn't one, as in an embedded file, gives none."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return
    try:
        for index in range(min(len(document), reading.limits.pages)):
            reading.budget.look_at_time()
            yield index + 1, page_text(document, index)
    except pypdfium2.PdfiumError:
        return
    finally:
        document.close()


def page_text(document: pypdfium2.PdfDocument, index: int) -> str:
    """The text of a page, by its index."""
    page = document[index]
    try:
        text_page = page.get_textpage()
        try:
            return readable(text_page.get_text_range(errors="replace"))
        finally:
            text_page.close()
    finally:
        page.close()


def readable(text: str) -> str:
    """Text as pdfium gives it, with lines ended in one way and words whole that a line's end had broken."""
    # pdfium writes a sign of its own in place of the hyphen of a word that goes on in the next line.
    return _BROKEN_WORD.sub("", text.replace("\r\n", "\n"))
