"""What a PDF holds beside its pages: properties, outline, embedded files."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pypdfium2

from discretio.documents.markup import Plain, feed
from discretio.documents.parts import DocumentPart, Reason, UnreadableError
from discretio.documents.reading import Reading

_XMP = re.compile(rb"<x:xmpmeta.{0,1000000}?</x:xmpmeta>", re.DOTALL)
_MOST_TITLES = 50_000


def metadata(document: pypdfium2.PdfDocument, data: bytes) -> list[str]:
    """Author, title and the like, out of the information dictionary and of XMP packets."""
    found = [value for value in document.get_metadata_dict(skip_empty=True).values() if value]
    for packet in _XMP.findall(data):
        handler = Plain(attributes=None)
        try:
            feed([packet], handler)
        except UnreadableError:
            found.append(packet.decode("utf-8", "replace"))
        found += handler.taken().splitlines()
    return list(dict.fromkeys(text for text in found if not text.isspace()))


def outline(document: pypdfium2.PdfDocument, reading: Reading) -> Iterator[DocumentPart]:
    """The titles of the bookmarks."""
    titles: list[str] = []
    for bookmark in document.get_toc(max_depth=15):
        titles.append(bookmark.get_title())
        if len(titles) > _MOST_TITLES:
            yield reading.missing(Reason.TOO_MANY, "outline")
            break
    yield from reading.some("outline", "\n".join(titles))


def attachments(document: pypdfium2.PdfDocument, reading: Reading) -> Iterator[DocumentPart]:
    """The embedded files, each a document of its own."""
    names = []
    for index in range(document.count_attachments()):
        reading.budget.take_member()
        attachment = document.get_attachment(index)
        names.append(attachment.get_name())
        try:
            data = bytes(attachment.get_data())
        except (pypdfium2.PdfiumError, ValueError):
            yield reading.lost(Reason.DAMAGED)
            continue
        reading.budget.take_bytes(len(data))
        yield from reading.nested(data, names[-1])
    yield from reading.some("names", "\n".join(names))
