"""The extractor that needs no other: text in UTF-8, decoded piece by piece; whatever else there is, is declared."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import PurePath
from typing import BinaryIO, ClassVar

from discretio.stores.port import Extracted

TEXT_SUFFIXES = (".txt", ".md")

UNREADABLE = "unreadable"
UNKNOWN_TYPE = "unknown_type"
INVALID_UTF8 = "invalid_utf8"

_PIECE_BYTES = 1 << 16


class PlainText:
    """Reads text files only."""

    version: ClassVar[str] = "text"

    def __call__(self, source: BinaryIO, name: str) -> Iterator[Extracted]:
        """The text as one part; an end that is no UTF-8 is a gap."""
        if PurePath(name).suffix.lower() not in TEXT_SUFFIXES:
            yield Extracted(None, "", UNKNOWN_TYPE)
            return
        decoder = codecs.getincrementaldecoder("utf-8-sig")("strict")
        offset, data = 0, b"more"
        try:
            while data:
                data = source.read(_PIECE_BYTES)
                text = decoder.decode(data, final=not data)
                if text or offset == 0:
                    yield Extracted(None, text, None, offset)
                offset += len(text)
        except UnicodeDecodeError as error:
            yield Extracted(None, error.object[: error.start].decode("utf-8-sig"), None, offset)
            yield Extracted(None, "", INVALID_UTF8)
        except OSError:
            yield Extracted(None, "", UNREADABLE)
