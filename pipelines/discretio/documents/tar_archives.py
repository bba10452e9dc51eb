"""TAR archives: each file is a document of its own, and their names are text."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from typing import BinaryIO, cast

from discretio.documents.bounded_zip import counted
from discretio.documents.parts import DocumentPart, ExhaustedError, Reason, UnreadableError
from discretio.documents.reading import Reading
from discretio.documents.sources import Source


def read(source: Source, reading: Reading) -> Iterator[DocumentPart]:
    """The members in their order; links are not followed, and said."""
    source.stream.seek(0)
    names = []
    with tarfile.open(fileobj=source.stream, mode="r:", errors="replace") as archive:
        for member in archive:
            reading.budget.take_member()
            names += [member.name, member.linkname, member.uname, member.gname, *map(str, member.pax_headers.values())]
            yield from _member(archive, member, reading)
        end = archive.offset
    yield from reading.some("names", "\n".join(dict.fromkeys(name for name in names if name)))
    # tarfile takes a damaged header for the end.
    source.stream.seek(end)
    if source.stream.read(512).strip(b"\0") or end + 512 > source.size:
        raise UnreadableError(Reason.DAMAGED)


def _member(archive: tarfile.TarFile, member: tarfile.TarInfo, reading: Reading) -> Iterator[DocumentPart]:
    if member.isdir():
        return
    if not member.isfile():
        yield reading.lost(Reason.LINK if member.issym() or member.islnk() else Reason.UNKNOWN_TYPE)
        return
    stream = cast("BinaryIO", archive.extractfile(member))
    try:
        data = b"".join(counted(stream.read, max(1, member.size), reading.budget))
        complete = len(data) == member.size
    except ExhaustedError:
        raise
    except UnreadableError as problem:
        yield reading.lost(problem.reason)
        return
    except (tarfile.TarError, OSError):
        yield reading.lost(Reason.DAMAGED)
        return
    yield from reading.nested(data, member.name)
    if not complete:
        raise UnreadableError(Reason.DAMAGED)
