"""Single compressed files: gzip, bzip2 and xz, with whatever is in them."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zlib
from collections.abc import Iterator

from discretio.documents.bounded_zip import counted
from discretio.documents.parts import DocumentPart, Reason, UnreadableError
from discretio.documents.reading import Reading
from discretio.documents.sources import Source

_ENDINGS = {"tgz": "x.tar", "tbz2": "x.tar", "txz": "x.tar"}


def read(source: Source, reading: Reading) -> Iterator[DocumentPart]:
    """The one document inside; of a damaged one, what could be unpacked."""
    reading.budget.take_member()
    data, damaged = bytearray(), False
    with _opened(source) as stream:
        try:
            # read1 gives what there is, where read would lose it to the damage behind.
            for chunk in counted(stream.read1, max(1, source.size), reading.budget):
                data += chunk
        except (OSError, EOFError, zlib.error, lzma.LZMAError, ValueError):
            damaged = True
    if data or not damaged:
        yield from reading.nested(bytes(data), _ENDINGS.get(source.suffix, ""))
    if damaged:
        raise UnreadableError(Reason.DAMAGED)


def _opened(source: Source) -> gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile:
    magic = source.head(3)
    source.stream.seek(0)
    if magic.startswith(b"\x1f\x8b"):
        return gzip.GzipFile(fileobj=source.stream)
    if magic == b"BZh":
        return bz2.BZ2File(source.stream)
    return lzma.LZMAFile(source.stream)
