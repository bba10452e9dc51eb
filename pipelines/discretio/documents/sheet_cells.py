"""The cells of a sheet as lines of text, with shared strings, formulas and dates resolved."""

from __future__ import annotations

from collections.abc import Mapping

from discretio.documents.parts import ExhaustedError, Reason
from discretio.documents.spreadsheet_dates import Styles, as_date

_HEADINGS = frozenset({"oddHeader", "evenHeader", "firstHeader", "oddFooter", "evenFooter", "firstFooter"})
_GATHERED = frozenset({"v", "t", "f", *_HEADINGS})
_TEXT_ATTRIBUTES = ("prompt", "promptTitle", "error", "errorTitle", "display", "tooltip")


class SharedStrings:
    """The strings that cells refer to by number.

    Args:
        most: code points that they may have together.
    """

    def __init__(self, most: int) -> None:
        self.strings: list[str] = []
        self._left = most
        self._pieces: list[str] = []
        self._reading_aid = False
        self._inside = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG002 - the handlers' common form
        """An element begins."""
        if name == "si":
            self._pieces = []
        elif name == "rPh":
            self._reading_aid = True
        self._inside = name == "t" and not self._reading_aid

    def end(self, name: str) -> None:
        """An element ends."""
        self._inside = False
        if name == "si":
            self.strings.append("".join(self._pieces))
        elif name == "rPh":
            self._reading_aid = False

    def text(self, text: str) -> None:
        """Characters of a string."""
        if self._inside:
            self._left -= len(text)
            if self._left < 0:
                raise ExhaustedError(Reason.TOO_LARGE)
            self._pieces.append(text)


class SheetCells:
    """Follows a sheet and writes a line per row, cells parted by tabs.

    Args:
        strings: the shared strings.
        styles: which styles show dates.
        since_1904: whether days are counted from 1904 on.
    """

    def __init__(self, strings: list[str], styles: Styles, *, since_1904: bool) -> None:
        self._strings = strings
        self._styles = styles
        self._since_1904 = since_1904
        self.begin()

    def begin(self) -> None:
        """Begin a sheet."""
        self.headings: list[str] = []
        self._lines: list[str] = []
        self._cells: list[str] = []
        self._type = "n"
        self._style: str | None = None
        self._gathering = ""
        self._found: dict[str, str] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if name == "c":
            self._type, self._style = attributes.get("t", "n"), attributes.get("s")
            self._found = {}
        elif name in _GATHERED:
            self._gathering = name
        elif name in {"dataValidation", "hyperlink"}:
            self.headings += [attributes[key] for key in _TEXT_ATTRIBUTES if attributes.get(key)]

    def end(self, name: str) -> None:
        """An element ends."""
        if name in _GATHERED:
            self._gathering = ""
            if name in _HEADINGS:
                self.headings.append(self._found.pop(name, ""))
        elif name == "c":
            self._cells.append(self._value())
            self._found = {}
        elif name == "row":
            self._lines.append("\t".join(self._cells).strip("\t") + "\n")
            self._cells = []

    def text(self, text: str) -> None:
        """Characters of a value, a formula or a heading."""
        if self._gathering:
            self._found[self._gathering] = self._found.get(self._gathering, "") + text

    def taken(self) -> str:
        """The lines since the last time."""
        text, self._lines = "".join(self._lines), []
        return text

    def _value(self) -> str:
        value = self._found.get("v") or self._found.get("t") or self._found.get("f", "")
        if self._type == "s":
            return self._strings[int(value)] if value.isdigit() and int(value) < len(self._strings) else value
        if self._type == "n" and value and self._styles.is_date(self._style):
            return as_date(value, since_1904=self._since_1904)
        return value
