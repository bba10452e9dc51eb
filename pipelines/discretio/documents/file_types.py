"""The type of a document, by its content, then by its suffix."""

from __future__ import annotations

import re
from enum import StrEnum

from discretio.documents.bounded_zip import open_zip
from discretio.documents.encodings import looks_like_text, text_of_head
from discretio.documents.parts import UnreadableError
from discretio.documents.sources import Source


class FileType(StrEnum):
    """The types that have a reader."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"
    XML = "xml"
    RTF = "rtf"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    OPEN_DOCUMENT = "open_document"
    EML = "eml"
    MBOX = "mbox"
    OLE = "ole"
    ZIP = "zip"
    TAR = "tar"
    COMPRESSED = "compressed"
    IMAGE = "image"


_MAGIC = (
    (b"PK\x03\x04", FileType.ZIP),
    (b"PK\x05\x06", FileType.ZIP),
    (b"{\\rtf", FileType.RTF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileType.OLE),
    (b"\x1f\x8b\x08", FileType.COMPRESSED),
    (b"BZh", FileType.COMPRESSED),
    (b"\xfd7zXZ\x00", FileType.COMPRESSED),
    (b"\x89PNG\r\n\x1a\n", FileType.IMAGE),
    (b"\xff\xd8\xff", FileType.IMAGE),
    (b"GIF8", FileType.IMAGE),
    (b"II*\x00", FileType.IMAGE),
    (b"MM\x00*", FileType.IMAGE),
    (b"BM", FileType.IMAGE),
)
_BY_SUFFIX = {
    "json": FileType.JSON,
    "html": FileType.HTML,
    "htm": FileType.HTML,
    "xhtml": FileType.HTML,
    "eml": FileType.EML,
    "mht": FileType.EML,
    "mhtml": FileType.EML,
    "mbox": FileType.MBOX,
    "xml": FileType.XML,
    "svg": FileType.XML,
}
_MAIL_HEADER = re.compile(
    r"(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,40}?"
    r"(?:from|to|subject|date|mime-version|message-id|received|return-path|delivered-to):",
    re.IGNORECASE,
)
_MAIL_WORDS = re.compile(
    r"^(?:from|to|subject|date|mime-version|message-id|received|return-path|content-type):", re.IGNORECASE | re.MULTILINE
)
_MAIL_TRACES = re.compile(r"^(?:mime-version|message-id|received|return-path):", re.IGNORECASE | re.MULTILINE)
_NOTES = frozenset({"txt", "md", "csv", "log"})
_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_PACKAGES = (("word/", FileType.DOCX), ("xl/", FileType.XLSX), ("ppt/", FileType.PPTX))


def type_of(source: Source) -> FileType | None:
    """The type of a document; null if nobody here can read it."""
    head = source.head()
    found = _by_magic(head)
    if found is FileType.ZIP:
        return _kind_of_zip(source)
    if found is not None and not (found is FileType.IMAGE and head[:2] == b"BM" and looks_like_text(head)):
        return found
    return _kind_of_text(head, source.suffix) if looks_like_text(head) else None


def _by_magic(head: bytes) -> FileType | None:
    if b"%PDF-" in head[:1024]:
        return FileType.PDF
    if head[257:262] == b"ustar":
        return FileType.TAR
    if (head[:4] == b"RIFF" and head[8:12] == b"WEBP") or head[4:12] in (b"ftypheic", b"ftypmif1", b"ftypavif"):
        return FileType.IMAGE
    return next((file_type for magic, file_type in _MAGIC if head.startswith(magic)), None)


def _kind_of_zip(source: Source) -> FileType:
    """Which package a ZIP is; its directory is read, since an archive may hold packages."""
    if source.head(128)[30:].startswith(b"mimetypeapplication/vnd.oasis.opendocument"):
        return FileType.OPEN_DOCUMENT
    try:
        names = open_zip(source).namelist()
    except UnreadableError:
        return FileType.ZIP  # its reader says what is wrong
    if "[Content_Types].xml" in names:
        return next((kind for folder, kind in _PACKAGES if any(name.startswith(folder) for name in names)), FileType.ZIP)
    return FileType.OPEN_DOCUMENT if {"mimetype", "content.xml"} <= set(names) else FileType.ZIP


def _kind_of_text(head: bytes, suffix: str) -> FileType:
    text = text_of_head(head)
    stripped = text.lstrip("\ufeff \t\r\n")
    if stripped.startswith("From ") and _MAIL_WORDS.search(text):
        return FileType.MBOX
    if _HTML.match(stripped):
        return FileType.HTML
    if stripped.startswith("<?xml"):
        return FileType.XML
    if _is_mail(stripped.partition("\n\n")[0], suffix):
        return FileType.EML
    if suffix in {"json", "jsonl", "ndjson"} or (not suffix and stripped.startswith(("{", "["))):
        return FileType.JSON
    return _BY_SUFFIX.get(suffix, FileType.TEXT)


def _is_mail(headers: str, suffix: str) -> bool:
    """Whether text begins with the headers of a message; a note that begins with "From:" and "Date:" is a note."""
    if not _MAIL_HEADER.match(headers) or len(set(_MAIL_WORDS.findall(headers))) < 2:
        return False
    return suffix not in _NOTES or _MAIL_TRACES.search(headers) is not None
