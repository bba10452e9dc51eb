"""ODT, ODS and ODP: text, sheets and slides with their notes, comments, changes and hidden tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from zipfile import ZipFile, ZipInfo

from discretio.documents import bounded_zip
from discretio.documents.bounded_zip import open_zip
from discretio.documents.markup import Plain, feed
from discretio.documents.opendocument_walker import Walker
from discretio.documents.parts import DocumentPart, Reason, UnreadableError
from discretio.documents.reading import Reading, guarded
from discretio.documents.sources import Source
from discretio.documents.zip_archives import nested_member

# The thumbnail shows the first page, too small to be read.
_SILENT = re.compile(
    r"mimetype|Thumbnails/.*|Fonts/.*|META-INF/.*|Configurations2/.*|settings\.xml|manifest\.rdf|layout-cache|.*ObjectReplacements/.*"
)
_WALKED = {"content.xml": "body", "styles.xml": "header"}


def read(source: Source, reading: Reading) -> Iterator[DocumentPart]:
    """All parts of the document that hold text; objects inside have a content of their own."""
    with open_zip(source) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        if _is_encrypted(archive, members, reading):
            raise UnreadableError(Reason.PASSWORD)
        if not any(member.filename == "content.xml" for member in members):
            yield reading.missing(Reason.DAMAGED, "body")
        for member in members:
            name = member.filename.rpartition("/")[2]
            if _SILENT.fullmatch(member.filename) or (name == "styles.xml" and name != member.filename):
                continue
            reading.budget.take_member()
            if name in _WALKED:
                yield from guarded(_walked(archive, member, reading, _WALKED[name]), reading, _WALKED[name])
            elif name == "meta.xml":
                yield from guarded(_metadata(archive, member, reading), reading, "metadata")
            else:
                yield from nested_member(archive, member, reading)


def _is_encrypted(archive: ZipFile, members: list[ZipInfo], reading: Reading) -> bool:
    manifest = next((member for member in members if member.filename == "META-INF/manifest.xml"), None)
    return manifest is not None and b"encryption-data" in bounded_zip.member_bytes(archive, manifest, reading.budget)


def _metadata(archive: ZipFile, member: ZipInfo, reading: Reading) -> Iterator[DocumentPart]:
    handler = Plain(attributes=frozenset({"name", "href", "title"}))
    feed(bounded_zip.chunks(archive, member, reading.budget), handler)
    yield from reading.some("metadata", handler.taken())


def _walked(archive: ZipFile, member: ZipInfo, reading: Reading, kind: str) -> Iterator[DocumentPart]:
    walker, problem = Walker(kind), None
    try:
        feed(bounded_zip.chunks(archive, member, reading.budget), walker)
    except UnreadableError as met:
        problem = met
    for (found, number), pieces in walker.texts.items():
        text, page = "".join(pieces), number if "slide" in found else None
        # A body, a sheet or a slide without text was read nevertheless.
        say = reading.part if found in {"body", "slide", "hidden slide", "sheet", "hidden sheet"} else reading.some
        if text or len(walker.texts) == 1 or found != "body":
            yield from say(found, text, number=number, page=page)
    if problem:
        raise problem
