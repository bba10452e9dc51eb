"""Which kind of character stands where: the cheap look that tells a pattern where it may begin at all.

A pattern over a whole text costs ten milliseconds a megabyte or more, and there are thirty of them. Nearly all need a digit, a
capital or a sign that running text seldom has. So those are found first, by array, and the pattern is tried around them only.
"""

from __future__ import annotations

import unicodedata
from functools import cached_property

import numpy as np
import numpy.typing as npt

from discretio.detection.folding import where_in

Positions = npt.NDArray[np.int64]
CAPITAL, SMALL, DIGIT, SPACE = ord("A"), ord("a"), ord("0"), ord(" ")
EURO, DEGREE, NEWLINE = 0x80, 0x81, ord("\n")
_OTHER, _LAST = 0xFE, 0x2200


def _kind(code: int) -> int:
    character = chr(code)
    if character == "\n":
        return NEWLINE
    if character.isspace():
        return SPACE
    if character.isdecimal():
        return DIGIT if character.isascii() else _OTHER
    if unicodedata.category(character) in {"Lu", "Lt"} or 0xC0 <= code <= 0xDE:
        return CAPITAL
    if character.isalpha():
        return SMALL
    return {"\u20ac": EURO, "\u00b0": DEGREE}.get(character, code if code < EURO else _OTHER)


_CAPITALS = np.array([chr(code).isupper() for code in range(_LAST)] + [False], np.bool_)
_KINDS = np.array([_kind(code) for code in range(_LAST)] + [_OTHER], np.uint8)
_FREQUENT = frozenset({CAPITAL, SMALL, DIGIT, SPACE})
_IS_SIGN = np.array([kind not in _FREQUENT for kind in range(256)], np.bool_)
_MARGIN = 8  # kinds beyond both ends, so that a look around a character never leaves the array


class Shape:
    """The kinds of the characters of one text; offsets are code points.

    Args:
        codes: the code points of the text.
    """

    def __init__(self, codes: npt.NDArray[np.uint32]) -> None:
        padded = np.full(len(codes) + 2 * _MARGIN, _OTHER, np.uint8)
        padded[_MARGIN : _MARGIN + len(codes)] = _KINDS.take(codes, mode="clip")
        self._padded = padded
        # Where neither letters nor digits nor blanks stand: few of them, and each sign is asked for in turn.
        self._signs = np.flatnonzero(where_in(self.kinds.tobytes(), _IS_SIGN))

    @cached_property
    def kinds(self) -> npt.NDArray[np.uint8]:
        """One kind per code point."""
        return self._padded[_MARGIN:-_MARGIN]

    def around(self, positions: Positions, step: int) -> npt.NDArray[np.uint8]:
        """The kinds that stand `step` characters from these positions, at most eight."""
        return self._padded[positions + (_MARGIN + step)]

    def where(self, kind: int) -> Positions:
        """The positions of one kind."""
        if kind in _FREQUENT:
            return np.flatnonzero(self.kinds == kind)
        return kept(self._signs, self.kinds[self._signs] == kind)

    @cached_property
    def digits(self) -> Positions:
        """Where digits stand."""
        return self.where(DIGIT)

    @cached_property
    def capitals(self) -> Positions:
        """Where capitals stand."""
        return self.where(CAPITAL)

    @cached_property
    def numbers(self) -> Positions:
        """Where runs of digits begin."""
        return kept(self.digits, self.around(self.digits, -1) != DIGIT)

    @cached_property
    def number_ends(self) -> Positions:
        """The last digit of each run."""
        return kept(self.digits, self.around(self.digits, 1) != DIGIT)

    def crowded(self, digits: int, within: int) -> Positions:
        """The digits from which so many digits stand within so many characters."""
        if len(self.digits) < digits:
            return self.digits[:0]
        first, last = self.digits[: len(self.digits) - digits + 1], self.digits[digits - 1 :]
        return kept(first, last - first < within)


def are_capitals(codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
    """Whether code points are capitals, as `str.isupper` says it of letters below U+2200."""
    capitals: npt.NDArray[np.bool_] = _CAPITALS.take(codes, mode="clip")
    return capitals


def kept(positions: Positions, mask: npt.NDArray[np.bool_]) -> Positions:
    """The positions at which the mask holds."""
    chosen: Positions = positions[mask]
    return chosen


def in_order(positions: Positions) -> Positions:
    """Positions in order, each once; those of one kind of character already are."""
    return positions if np.all(positions[1:] > positions[:-1]) else np.unique(positions)


def followed(positions: Positions, targets: Positions, within: int) -> Positions:
    """Those positions behind which a target stands, at most so many characters away; both in order."""
    if not len(positions) or not len(targets):
        return positions[:0]
    nearest = np.searchsorted(targets, positions)
    distance = targets[np.minimum(nearest, len(targets) - 1)] - positions
    return kept(positions, (nearest < len(targets)) & (distance <= within))
