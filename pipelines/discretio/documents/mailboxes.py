"""Mailboxes in one file (MBOX): each message is a document of its own."""

from __future__ import annotations

from collections.abc import Iterator

from discretio.documents.parts import DocumentPart, Reason
from discretio.documents.reading import Reading
from discretio.documents.sources import Source


def read(source: Source, reading: Reading) -> Iterator[DocumentPart]:
    """The messages in their order; the mailbox itself is never held in memory."""
    for message in _messages(source, reading.limits.member_bytes):
        reading.budget.take_member()
        if message is None:
            yield reading.lost(Reason.TOO_LARGE)
        else:
            yield from reading.nested(message, "message.eml")


def _messages(source: Source, most: int) -> Iterator[bytes | None]:
    """Each message; null for one that is too large."""
    source.stream.seek(0)
    lines: list[bytes] = []
    size, blank, begun = 0, True, False
    # A line may be as long as the file: it comes in pieces then.
    while line := source.stream.readline(1 << 16):
        if blank and line.startswith(b"From "):
            if begun:
                yield b"".join(lines) if size <= most else None
            lines, size, begun = [], 0, True
        else:
            size += len(line)
            if size <= most:
                lines.append(line[1:] if line.startswith(b">From ") else line)
        blank = line in {b"\n", b"\r\n"}
    if begun:
        yield b"".join(lines) if size <= most else None
