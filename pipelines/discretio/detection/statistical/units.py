"""A passage cut into units, the stretches that the model judges: sentences and lines, none without end."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from discretio.detection.folding import code_points
from discretio.detection.parts import Part
from discretio.detection.passage import Passage

SHORTEST, LONGEST = 12, 400
"""Code points: a shorter sentence joins the next (abbreviations, headings), a longer one is cut at a space."""
_LAST, _NEWLINE = 0x3001, ord("\n")
_STOPS = np.isin(np.arange(_LAST + 1), [ord(sign) for sign in ".!?;…\n"])
_BLANKS = np.array([chr(code).isspace() for code in range(_LAST + 1)], np.bool_)

Offsets = npt.NDArray[np.int64]


def units_of(text: str, parts: Sequence[Part] = ()) -> tuple[Offsets, Offsets]:
    """Where the units of a text begin and end, in code points; together they cover each of its parts."""
    starts: list[int] = []
    ends: list[int] = []
    closed = _ends(text)
    for part in parts or (Part(0, len(text)),):
        own = closed[bisect_right(closed, part.start) : bisect_left(closed, part.end)]
        ends += _bounds(text, part.start, [*own, part.end])
        starts += [part.start, *ends[len(starts) : -1]] if len(ends) > len(starts) else []
    return np.array(starts, np.int64), np.array(ends, np.int64)


def _bounds(text: str, start: int, ends: Sequence[int]) -> Iterator[int]:
    for end in ends:
        if end - start < SHORTEST and end != ends[-1]:
            continue
        while end - start > LONGEST:
            space = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
            start = space if space > 0 else start + LONGEST
            yield start
        if end > start:
            yield end
        start = end


def _ends(text: str) -> list[int]:
    """Behind each line's end, and behind each closing sign with a blank after it."""
    codes = np.minimum(code_points(text), _LAST)
    stops = np.flatnonzero(_STOPS[codes])
    behind = codes[np.minimum(stops + 1, len(codes) - 1)]
    ends: list[int] = (stops[(codes[stops] == _NEWLINE) | (_BLANKS[behind] & (stops + 1 < len(codes)))] + 1).tolist()
    return ends


def in_folded(passage: Passage, positions: Offsets) -> Offsets:
    """Offsets in the text as offsets in its folded data."""
    offsets = passage.folded.offsets
    return positions if offsets is None else np.searchsorted(offsets, positions).astype(np.int64)
