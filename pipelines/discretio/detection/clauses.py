"""Where sentences and clauses end in a folded text: the reach of a qualifier."""

from __future__ import annotations

import re
from bisect import bisect_left

import numpy as np
import numpy.typing as npt

from discretio.detection.passage import Passage

_NEWLINE = re.compile("\n")


def _marks(characters: bytes) -> npt.NDArray[np.bool_]:
    table = np.zeros(256, np.bool_)
    table[list(characters)] = True
    return table


_STOPS, _BREAKS, _COMMAS, _AIR = _marks(b".!?"), _marks(b';:()"'), _marks(b","), _marks(b' ")')


class Clauses:
    """The clauses of a passage.

    Args:
        passage: the text; all offsets here are those of its folded data.
    """

    def __init__(self, passage: Passage) -> None:
        data = np.frombuffer(passage.folded.data, np.uint8)
        followed_by_air = np.ones(len(data), np.bool_)
        followed_by_air[:-1] = _AIR[data[1:]]
        # A full stop inside 1.250 or A.B. ends nothing.
        stops = np.flatnonzero(_STOPS[data] & followed_by_air).tolist()
        # A line is a sentence of its own; in decomposed text, where offsets differ, lines are left joined.
        lines = [found.start() for found in _NEWLINE.finditer(passage.text)] if passage.folded.offsets is None else []
        self._end = len(data)
        self._sentences: list[int] = sorted(stops + lines)
        self._clauses: list[int] = sorted(self._sentences + np.flatnonzero(_BREAKS[data]).tolist())
        self._commas: list[int] = np.flatnonzero(_COMMAS[data]).tolist()

    def sentence(self, position: int) -> tuple[int, int]:
        """The sentence around a position."""
        return _around(self._sentences, position, self._end)

    def clause(self, position: int) -> tuple[int, int]:
        """The clause around a position; commas don't end it, since a list goes on over them."""
        return _around(self._clauses, position, self._end)

    def comma_between(self, start: int, end: int) -> bool:
        """Whether a comma lies in a stretch."""
        at = bisect_left(self._commas, start)
        return at < len(self._commas) and self._commas[at] < end


def _around(ends: list[int], position: int, length: int) -> tuple[int, int]:
    at = bisect_left(ends, position)
    return (ends[at - 1] + 1 if at else 0), (ends[at] if at < len(ends) else length)
