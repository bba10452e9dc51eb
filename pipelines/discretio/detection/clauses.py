"""Where sentences and clauses end in a folded text: the reach of a qualifier."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property

import numpy as np
import numpy.typing as npt

from discretio.detection.folding import where_in
from discretio.detection.passage import Passage
from discretio.detection.shapes import NEWLINE

Offsets = npt.NDArray[np.int64]


def _marks(characters: bytes) -> npt.NDArray[np.bool_]:
    table = np.zeros(256, np.bool_)
    table[list(characters)] = True
    return table


_DIGITS = _marks(b"0123456789")
_STOPS, _ENDING, _AIR = _marks(b".!?"), _marks(b'.!?;:()"'), _marks(b' ")')


class Clauses:
    """The clauses of a passage.

    Args:
        passage: the text; all offsets here are those of its folded data.

    Attributes:
        signs: the folded data as an array.
    """

    def __init__(self, passage: Passage) -> None:
        self._data = passage.folded.data
        self.signs = data = np.frombuffer(self._data, np.uint8)
        ending = np.flatnonzero(where_in(self._data, _ENDING))
        is_stop = _STOPS[data[ending]]
        stops, breaks = ending[is_stop], ending[~is_stop]
        # A full stop inside 1.250 or A.B. ends nothing; the one that ends the text does.
        stops = stops[(stops == len(data) - 1) | _AIR[data[np.minimum(stops + 1, len(data) - 1)]]]
        # A line is a sentence of its own; in decomposed text, where offsets differ, lines are left joined.
        lines = passage.shape.where(NEWLINE) if passage.folded.offsets is None else stops[:0]
        self._sentence_ends = _framed(np.concatenate([stops, lines]), len(data))
        breaks = breaks[~_behind_year(data, breaks)]
        self._clause_ends = _framed(np.concatenate([stops, lines, breaks]), len(data))

    def sentence(self, position: int) -> tuple[int, int]:
        """The sentence around a position."""
        return _around(self._sentences, position)

    def clause(self, position: int) -> tuple[int, int]:
        """The clause around a position; commas don't end it, since a list goes on over them."""
        return _around(self._clauses, position)

    def clauses(self, positions: Offsets) -> tuple[Offsets, Offsets]:
        """The same for many positions: where their clauses begin, and where they end."""
        at = np.searchsorted(self._clause_ends[1:-1], positions)
        return self._clause_ends[at] + 1, self._clause_ends[at + 1]

    def sentence_starts(self, positions: Offsets) -> Offsets:
        """Where the sentences around many positions begin."""
        return self._sentence_ends[np.searchsorted(self._sentence_ends[1:-1], positions)] + 1

    def comma_between(self, start: int, end: int) -> bool:
        """Whether a comma lies in a stretch."""
        return self._data.find(b",", start, end) >= 0

    @cached_property
    def _sentences(self) -> list[int]:
        ends: list[int] = self._sentence_ends.tolist()
        return ends

    @cached_property
    def _clauses(self) -> list[int]:
        ends: list[int] = self._clause_ends.tolist()
        return ends


def _behind_year(data: npt.NDArray[np.uint8], breaks: Offsets) -> npt.NDArray[np.bool_]:
    """Which breaks are the colon of a heading like 2019: what follows was then."""
    before = np.maximum(breaks[:, None] - np.arange(1, 5), 0)
    year: npt.NDArray[np.bool_] = (data[breaks] == ord(":")) & _DIGITS[data[before]].all(axis=1)
    return year


def _framed(ends: Offsets, length: int) -> Offsets:
    """Ends in order, between one before the text and one behind it."""
    framed = np.empty(len(ends) + 2, np.int64)
    framed[0], framed[1:-1], framed[-1] = -1, np.sort(ends), length
    return framed


def _around(ends: list[int], position: int) -> tuple[int, int]:
    at = bisect_left(ends, position, 1, len(ends) - 1)
    return ends[at - 1] + 1, ends[at]
