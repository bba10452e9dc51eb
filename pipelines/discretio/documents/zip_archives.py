"""ZIP archives: each member is a document of its own, and their names are text."""

from __future__ import annotations

from collections.abc import Iterator
from zipfile import ZipFile, ZipInfo

from discretio.documents.bounded_zip import member_bytes, open_zip
from discretio.documents.parts import DocumentPart, ExhaustedError, UnreadableError
from discretio.documents.reading import Reading
from discretio.documents.sources import Source


def read(source: Source, reading: Reading) -> Iterator[DocumentPart]:
    """The members in their order. Nothing is written anywhere, so that a name with ".." in it is but a name."""
    with open_zip(source) as archive:
        members = archive.infolist()
        comment = archive.comment.decode("utf-8", "replace")
        names = [text for member in members for text in (member.filename, member.comment.decode("utf-8", "replace"))]
        yield from reading.some("names", "\n".join(text for text in [*names, comment] if text))
        for member in members:
            if not member.is_dir():
                reading.budget.take_member()
                yield from nested_member(archive, member, reading)


def nested_member(archive: ZipFile, member: ZipInfo, reading: Reading) -> Iterator[DocumentPart]:
    """A member read as a document of its own."""
    try:
        data = member_bytes(archive, member, reading.budget)
    except ExhaustedError:
        raise
    except UnreadableError as problem:
        yield reading.lost(problem.reason)
        return
    yield from reading.nested(data, member.filename)
