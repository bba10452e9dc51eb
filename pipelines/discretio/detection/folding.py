"""Text -> one byte per code point, lower-case and without accents, so that a term is found however it is written.

Offsets are kept: byte n stands for code point n. Letters outside the table become 0xFF, which no term matches but which
still joins a word. Only text with combining accents (decomposed Unicode) needs a table back to its own offsets.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

_LAST = 0x2200
_OTHER_LETTER = 0xFF
_SPECIAL = {
    0x2019: "'", 0x2018: "'", 0x00B4: "'", 0xA0: " ", 0x202F: " ", 0x2010: "-", 0x2011: "-", 0x09: " ", 0x0A: " ", 0x0D: " ",
    0xF8: "o", 0xD8: "o", 0xE6: "a", 0xC6: "a", 0xDF: "s", 0x153: "o", 0x152: "o", 0x142: "l", 0x141: "l",
    0x17F: "s", 0x2026: ".", 0xAB: '"', 0xBB: '"', 0x201C: '"', 0x201D: '"', 0x201E: '"', 0x2013: ",", 0x2014: ",",
}  # fmt: skip


def _table() -> npt.NDArray[np.uint8]:
    table = np.full(_LAST + 1, 0x20, np.uint8)
    for code in range(_LAST):
        character = chr(code)
        base = unicodedata.normalize("NFD", character.lower())[:1]
        if base.isascii() and base:
            table[code] = ord(base)
        elif character.isalnum():
            table[code] = _OTHER_LETTER
    for code, character in _SPECIAL.items():
        table[code] = ord(character)
    return table


def _word_bytes() -> npt.NDArray[np.bool_]:
    word = np.zeros(256, np.bool_)
    for byte in b"abcdefghijklmnopqrstuvwxyz0123456789_":
        word[byte] = True
    word[_OTHER_LETTER] = True
    return word


_FOLD = _table()
_FIRST_DIGIT = np.uint8(ord("0"))
# Digits that stand for a letter inside a word: t4rlouze, schwul3n.
_MEANT = np.frombuffer(b"oi2ea56789", np.uint8)
WORD_BYTES = _word_bytes()


def where_in(data: bytes, table: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """For each byte whether a table of 256 holds: six times as fast as indexing the table by an array."""
    return np.frombuffer(data.translate(table.tobytes()), np.bool_)


def _inner_forms() -> npt.NDArray[np.uint8]:
    """One byte for each folded byte inside a word: 39 bytes join words, in four forms each, and 91 don't."""
    others = np.flatnonzero(~WORD_BYTES[:0x80])
    inner = np.zeros(256, np.uint8)
    inner[others] = np.arange(len(others))
    inner[WORD_BYTES] = len(others) + 4 * np.arange(np.count_nonzero(WORD_BYTES))
    return inner


_INNER = _inner_forms().tobytes()
_BEGINS, _ENDS = 1, 2
"""What is added to the form of a letter that begins its word, and that ends it."""


@dataclass(frozen=True)
class Folded:
    """A folded text.

    Attributes:
        data: one byte per code point kept.
        offsets: offset in the text of each byte, and of its end; None when byte n is code point n.
        codes: the code points of the text.
    """

    data: bytes
    offsets: npt.NDArray[np.int64] | None
    codes: npt.NDArray[np.uint32]

    @cached_property
    def _joins(self) -> npt.NDArray[np.bool_]:
        """Position n + 1 tells whether byte n joins a word; both ends don't."""
        word = np.zeros(len(self.data) + 2, np.bool_)
        word[1:-1] = where_in(self.data, WORD_BYTES)
        return word

    @cached_property
    def edges(self) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
        """Whether each byte is the first of its word, and whether it is the last."""
        joins = self._joins
        return joins[1:-1] > joins[:-2], joins[1:-1] > joins[2:]

    @cached_property
    def marked(self) -> bytes:
        """The bytes, each with a mark where its word begins and where it ends, in one byte each, for an automaton."""
        return marked_bytes(self, 1, 1)

    @cached_property
    def _places(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Where the first and the last letters of words stand."""
        begins, ends = self.edges
        return np.flatnonzero(begins), np.flatnonzero(ends)

    def word_starts(self, starts: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """These starts, those with a letter just before them moved to where its word begins."""
        joined = self._joins[starts]
        moved = starts.copy()
        first, _ = self._places
        moved[joined] = first[np.searchsorted(first, starts[joined]) - 1]
        return moved

    def word_ends(self, ends: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """These ends, those with a letter just behind them moved to where its word ends."""
        joined = self._joins[ends + 1]
        moved = ends.copy()
        _, last = self._places
        moved[joined] = last[np.searchsorted(last, ends[joined])] + 1
        return moved

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in the text of a stretch of `data`."""
        return self.in_text(start), self.in_text(end)

    def all_in_text(self, positions: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """The offsets in the text of many offsets in `data`."""
        return positions if self.offsets is None else self.offsets[positions]

    def in_text(self, position: int) -> int:
        """The offset in the text of an offset in `data`."""
        return position if self.offsets is None else int(self.offsets[position])


def marked_bytes(folded: Folded, begins: int, ends: int) -> bytes:
    """A folded text in one byte each, with a mark (1) or none (0) where a word begins, and where one ends."""
    marked = np.frombuffer(folded.data.translate(_INNER), np.uint8) + folded.edges[0] * np.uint8(_BEGINS * begins)
    marked += folded.edges[1] * np.uint8(_ENDS * ends)
    return marked.tobytes()


def code_points(text: str) -> npt.NDArray[np.uint32]:
    """The code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")


def fold(text: str) -> Folded:
    """Fold a text: case, accents, typographic quotes and dashes, a digit for a letter inside a word; 150 MB/s."""
    codes = code_points(text)
    combining = (codes >= 0x300) & (codes < 0x370)
    if not combining.any():
        return Folded(_folded(codes), None, codes)
    kept = np.flatnonzero(~combining)
    return Folded(_folded(codes[kept]), np.append(kept, len(codes)).astype(np.int64), codes)


def _folded(codes: npt.NDArray[np.uint32]) -> bytes:
    folded = _FOLD.take(codes, mode="clip")
    at = np.flatnonzero(folded - _FIRST_DIGIT < len(_MEANT))
    at = at[(at > 0) & (at < len(folded) - 1)]
    at = at[_is_letter(folded[at - 1]) & _is_letter(folded[at + 1])]
    folded[at] = _MEANT[folded[at] - _FIRST_DIGIT]
    return folded.tobytes()


def _is_letter(folded: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
    return (folded >= ord("a")) & (folded <= ord("z"))


def fold_term(term: str) -> bytes:
    """Fold a term of a lexicon as a text is folded, so that it meets it."""
    return fold(unicodedata.normalize("NFC", term)).data
