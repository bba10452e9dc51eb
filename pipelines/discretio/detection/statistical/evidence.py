"""What the other finders found, as numbers beside the words: per unit and class, a strong detection, or a weak one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from discretio.detection.statistical.model import CLASSES, Floats
from discretio.domain.detections import About, Detection
from discretio.law.special_classes import Flag

STRONG = 0.5
"""The score from which a detection counts as strong: the threshold of an evaluation."""
COLUMNS = 2 * len(CLASSES)
Offsets = npt.NDArray[np.int64]
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


def evidence_of(detections: Iterable[Detection], starts: Offsets, ends: Offsets) -> Floats:
    """One line per unit: 1 where a detection of that class overlaps it, first the strong ones, then the weak ones."""
    found = list(detections)
    lines = [
        (number, column if each.score >= STRONG else column + len(CLASSES))
        for number, each in enumerate(found)
        for column in classes_of(each)
    ]
    which, columns = np.array(lines, np.int64).reshape(-1, 2).T
    first = np.searchsorted(ends, [each.start for each in found], side="right")[which]
    count = np.searchsorted(starts, [each.end for each in found])[which] - first
    evidence = np.zeros((len(starts), COLUMNS), np.float32)
    for step in range(int(count.max(initial=0))):
        reached = count > step
        evidence[first[reached] + step, columns[reached]] = 1.0
    return evidence
