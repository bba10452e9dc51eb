"""A passage cut into units, the stretches that the model judges: sentences and lines, none without end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from discretio.detection.parts import Part
from discretio.detection.passage import Passage

SHORTEST, LONGEST = 12, 400
"""Code points: a shorter sentence joins the next (abbreviations, headings), a longer one is cut at a space."""
_END = re.compile(r"[.!?;…](?=\s)|\n")

Offsets = npt.NDArray[np.int64]


def units_of(text: str, parts: Sequence[Part] = ()) -> tuple[Offsets, Offsets]:
    """Where the units of a text begin and end, in code points; together they cover each of its parts."""
    starts: list[int] = []
    ends: list[int] = []
    for part in parts or (Part(0, len(text)),):
        whole = len(parts) < 2
        bounds = list(_bounds(text if whole else text[part.start : part.end]))
        ends += bounds if whole else [part.start + bound for bound in bounds]
        starts += [part.start, *ends[len(starts) : -1]] if bounds else []
    return np.array(starts, np.int64), np.array(ends, np.int64)


def _bounds(text: str) -> Iterator[int]:
    start = 0
    for end in _ends(text):
        if end - start < SHORTEST and end != len(text):
            continue
        while end - start > LONGEST:
            space = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
            start = space if space > 0 else start + LONGEST
            yield start
        if end > start:
            yield end
        start = end


def _ends(text: str) -> Iterator[int]:
    for found in _END.finditer(text):
        yield found.end()
    yield len(text)


def in_folded(passage: Passage, positions: Offsets) -> Offsets:
    """Offsets in the text as offsets in its folded data."""
    offsets = passage.folded.offsets
    return positions if offsets is None else np.searchsorted(offsets, positions).astype(np.int64)
