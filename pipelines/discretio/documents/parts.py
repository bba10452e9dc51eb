"""What reading a document gives: parts with text, and parts that say why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why something was not read, or may not have been read rightly; the codes carry no content."""

    PASSWORD = "password"  # noqa: S105 - a reason, no secret
    DAMAGED = "damaged"
    UNREADABLE = "unreadable"
    NO_OCR = "no_ocr"
    NO_READER = "no_reader"
    UNKNOWN_TYPE = "unknown_type"
    UNCERTAIN_ENCODING = "uncertain_encoding"
    UNCERTAIN_TEXT = "uncertain_text"
    LINK = "link"
    TOO_LARGE = "too_large"
    TOO_DEEP = "too_deep"
    TOO_MANY = "too_many"
    BOMB = "bomb"
    TIME_LIMIT = "time_limit"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    CRASHED = "crashed"


KINDS = frozenset({
    "document", "body", "page", "page image", "slide", "hidden slide", "sheet", "hidden sheet", "header", "footer", "footnote",
    "endnote", "note", "comment", "inserted", "deleted", "hidden", "description", "link", "field", "drawing", "chart", "cache",
    "form", "outline", "metadata", "names", "attachment", "image", "script", "macro", "other",
})  # fmt: skip
"""The words a part's label may consist of, besides a number."""

REPEATS = frozenset({"inserted"})
"""Kinds whose text also stands in the body: there, insertions have the words around them that they are understood by."""


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """A part of a document.

    `part` is a word of KINDS, with a number where there are several: never a name out of the document. `page` counts from 1
    (pages, slides). `text` starts at code point `offset` of the part: a long part comes in consecutive pieces. `not_examined`
    is null, or a Reason; the part "document" with a reason means that what follows in this document was not read either.
    `path` holds the numbers of the members, from 1, that lead through containers to the document that this part is of.
    """

    part: str
    page: int | None
    text: str
    not_examined: str | None
    path: tuple[int, ...] = ()
    offset: int = 0


class UnreadableError(Exception):
    """One part can't be read; it never leaves this package, and holds nothing but the reason."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class ExhaustedError(UnreadableError):
    """A limit of the whole document is reached: nothing more of it is read."""


def label(kind: str, number: int | None = None) -> str:
    """The label of a part."""
    return kind if number is None else f"{kind} {number}"
