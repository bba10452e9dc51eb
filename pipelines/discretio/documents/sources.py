"""The bytes of a document, wherever they come from: seekable, and never copied to disk."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO
from zipfile import ZipFile

from discretio.documents.limits import Budget
from discretio.documents.parts import Reason, UnreadableError

if TYPE_CHECKING:
    from typing_extensions import Buffer

CHUNK = 1 << 18
_HEAD = 4_096


@dataclass(slots=True)
class Source:
    """One document's bytes; `suffix` is the end of its name in small letters, without the point.

    `archive` is what they are as a ZIP, once somebody has opened them as one.
    """

    stream: BinaryIO
    suffix: str
    size: int
    archive: ZipFile | None = None

    def head(self, count: int = _HEAD) -> bytes:
        """The first bytes."""
        self.stream.seek(0)
        return self.stream.read(count)

    def tail(self, count: int) -> bytes:
        """The last bytes."""
        self.stream.seek(max(0, self.size - count))
        return self.stream.read(count)

    def whole(self, budget: Budget) -> bytes:
        """All bytes, for those who need them in memory."""
        if self.size > budget.limits.document_bytes:
            raise UnreadableError(Reason.TOO_LARGE)
        if isinstance(self.stream, io.BytesIO):
            return self.stream.getvalue()
        self.stream.seek(0)
        # A reader sets aside as much as it is asked for, whatever there is.
        return self.stream.read(self.size)

    def chunks(self) -> Iterator[bytes]:
        """The bytes piece by piece."""
        self.stream.seek(0)
        while chunk := self.stream.read(CHUNK):
            yield chunk


def open_source(given: BinaryIO | bytes, name: str, budget: Budget) -> Source:
    """A source of bytes or of a stream; a stream that can't be sought is held in memory.

    Raises:
        UnreadableError: the stream fails, or is larger than what may be held in memory.
    """
    stream: BinaryIO = io.BytesIO(given) if isinstance(given, bytes) else _watched(given)
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    try:
        if not stream.seekable():
            stream = io.BytesIO(bounded(stream, budget.limits.document_bytes))
        size = stream.seek(0, io.SEEK_END)
        stream.seek(0)
    except (OSError, ValueError):
        raise UnreadableError(Reason.UNREADABLE) from None
    return Source(stream, suffix, size)


def _watched(given: BinaryIO) -> BinaryIO:
    if type(given) is io.BytesIO:
        return given
    return io.BufferedReader(_Watched(given), CHUNK)


class _Watched(io.RawIOBase):
    """A stream whose failures can be told from those of a format: a file share that went away is no damaged document."""

    def __init__(self, given: BinaryIO) -> None:
        self._given = given

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._given.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        try:
            return self._given.seek(offset, whence)
        except OSError:
            raise UnreadableError(Reason.UNREADABLE) from None

    def tell(self) -> int:
        return self._given.tell()

    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer)
        try:
            data = self._given.read(len(view))
        except Exception:  # noqa: BLE001 - remote file systems raise errors of their own, which name paths
            raise UnreadableError(Reason.UNREADABLE) from None
        view[: len(data)] = data
        return len(data)


def bounded(stream: BinaryIO, most: int) -> bytes:
    """All that a stream holds, if it is no more than that many bytes."""
    data = stream.read(most + 1)
    if len(data) > most:
        raise UnreadableError(Reason.TOO_LARGE)
    return data
