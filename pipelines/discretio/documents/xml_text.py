"""XML of any kind: its text, and all values of its attributes, since nothing says which are for people."""

from __future__ import annotations

from collections.abc import Iterator

from discretio.documents.markup import Plain, feeding
from discretio.documents.parts import DocumentPart
from discretio.documents.reading import Reading
from discretio.documents.sources import Source

_MINIMUM = 1 << 20


def read(source: Source, reading: Reading) -> Iterator[DocumentPart]:
    """One body, delivered in pieces while it is read, so that of a damaged file what comes before the damage is read."""
    handler, offset = Plain(attributes=None), 0
    for text in _texts(source, reading, handler):
        yield from reading.pieces("body", offset, text)
        offset += len(text)


def _texts(source: Source, reading: Reading, handler: Plain) -> Iterator[str]:
    pending = ""
    try:
        for _ in feeding(source.chunks(), handler):
            reading.budget.look_at_time()
            pending += handler.taken()
            if len(pending) >= _MINIMUM:
                yield pending
                pending = ""
    finally:
        pending += handler.taken()
    if pending:
        yield pending
