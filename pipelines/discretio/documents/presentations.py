"""PPTX: slides, hidden ones too, with their notes, comments and the text of pictures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from zipfile import ZipInfo

from discretio.documents.bounded_zip import open_zip
from discretio.documents.markup import Plain
from discretio.documents.office_package import Package, drawing, number_in
from discretio.documents.parts import DocumentPart, Reason, UnreadableError
from discretio.documents.reading import Reading, guarded
from discretio.documents.sources import Source

_BLOCKS = frozenset({"p", "tc"})
_DESCRIPTIONS = frozenset({"descr", "title", "tooltip"})


class Slide(Plain):
    """Gathers a slide's text, and whether the slide is shown."""

    def __init__(self) -> None:
        super().__init__(_BLOCKS, _DESCRIPTIONS)
        self.hidden = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if name == "sld":
            self.hidden = attributes.get("show") in {"0", "false"}
        super().start(name, attributes)


def read(source: Source, reading: Reading) -> Iterator[DocumentPart]:
    """All parts of the presentation that hold text; a slide's number is that of its file."""
    with open_zip(source) as archive:
        package = Package(archive, reading)
        yield from package.lacking(r"ppt/presentation\.xml")
        for count, member in enumerate(package.take(r"ppt/slides/[^/]*\.xml"), start=1):
            if count > reading.limits.pages:
                raise UnreadableError(Reason.TOO_MANY)
            yield from guarded(_slide(package, member), reading, "slide")
        yield from package.plain(r"ppt/notesSlides/[^/]*\.xml", "note", Slide())
        comments = Plain(frozenset({"p", "text", "cm"}), frozenset({"text"}))
        yield from package.plain(r"ppt/comments/[^/]*\.xml", "comment", comments)
        authors = Plain(attributes=frozenset({"name", "initials", "userId"}))
        yield from package.plain(r"ppt/(?:commentAuthors|authors)\.xml", "metadata", authors)
        masters = r"ppt/(?:slideMasters|slideLayouts|notesMasters|handoutMasters)/[^/]*\.xml"
        yield from package.plain(masters, "header", Plain(_BLOCKS))
        yield from package.plain(r"ppt/(?:diagrams|drawings)/[^/]*\.(?:xml|vml)", "drawing", drawing())
        yield from package.rest()


def _slide(package: Package, member: ZipInfo) -> Iterator[DocumentPart]:
    slide, problem, number = Slide(), None, number_in(member)
    try:
        package.feed(member, slide)
    except UnreadableError as met:
        problem = met
    kind = "hidden slide" if slide.hidden else "slide"
    yield from package.reading.part(kind, slide.taken(), number=number, page=number)
    if problem:
        yield package.reading.missing(problem.reason, kind, number, number)
