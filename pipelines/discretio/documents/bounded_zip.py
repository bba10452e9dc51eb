"""ZIP archives, opened and unpacked within bounds, in memory."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from lzma import LZMAError

from discretio.documents.limits import Budget
from discretio.documents.parts import Reason, UnreadableError
from discretio.documents.sources import CHUNK, Source

_ENCRYPTED = 0x1
_DIRECTORY_ROW = 512
"""Bytes that a row of the directory has at most in honest archives; Python reads the whole directory at once."""
_MOST_ROWS = 100_000


def open_zip(source: Source) -> zipfile.ZipFile:
    """The archive; who tells its type and who reads it have its directory read once.

    Raises:
        UnreadableError: it is damaged, or its directory is too large to be read.
    """
    if source.archive is None:
        source.archive = _opened(source)
    return source.archive


def _opened(source: Source) -> zipfile.ZipFile:
    if _directory_bytes(source) > _DIRECTORY_ROW * _MOST_ROWS:
        raise UnreadableError(Reason.TOO_MANY)
    try:
        return zipfile.ZipFile(source.stream)
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, struct.error, NotImplementedError, LookupError):
        raise UnreadableError(Reason.DAMAGED) from None


def chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: Budget) -> Iterator[bytes]:
    """A member's bytes, piece by piece; whatever its header claims, what really comes is counted.

    Raises:
        UnreadableError: a password, damage, or a bound is met.
    """
    if member.flag_bits & _ENCRYPTED:
        raise UnreadableError(Reason.PASSWORD)
    try:
        with archive.open(member) as stream:
            yield from counted(stream.read, max(1, member.compress_size), budget)
    except NotImplementedError:
        raise UnreadableError(Reason.NO_READER) from None
    except (zipfile.BadZipFile, zlib.error, LZMAError, OSError, EOFError, RuntimeError, struct.error, ValueError):
        raise UnreadableError(Reason.DAMAGED) from None


def member_bytes(archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: Budget) -> bytes:
    """A whole member, in memory."""
    return b"".join(chunks(archive, member, budget))


def counted(read: Callable[[int], bytes], packed: int, budget: Budget) -> Iterator[bytes]:
    """What `read` unpacks, as long as it stays within bounds."""
    limits, count = budget.limits, 0
    while chunk := read(CHUNK):
        count += len(chunk)
        if count > limits.ratio_from and count > packed * limits.ratio:
            raise UnreadableError(Reason.BOMB)
        if count > limits.member_bytes:
            raise UnreadableError(Reason.TOO_LARGE)
        budget.look_at_time()
        budget.take_bytes(len(chunk))
        yield chunk


def _directory_bytes(source: Source) -> int:
    """The size of the directory, as its end record says."""
    tail = source.tail(65_557)
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) < place + 22:
        return 0
    size: int = struct.unpack_from("<L", tail, place + 12)[0]
    wide = tail.rfind(b"PK\x06\x06", 0, place)
    if size == 0xFFFFFFFF and wide >= 0 and len(tail) >= wide + 56:
        size = struct.unpack_from("<Q", tail, wide + 40)[0]
    return size
