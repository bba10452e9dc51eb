"""Introduces the readers of documents to the stores, which don't know them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import BinaryIO

from discretio.documents import KINDS, REPEATS, DocumentPart, IsolatedReader, Limits, Reason, documents_version
from discretio.stores.file_places import NO_FILE, OUTSIDE
from discretio.stores.port import Extracted

# Pieces small enough that a document of any length costs the memory of a few of them.
LIMITS = Limits(piece=1 << 18)

SETTLED = frozenset({
    Reason.PASSWORD, Reason.DAMAGED, Reason.NO_READER, Reason.UNKNOWN_TYPE, Reason.UNCERTAIN_ENCODING, Reason.LINK,
    Reason.TOO_LARGE, Reason.TOO_DEEP, Reason.TOO_MANY, Reason.BOMB, Reason.NO_OCR, Reason.UNCERTAIN_TEXT, OUTSIDE, NO_FILE,
})  # fmt: skip
"""Reasons that stay for as long as neither the document nor the extractor changes."""

_LABEL = re.compile(r"([a-z ]+?)((?: \d{1,9})?)")


class DocumentExtractor:
    """Makes text of any document that the readers know.

    Args:
        read: gives the parts of a document; by default in worker processes, so that a hostile file ends one of these only.
        limits: how much is read at most; they are part of the version.
    """

    def __init__(self, read: Callable[[BinaryIO, str], Iterator[DocumentPart]] | None = None, limits: Limits = LIMITS) -> None:
        self._read = read or IsolatedReader(limits)
        self._limits = limits

    @cached_property
    def version(self) -> str:
        """Changes with the readers, their libraries and what can be recognised."""
        return documents_version(self._limits)

    def __call__(self, source: BinaryIO, name: str) -> Iterator[Extracted]:
        """The parts of a document; what repeats text of the body is left out, so that no finding counts twice."""
        for part in self._read(source, name):
            kind, number = _kind_and_number(part.part)
            if kind not in REPEATS or part.not_examined is not None:
                place = "/".join([*map(str, part.path), kind + number])
                yield Extracted(place, part.text, part.not_examined, part.offset)


def _kind_and_number(label: str) -> tuple[str, str]:
    """The kind of a part, if it is a word of ours, and its number: no name out of a document can pass here."""
    match = _LABEL.fullmatch(label)
    return (match[1], match[2]) if match and match[1] in KINDS else ("other", "")
