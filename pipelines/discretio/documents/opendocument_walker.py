"""Follows OpenDocument markup and sorts its text by what it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

_APART = {
    "annotation": "comment",
    "note": "footnote",
    "notes": "note",
    "deletion": "deleted",
    "desc": "description",
    "header": "header",
    "footer": "footer",
    "header-left": "header",
    "footer-left": "footer",
    "header-first": "header",
    "footer-first": "footer",
}
_SPACES = {"tab": "\t", "line-break": "\n"}
_MOST_SPACES = 1_000
# Elements whose text is for people; text elsewhere indents the markup, or belongs to formulas and scripts.
_LINES = frozenset({"p", "h", "title", "desc", "creator", "initials", "binary-data"})
_ENDS = {"p": "\n", "h": "\n", "title": "\n", "desc": "\n", "creator": "\n", "table-cell": "\t", "table-row": "\n"}


class Walker:
    """Gathers the text of an OpenDocument part.

    `texts` holds pieces by kind and number, in the order in which they were met.

    Args:
        kind: of text that stands in nothing special.
    """

    def __init__(self, kind: str) -> None:
        self.texts: dict[tuple[str, int | None], list[str]] = defaultdict(list)
        self._stack: list[tuple[int, tuple[str, int | None]]] = []
        self._depth = 0
        self._place: tuple[str, int | None] = (kind, None)
        self.texts[self._place] = []
        self._lines = 0
        self._counts = {"table": 0, "page": 0}
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._in_sheets = False
        self._insertions: set[str] = set()
        self._open_insertions: set[str] = set()
        self._region = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        self._depth += 1
        self._learn(name, attributes)
        place = self._place_of(name, attributes)
        if place != self._place:
            self._stack.append((self._depth, self._place))
            self._place = place
            self.texts[place] += []
        self._lines += name in _LINES
        if name in _SPACES:
            self._put(_SPACES[name])
        elif name == "s":
            count = attributes.get("c", "1")
            self._put(" " * min(int(count) if count.isdigit() else 1, _MOST_SPACES))
        elif name == "a" and attributes.get("href", "#")[:1] != "#":
            self.texts["link", None] += [attributes["href"], "\n"]

    def _learn(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take in what later elements depend on: styles that hide, changes that insert."""
        if name == "style":
            self._style = attributes.get("name", "")
        elif name in {"table-properties", "drawing-page-properties"}:
            if "false" in (attributes.get("display"), attributes.get("visibility")) or attributes.get("visibility") == "hidden":
                self._hidden_styles.add(self._style)
        elif name == "spreadsheet":
            self._in_sheets = True
        else:
            self._learn_changes(name, attributes)

    def _learn_changes(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "changed-region":
            self._region = attributes.get("id", "")
        elif name == "insertion":
            self._insertions.add(self._region)
        elif name == "change-start":
            self._open_insertions |= {attributes.get("change-id", "")} & self._insertions
        elif name == "change-end":
            self._open_insertions.discard(attributes.get("change-id", ""))

    def _place_of(self, name: str, attributes: Mapping[str, str]) -> tuple[str, int | None]:
        """Where the text of an element belongs."""
        if name in _APART:
            return _APART[name], None
        if (name == "table" and self._in_sheets and self._place[0] == "body") or (name == "page" and self._place[0] == "body"):
            self._counts[name] += 1
            kind = "sheet" if name == "table" else "slide"
            hidden = attributes.get("style-name") in self._hidden_styles
            self.texts["names", None] += [attributes.get("name", ""), "\n"]
            return f"hidden {kind}" if hidden else kind, self._counts[name]
        return self._place

    def end(self, name: str) -> None:
        """An element ends."""
        if name in _ENDS and self._ends_line(name):
            self.texts[self._place].append(_ENDS[name])
            if self._open_insertions:
                self.texts["inserted", None].append(_ENDS[name])
        self._lines -= name in _LINES
        if self._stack and self._stack[-1][0] == self._depth:
            self._place = self._stack.pop()[1]
        self._depth -= 1

    def _ends_line(self, name: str) -> bool:
        pieces = self.texts[self._place]
        return name in {"table-cell", "table-row"} or not pieces or pieces[-1] != "\n"

    def text(self, text: str) -> None:
        """Characters."""
        if self._lines:
            self._put(text)

    def _put(self, text: str) -> None:
        self.texts[self._place].append(text)
        if self._open_insertions and self._place[0] != "deleted":
            self.texts["inserted", None].append(text)
