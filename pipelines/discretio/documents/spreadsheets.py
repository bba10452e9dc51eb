"""XLSX: every sheet, hidden or not, with comments, headings for print, and the copies of data that pivot tables keep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from zipfile import ZipInfo

from discretio.documents.bounded_zip import open_zip
from discretio.documents.markup import Plain, feeding
from discretio.documents.office_package import Links, Package, drawing, number_in
from discretio.documents.parts import DocumentPart, Reason, UnreadableError
from discretio.documents.reading import Reading, guarded
from discretio.documents.sheet_cells import SharedStrings, SheetCells
from discretio.documents.sources import Source
from discretio.documents.spreadsheet_dates import Styles

_COMMENT_BLOCKS = frozenset({"t", "text", "author", "comment"})
_MINIMUM = 1 << 18


class Workbook:
    """Names and states of the sheets, and names of ranges, out of workbook.xml."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.hidden: dict[str, bool] = {}
        self.since_1904 = False
        self._in_name = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take in a sheet, a name, or the calendar."""
        if name == "sheet":
            self.names.append(attributes.get("name", ""))
            self.hidden[attributes.get("id", "")] = attributes.get("state", "visible") != "visible"
        elif name == "definedName":
            self.names += [attributes.get("name", ""), attributes.get("comment", "")]
            self._in_name = True
        elif name == "workbookPr":
            self.since_1904 = attributes.get("date1904") in {"1", "true"}

    def end(self, name: str) -> None:
        """An element ends."""
        self._in_name = self._in_name and name != "definedName"

    def text(self, text: str) -> None:
        """What a name stands for may be a text."""
        if self._in_name:
            self.names.append(text)


def read(source: Source, reading: Reading) -> Iterator[DocumentPart]:
    """All parts of the workbook that hold text."""
    with open_zip(source) as archive:
        package = Package(archive, reading)
        yield from package.lacking(r"xl/workbook\d*\.xml")
        workbook, links, styles, shared = Workbook(), Links(), Styles(), SharedStrings(reading.limits.characters)
        for pattern, handler in (
            (r"xl/workbook\d*\.xml", workbook),
            (r"xl/_rels/workbook\d*\.xml\.rels", links),
            (r"xl/styles\d*\.xml", styles),
            (r"xl/sharedStrings\d*\.xml", shared),
        ):
            for member in package.take(pattern):
                yield from guarded(_fed(package, member, handler), reading, "sheet")
        yield from reading.some("names", "\n".join(workbook.names))
        cells = SheetCells(shared.strings, styles, since_1904=workbook.since_1904)
        hidden = {target.rpartition("/")[2] for rid, target in links.internal.items() if workbook.hidden.get(rid)}
        yield from _sheets(package, cells, hidden)
        yield from package.plain(r"xl/(?:threaded)?comments/?[^/]*\.xml", "comment", Plain(_COMMENT_BLOCKS))
        yield from package.plain(r"xl/persons/[^/]*\.xml", "metadata", Plain(attributes=frozenset({"displayName", "userId"})))
        yield from package.plain(r"xl/(?:pivotCache|externalLinks)/[^/]*\.xml", "cache", Plain(attributes=None))
        yield from package.plain(r"xl/drawings/[^/]*\.(?:xml|vml)", "drawing", drawing())
        yield from package.rest()


def _fed(package: Package, member: ZipInfo, handler: Workbook | Links | Styles | SharedStrings) -> Iterator[DocumentPart]:
    package.feed(member, handler)
    yield from ()


def _sheets(package: Package, cells: SheetCells, hidden: set[str]) -> Iterator[DocumentPart]:
    members = package.take(r"xl/(?:work|chart|dialog|macro)sheets/[^/]*\.xml")
    for count, member in enumerate(members, start=1):
        if count > package.reading.limits.pages:
            raise UnreadableError(Reason.TOO_MANY)
        kind = "hidden sheet" if member.filename.rpartition("/")[2] in hidden else "sheet"
        yield from guarded(_sheet(package, member, cells, kind), package.reading, kind)


def _sheet(package: Package, member: ZipInfo, cells: SheetCells, kind: str) -> Iterator[DocumentPart]:
    number, offset, pending, problem = number_in(member), 0, "", None
    reading = package.reading
    cells.begin()
    chunks = feeding(package.chunks(member), cells)
    while problem is None:
        try:
            ended = next(chunks, True)
        except UnreadableError as met:
            problem, ended = met, True
        pending += cells.taken()
        if len(pending) >= _MINIMUM or ended:
            yield from reading.pieces(kind, offset, pending, number=number)
            offset, pending = offset + len(pending), ""
        if ended:
            break
    yield from reading.some("header", "\n".join(cells.headings))
    if problem:
        raise problem
