"""Which reader reads which type of document, and the one way in."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import BinaryIO, cast

from discretio.documents.file_types import FileType, type_of
from discretio.documents.limits import Budget, Limits
from discretio.documents.parts import DocumentPart, ExhaustedError, Reason, UnreadableError
from discretio.documents.reading import Reader, Reading, guarded
from discretio.documents.sources import open_source

# Modules are imported when their type is met: a scan of text files need not load pdfium.
_READERS = {
    FileType.TEXT: "plain_text",
    FileType.JSON: "json_text",
    FileType.HTML: "hypertext",
    FileType.XML: "xml_text",
    FileType.RTF: "rich_text",
    FileType.PDF: "pdf",
    FileType.DOCX: "wordprocessing",
    FileType.XLSX: "spreadsheets",
    FileType.PPTX: "presentations",
    FileType.OPEN_DOCUMENT: "opendocument",
    FileType.EML: "mail",
    FileType.MBOX: "mailboxes",
    FileType.OLE: "compound_files",
    FileType.ZIP: "zip_archives",
    FileType.TAR: "tar_archives",
    FileType.COMPRESSED: "compressed",
    FileType.IMAGE: "images",
}


def read_document(source: BinaryIO | bytes, name: str = "", limits: Limits | None = None) -> Iterator[DocumentPart]:
    """Read a document, whatever it is.

    The type is told by content, then by the suffix of the name. Nothing is raised: what can't be read is a part with a reason.

    Args:
        source: the bytes, or a stream that the caller closes after the last part.
        name: the file's name, of which only the suffix counts.
        limits: how much is read at most.

    Yields:
        Parts in the document's order, at least one. Pieces of a part follow each other without overlap.
    """
    budget = Budget(limits or Limits())
    try:
        yield from _read(source, name, budget, ())
    except ExhaustedError as problem:
        yield DocumentPart("document", None, "", problem.reason.value)


def _read(data: BinaryIO | bytes, name: str, budget: Budget, path: tuple[int, ...]) -> Iterator[DocumentPart]:
    reading = Reading(budget, path, _read)
    yield from guarded(_parts(data, name, reading), reading)


def _parts(data: BinaryIO | bytes, name: str, reading: Reading) -> Iterator[DocumentPart]:
    if len(reading.path) > reading.limits.depth:
        raise UnreadableError(Reason.TOO_DEEP)
    source = open_source(data, name, reading.budget)
    empty = True
    for part in _reader_of(type_of(source))(source, reading):
        empty = False
        yield part
    if empty:
        # A document without any text has been read: an empty body says so.
        yield from reading.part("body", "")


def _reader_of(file_type: FileType | None) -> Reader:
    if file_type is None:
        raise UnreadableError(Reason.UNKNOWN_TYPE)
    module = import_module(f"discretio.documents.{_READERS[file_type]}")
    return cast("Reader", module.read)
