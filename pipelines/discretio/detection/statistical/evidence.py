"""What the other finders found, as numbers beside the words: per unit and class, a strong detection, or a weak one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cache

import numpy as np

from discretio.detection.statistical.model import CLASSES, Floats
from discretio.domain.detections import About, Detection
from discretio.law.special_classes import Flag

STRONG = 0.5
"""The score from which a detection counts as strong: the threshold of an evaluation."""
COLUMNS = 2 * len(CLASSES)
_POSITION = {each: position for position, each in enumerate(CLASSES)}


def classes_of(found: Detection) -> tuple[int, ...]:
    """The columns of a detection's category and flags; a professional in role is nobody's identification."""
    nobody = found.category == 1 and found.about is About.PROFESSIONAL
    return _columns(None if nobody else found.category, found.flags)


@cache
def _columns(category: int | None, flags: tuple[Flag, ...]) -> tuple[int, ...]:
    classes: tuple[int | Flag, ...] = flags if category is None else (category, *flags)
    return tuple(_POSITION[class_] for class_ in classes)


def units_touched(found: Detection, starts: Sequence[int], ends: Sequence[int]) -> range:
    """The units that a detection overlaps."""
    return range(bisect_right(ends, found.start), bisect_left(starts, found.end))


def evidence_of(detections: Iterable[Detection], starts: Sequence[int], ends: Sequence[int]) -> Floats:
    """One line per unit: 1 where a detection of that class overlaps it, first the strong ones, then the weak ones."""
    evidence = np.zeros((len(starts), COLUMNS), np.float32)
    cells = [
        unit * COLUMNS + class_ + (0 if found.score >= STRONG else len(CLASSES))
        for found in detections
        for unit in units_touched(found, starts, ends)
        for class_ in classes_of(found)
    ]
    evidence.ravel()[cells] = 1.0
    return evidence
