"""What the other finders found, as numbers beside the words: per unit and class, a strong detection, or a weak one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from discretio.detection.statistical.model import CLASSES, Floats
from discretio.domain.detections import About, Detection

STRONG = 0.5
"""The score from which a detection counts as strong: the threshold of an evaluation."""
COLUMNS = 2 * len(CLASSES)
_POSITION = {each: position for position, each in enumerate(CLASSES)}


def classes_of(found: Detection) -> Iterator[int]:
    """The columns of a detection's category and flags; a professional in role is nobody's identification."""
    if found.category is not None and not (found.category == 1 and found.about is About.PROFESSIONAL):
        yield _POSITION[found.category]
    for flag in found.flags:
        yield _POSITION[flag]


def units_touched(found: Detection, starts: Sequence[int], ends: Sequence[int]) -> range:
    """The units that a detection overlaps."""
    return range(bisect_right(ends, found.start), bisect_left(starts, found.end))


def evidence_of(detections: Iterable[Detection], starts: Sequence[int], ends: Sequence[int]) -> Floats:
    """One line per unit: 1 where a detection of that class overlaps it, first the strong ones, then the weak ones."""
    evidence = np.zeros((len(starts), COLUMNS), np.float32)
    for found in detections:
        side = 0 if found.score >= STRONG else len(CLASSES)
        for unit in units_touched(found, starts, ends):
            for class_ in classes_of(found):
                evidence[unit, side + class_] = 1.0
    return evidence
