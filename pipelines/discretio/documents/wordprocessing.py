"""DOCX: the body as it reads, and apart from it what was inserted, deleted, hidden, noted or commented."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from zipfile import ZipInfo

from discretio.documents.bounded_zip import open_zip
from discretio.documents.office_package import Package
from discretio.documents.parts import DocumentPart, UnreadableError
from discretio.documents.reading import Reading, guarded
from discretio.documents.sources import Source

_MEMBERS = (
    (r"word/document\d*\.xml", "body"),
    (r"word/header\d*\.xml", "header"),
    (r"word/footer\d*\.xml", "footer"),
    (r"word/footnotes\d*\.xml", "footnote"),
    (r"word/endnotes\d*\.xml", "endnote"),
    (r"word/comments\d*\.xml", "comment"),
    (r"word/glossary/document\d*\.xml", "other"),
)
_SPACES = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_ENDS = {"p": "\n", "tc": "\t", "tr": "\n"}
_INSERTED, _DELETED = frozenset({"ins", "moveTo"}), frozenset({"del", "moveFrom"})
_TEXT = frozenset({"t", "delText", "instrText", "delInstrText"})
_APART = ("inserted", "deleted", "field", "hidden", "description")


def read(source: Source, reading: Reading) -> Iterator[DocumentPart]:
    """All parts of the document that hold text."""
    with open_zip(source) as archive:
        package = Package(archive, reading)
        yield from package.lacking(_MEMBERS[0][0])
        authors: dict[str, None] = {}
        for pattern, kind in _MEMBERS:
            for member in package.take(pattern):
                yield from guarded(_member(package, member, kind, authors), reading, kind)
        yield from reading.some("metadata", "\n".join(authors))
        yield from package.rest()


def _member(package: Package, member: ZipInfo, kind: str, authors: dict[str, None]) -> Iterator[DocumentPart]:
    walker, problem = Walker(), None
    try:
        package.feed(member, walker)
    except UnreadableError as met:
        problem = met
    authors.update(dict.fromkeys(walker.authors))
    reading = package.reading
    if problem is None or walker.body:
        yield from (reading.part if kind == "body" else reading.some)(kind, "".join(walker.body))
    for apart in _APART:
        yield from reading.some(apart, "".join(walker.apart[apart]))
    if problem:
        raise problem


class Walker:
    """Follows WordprocessingML and sorts the text.

    The body is what one reads with all changes accepted; deletions stand apart, insertions in both. Moved text counts as
    deleted where it was and as inserted where it is.
    """

    def __init__(self) -> None:
        self.body: list[str] = []
        self.apart: dict[str, list[str]] = {kind: [] for kind in _APART}
        self.authors: list[str] = []
        self._inserted = self._deleted = self._fallback = self._run_properties = 0
        self._in_text = ""
        self._hidden = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if name in _TEXT:
            self._in_text = name
        elif name in _SPACES:
            self._put(_SPACES[name])
        elif name == "r":
            self._hidden = False
        elif name == "Fallback":
            # The same text box again, for programs that don't know the newer form.
            self._fallback += 1
        else:
            self._mark(name, attributes)

    def _mark(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "rPr":
            self._run_properties += 1
        elif name == "vanish" and attributes.get("val") not in {"0", "false", "off"}:
            self._hidden = True
        elif not self._run_properties:
            self._inserted += name in _INSERTED
            self._deleted += name in _DELETED
        if attributes:
            self._describe(attributes)

    def _describe(self, attributes: Mapping[str, str]) -> None:
        if "author" in attributes:
            self.authors.append(attributes["author"])
        for key in ("descr", "title", "tooltip", "alt", "instr"):
            if attributes.get(key):
                self.apart["field" if key == "instr" else "description"] += [attributes[key], "\n"]

    def end(self, name: str) -> None:
        """An element ends."""
        if name in _TEXT:
            self._in_text = ""
        elif name in _ENDS:
            self._end_line(_ENDS[name])
        elif name == "Fallback":
            self._fallback -= 1
        elif name == "rPr":
            self._run_properties -= 1
        elif not self._run_properties:
            self._inserted -= name in _INSERTED
            self._deleted -= name in _DELETED

    def text(self, text: str) -> None:
        """Characters; those outside of text elements only indent the markup."""
        if self._in_text:
            self._put(text)

    def _put(self, text: str) -> None:
        if self._fallback:
            return
        if self._deleted or self._in_text.startswith("del"):
            self.apart["deleted"].append(text)
        elif self._in_text == "instrText":
            self.apart["field"].append(text)
        elif self._hidden:
            self.apart["hidden"].append(text)
        else:
            self.body.append(text)
            if self._inserted:
                self.apart["inserted"].append(text)

    def _end_line(self, mark: str) -> None:
        if self._fallback:
            return
        self.body.append(mark)
        for pieces in self.apart.values():
            if pieces and pieces[-1] != "\n":
                pieces.append("\n")
