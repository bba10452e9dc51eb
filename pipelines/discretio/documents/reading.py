"""One document being read: what its reader needs to make parts, and to have nested documents read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

from discretio.documents.limits import Budget
from discretio.documents.parts import DocumentPart, ExhaustedError, Reason, UnreadableError, label
from discretio.documents.recognised import Recognised
from discretio.documents.sources import Source

_SURROGATES = re.compile("[\ud800-\udfff]")


class Reading:
    """The reading of one document.

    Args:
        budget: what is left of the limits, shared with the documents around and inside.
        path: the numbers of the members that lead to this document.
        open_nested: reads a nested document.
    """

    def __init__(self, budget: Budget, path: tuple[int, ...], open_nested: OpenNested) -> None:
        self.budget = budget
        self.limits = budget.limits
        self.path = path
        self._open_nested = open_nested
        self._nested = 0

    def part(self, kind: str, text: str, *, number: int | None = None, page: int | None = None) -> Iterator[DocumentPart]:
        """A part with text: one, or consecutive pieces of a long one; nothing if there is no text but in a page or body."""
        yield from self.pieces(kind, 0, text, number=number, page=page)

    def pieces(
        self, kind: str, offset: int, text: str, *, number: int | None = None, page: int | None = None
    ) -> Iterator[DocumentPart]:
        """Text of a part from a code point on."""
        for start in range(0, max(1, len(text)), self.limits.piece):
            piece = text[start : start + self.limits.piece]
            self.budget.take_characters(len(piece))
            yield DocumentPart(label(kind, number), page, _valid(piece), None, self.path, offset + start)

    def missing(
        self, reason: Reason, kind: str = "document", number: int | None = None, page: int | None = None
    ) -> DocumentPart:
        """A part that could not be read."""
        return DocumentPart(label(kind, number), page, "", reason.value, self.path)

    def some(self, kind: str, text: str, *, number: int | None = None, page: int | None = None) -> Iterator[DocumentPart]:
        """A part with text if there is any."""
        if text and not text.isspace():
            yield from self.part(kind, text, number=number, page=page)

    def recognised(self, kind: str, found: Recognised, number: int) -> Iterator[DocumentPart]:
        """What was read in a picture or on a scanned page, and that it may be wrong or lack something, if it may."""
        yield from self.part(kind, found.text, number=number, page=number)
        if found.uncertain:
            yield self.missing(Reason.UNCERTAIN_TEXT, kind, number, number)

    def nested(self, data: bytes | BinaryIO, name: str) -> Iterator[DocumentPart]:
        """A document inside this one."""
        yield from self._open_nested(data, name, self.budget, (*self.path, self.next_number()))

    def next_number(self) -> int:
        """The number of the next member."""
        self._nested += 1
        return self._nested

    def lost(self, reason: Reason) -> DocumentPart:
        """A nested document whose bytes can't even be had."""
        return DocumentPart("document", None, "", reason.value, (*self.path, self.next_number()))


OpenNested = Callable[[bytes | BinaryIO, str, Budget, tuple[int, ...]], Iterator[DocumentPart]]
Reader = Callable[[Source, Reading], Iterator[DocumentPart]]


def guarded(parts: Iterator[DocumentPart], reading: Reading, kind: str = "document") -> Iterator[DocumentPart]:
    """The parts, and a last one that says why they end too early, if they do; limits of the whole document pass through."""
    try:
        yield from parts
    except ExhaustedError:
        raise
    except UnreadableError as problem:
        yield reading.missing(problem.reason, kind)
    except MemoryError:
        yield reading.missing(Reason.OUT_OF_MEMORY, kind)
    except ImportError:
        yield reading.missing(Reason.NO_READER, kind)
    except Exception:  # noqa: BLE001 - libraries raise anything on hostile input, with values in the message: only a code leaves
        yield reading.missing(Reason.DAMAGED, kind)


def _valid(text: str) -> str:
    """The text with lone surrogates replaced one by one, so that it can be encoded and offsets stay."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATES.sub("\ufffd", text)
    return text
