"""What DOCX, XLSX and PPTX have in common: a ZIP of XML parts, with relations, properties, pictures and embedded documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from zipfile import ZipFile, ZipInfo

from discretio.documents import bounded_zip
from discretio.documents.markup import Handler, Plain, feed
from discretio.documents.parts import DocumentPart, Reason
from discretio.documents.reading import Reading, guarded
from discretio.documents.zip_archives import nested_member

_METADATA = re.compile(r"docprops/[^/]*\.xml|customxml/[^/]*\.xml|docmetadata/.*\.xml")
# What only says how things look, or counts them: it holds nothing that anyone wrote into the document.
_SILENT = re.compile(
    r"\[content_types\]\.xml|.*/(?:theme|fonts|printersettings|slidelayouts/_rels|slidemasters/_rels)/.*"
    r"|(?:word|xl|ppt)/(?:styles|stylesWithEffects|settings|webSettings|fontTable|numbering|calcChain|metadata|presProps|viewProps"
    r"|tableStyles|revisionInfo)\.xml|.*/(?:style|colors)\d+\.xml|customxml/itemprops\d*\.xml"
    # A picture of the first page, too small to be read.
    r"|docProps/thumbnail\.\w+",
    re.IGNORECASE,
)
_LINK = "Target"
_DRAWING_BLOCKS = frozenset({"p", "pt", "v", "t"})


class Links:
    """Targets outside of the package, out of its relations; nothing is fetched."""

    def __init__(self) -> None:
        self.external: list[str] = []
        self.internal: dict[str, str] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take in a relation."""
        if name == "Relationship" and _LINK in attributes:
            if attributes.get("TargetMode") == "External":
                self.external.append(attributes[_LINK])
            else:
                self.internal[attributes.get("Id", "")] = attributes[_LINK]

    def end(self, name: str) -> None:
        """Nothing ends."""

    def text(self, text: str) -> None:
        """Relations hold no text."""


class Package:
    """The members of a package, by what they are for."""

    def __init__(self, archive: ZipFile, reading: Reading) -> None:
        self._archive = archive
        self.reading = reading
        self._left = {number: member for number, member in enumerate(archive.infolist()) if not member.is_dir()}

    def take(self, pattern: str) -> list[ZipInfo]:
        """The members whose name fits and that nobody took yet, in the order of the numbers in their names."""
        form = re.compile(pattern, re.IGNORECASE)
        found = {number: member for number, member in self._left.items() if form.fullmatch(member.filename)}
        for number in found:
            del self._left[number]
        return sorted(found.values(), key=lambda member: (number_in(member) or 0, member.filename))

    def lacking(self, pattern: str) -> Iterator[DocumentPart]:
        """A gap, if the member without which there is no such document isn't there."""
        form = re.compile(pattern, re.IGNORECASE)
        if not any(form.fullmatch(member.filename) for member in self._left.values()):
            yield self.reading.missing(Reason.DAMAGED, "body")

    def feed(self, member: ZipInfo, handler: Handler) -> None:
        """Read an XML member."""
        self.reading.budget.take_member()
        feed(bounded_zip.chunks(self._archive, member, self.reading.budget), handler)

    def chunks(self, member: ZipInfo) -> Iterator[bytes]:
        """The bytes of a member."""
        self.reading.budget.take_member()
        return bounded_zip.chunks(self._archive, member, self.reading.budget)

    def plain(self, pattern: str, kind: str, handler: Plain) -> Iterator[DocumentPart]:
        """A part for each member that fits, with all its text."""
        for member in self.take(pattern):
            yield from guarded(self._plain(member, kind, handler), self.reading, kind)

    def _plain(self, member: ZipInfo, kind: str, handler: Plain) -> Iterator[DocumentPart]:
        handler.taken()
        try:
            self.feed(member, handler)
        finally:
            text = handler.taken()
        yield from self.reading.some(kind, text)

    def rest(self) -> Iterator[DocumentPart]:
        """All that no format has a rule for: links, properties, drawings, pictures, embedded documents, and the unknown."""
        self.take(_SILENT.pattern)
        links = Links()
        for member in self.take(r".*\.rels"):
            yield from guarded(self._links(member, links), self.reading, "link")
        yield from self.reading.some("link", "\n".join(dict.fromkeys(links.external)))
        yield from self.plain(_METADATA.pattern, "metadata", Plain(attributes=None))
        yield from self.plain(r".*/charts/[^/]*\.xml", "chart", Plain(_DRAWING_BLOCKS))
        yield from self.plain(r".*/(?:diagrams|drawings)/[^/]*\.(?:xml|vml)", "drawing", drawing())
        yield from self.plain(r".*\.(?:xml|vml)", "other", Plain(attributes=None))
        for member in self.take(r".*"):
            self.reading.budget.take_member()
            yield from nested_member(self._archive, member, self.reading)

    def _links(self, member: ZipInfo, links: Links) -> Iterator[DocumentPart]:
        self.feed(member, links)
        yield from ()


def drawing() -> Plain:
    """A handler for DrawingML: paragraphs, and what describes a picture to those who can't see it."""
    return Plain(_DRAWING_BLOCKS, frozenset({"descr", "title", "tooltip", "alt"}))


def number_in(member: ZipInfo) -> int | None:
    """The number in a member's name, as in slide12.xml."""
    digits = re.search(r"(\d{1,9})\.\w+$", member.filename)
    return int(digits.group(1)) if digits else None
