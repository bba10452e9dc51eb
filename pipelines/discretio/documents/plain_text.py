"""Plain text of any size and encoding, decoded piece by piece: TXT, CSV, Markdown, source code."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from discretio.documents.encodings import Encoding, encoding_of_head, legacy_encoding
from discretio.documents.parts import DocumentPart, Reason
from discretio.documents.reading import Reading
from discretio.documents.sources import CHUNK, Source

_UTF8 = Encoding("utf-8")


def read(source: Source, reading: Reading) -> Iterator[DocumentPart]:
    """The text as one body; if the encoding is a guess, a last part says so."""
    encoding = encoding_of_head(source.head())
    if encoding is None and (text := _short(source)) is not None:
        yield from reading.pieces("body", 0, text)
        return
    encoding = encoding or _tried(source, reading)
    yield from _body(source, reading, encoding)
    if not encoding.certain:
        yield reading.missing(Reason.UNCERTAIN_ENCODING, "body")


def _short(source: Source) -> str | None:
    """All of a short text, if it is UTF-8: most are, and need not be gone through twice."""
    if source.size > CHUNK:
        return None
    try:
        return b"".join(source.chunks()).decode()
    except UnicodeDecodeError:
        return None


def _tried(source: Source, reading: Reading) -> Encoding:
    """UTF-8 if the whole is; the first bytes of a long text may well be ASCII and tell nothing."""
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    sample = b""
    try:
        for chunk in source.chunks():
            reading.budget.look_at_time()
            sample = chunk
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return legacy_encoding(sample)
    return _UTF8


def _body(source: Source, reading: Reading, encoding: Encoding) -> Iterator[DocumentPart]:
    """Pieces of text; a wrong byte late in a text of a certain encoding ends it as damaged."""
    decoder = codecs.getincrementaldecoder(encoding.name)(encoding.errors)
    offset, pending = 0, ""
    try:
        for chunk in source.chunks():
            pending += decoder.decode(chunk)
            while len(pending) >= reading.limits.piece:
                piece, pending = pending[: reading.limits.piece], pending[reading.limits.piece :]
                yield from reading.pieces("body", offset, piece)
                offset += len(piece)
        pending += decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        yield from reading.pieces("body", offset, pending)
        yield reading.missing(Reason.DAMAGED, "body")
        return
    if pending or offset == 0:
        yield from reading.pieces("body", offset, pending)
