"""A picture to be recognised, what was read in it, and whether that may be relied on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

_SURE = 75.0
"""Mean confidence from which on words may be relied on: print has 85 and more, handwriting or a page on its head 65 at most."""
_LIGHT = bytes(range(200, 256))
_BLANK = 20_000
"""A picture with less than one dark pixel in so many shows nothing: fewer than the letters of one word on a page."""

Word = tuple[tuple[str, ...], float, str]
"""Where a word stands (block, paragraph, line), the program's confidence in it (percent), and the word."""


@dataclass(frozen=True, slots=True)
class Graymap:
    """A picture in shades of grey, a byte per pixel, row by row."""

    width: int
    height: int
    pixels: bytes

    def file(self) -> bytes:
        """As a portable graymap."""
        return b"P5 %d %d 255\n" % (self.width, self.height) + self.pixels

    def turned_over(self) -> Graymap:
        """Upside down."""
        return Graymap(self.width, self.height, self.pixels[::-1])

    def is_blank(self) -> bool:
        """Whether it shows nothing but paper and dust."""
        return len(self.pixels.translate(None, _LIGHT)) * _BLANK < len(self.pixels)


@dataclass(frozen=True, slots=True)
class Recognised:
    """The text of a picture.

    `confidence` is the mean over its words, in percent, 0 if there are none. `uncertain` says that the picture shows more than
    the text, or something else: handwriting, a photo, a page that lies askew.
    """

    text: str
    confidence: float
    uncertain: bool


def recognised(table: str, picture: Graymap) -> Recognised:
    """Read the table that the program gives, a row per word.

    Args:
        table: Tesseract's, in TSV.
        picture: in which it was read.
    """
    words = list(_words(table))
    confidence = sum(sure for _, sure, _ in words) / len(words) if words else 0.0
    uncertain = confidence < _SURE if words else not picture.is_blank()
    return Recognised("\n".join(_lines(words)), confidence, uncertain)


def _words(table: str) -> Iterator[Word]:
    for row in table.splitlines()[1:]:
        fields = row.split("\t", 11)
        if len(fields) == 12 and fields[11].strip():
            yield tuple(fields[1:5]), float(fields[10]), fields[11].strip()


def _lines(words: list[Word]) -> Iterator[str]:
    lines: dict[tuple[str, ...], list[str]] = {}
    for place, _, word in words:
        lines.setdefault(place, []).append(word)
    return (" ".join(line) for line in lines.values())
