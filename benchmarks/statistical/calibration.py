"""Where the model is to speak and to doubt: thresholds that serve the question whether a class is present in an entry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from corpus import Instances, Written

from discretio.detection.statistical.evidence import STRONG, classes_of
from discretio.detection.statistical.model import CLASSES
from discretio.domain.labelled import LabelledSpan
from discretio.law.special_classes import Flag

SOUGHT = frozenset(
    {Flag.HEALTH, Flag.CRIMINAL, Flag.ETHNIC_ORIGIN, Flag.POLITICAL, Flag.RELIGIOUS_PHILOSOPHICAL, Flag.SEX_LIFE_ORIENTATION,
     Flag.TRADE_UNION}
)  # fmt: skip
"""Special classes with a goal of precision."""
PRECISION = 0.80
PROVEN = frozenset({1, 2})
"""Categories that are shown, by a name, a number, an address, or not there: a resemblance is no evidence of them."""
LEAST_GAIN = 0.005
"""What the layer must add to a class to be kept for it."""
_GRID = np.linspace(-5.0, 2.0, 57)
_NEVER = -np.inf

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Entries:
    """What the labels, the finders and the model say of each text, by class.

    Attributes:
        labelled: the class is labelled.
        tolerated: a fair scorer would accept it.
        found: a finder surely found it.
        best: the model's best score over the units.
        best_found: its best score over the units where a finder found it; minus infinity where none did.
        author: who wrote it.
    """

    labelled: Bools
    tolerated: Bools
    found: Bools
    best: Floats
    best_found: Floats
    author: npt.NDArray[np.str_]


@dataclass(frozen=True)
class Thresholds:
    """Per class: where the model speaks, and below what it doubts a finder."""

    speak: Floats
    doubt: Floats


def entries_of(texts: Sequence[Written], data: Instances, judged: Floats) -> Entries:
    """Add units up to texts."""
    size = (len(texts), len(CLASSES))
    best, best_found = np.full(size, _NEVER), np.full(size, _NEVER)
    units = np.flatnonzero(data.is_unit)
    np.maximum.at(best, data.text[units], judged[units])
    there = data.evidence[units, : len(CLASSES)] > 0
    np.maximum.at(best_found, data.text[units], np.where(there, judged[units], _NEVER))
    labelled, tolerated, found = np.zeros(size, np.bool_), np.zeros(size, np.bool_), np.zeros(size, np.bool_)
    for number, text in enumerate(texts):
        for span in text.item.spans:
            labelled[number, list(_held(span))] = True
            tolerated[number, list(_tolerated(span))] = True
        for each in text.found:
            if each.score >= STRONG:
                found[number, list(classes_of(each))] = True
    return Entries(labelled, tolerated, found, best, best_found, np.array([text.author for text in texts]))


def _held(span: LabelledSpan) -> Iterator[int]:
    if span.category is not None and not (span.category == 1 and str(span.about) == "professional"):
        yield span.category - 1
    yield from (CLASSES.index(Flag(flag)) for flag in span.flags)


def _tolerated(span: LabelledSpan) -> Iterator[int]:
    yield from _held(span)
    yield from (category - 1 for category in (span.category, *span.alternatives) if category is not None)


def calibrated(entries: Entries, chosen: Bools) -> Thresholds:
    """The thresholds that serve some texts best; a class that the layer does not help keeps its finders alone."""
    pairs = [_best(entries, chosen, column) for column in range(len(CLASSES))]
    return Thresholds(np.array([speak for speak, _ in pairs]), np.array([doubt for _, doubt in pairs]))


def _best(entries: Entries, chosen: Bools, column: int) -> tuple[float, float]:
    labelled, tolerated = entries.labelled[chosen, column], entries.tolerated[chosen, column]
    found, best, best_found = entries.found[chosen, column], entries.best[chosen, column], entries.best_found[chosen, column]
    if CLASSES[column] in PROVEN:
        return np.inf, _NEVER
    alone = _worth(found, labelled, tolerated, column)
    top, pair = alone + LEAST_GAIN, (np.inf, _NEVER)
    for doubt in (_NEVER, *_GRID):
        kept = found & (best_found >= doubt)
        for speak in _GRID[doubt <= _GRID]:
            worth = _worth(kept | (best >= speak), labelled, tolerated, column)
            if worth > top:
                top, pair = worth, (float(speak), float(doubt))
    return pair


def _worth(present: Bools, labelled: Bools, tolerated: Bools, column: int) -> float:
    """F1, less half of what a special class lacks to its precision."""
    hits = int((present & labelled).sum())
    alarms, misses = int((present & ~tolerated).sum()), int((labelled & ~present).sum())
    if not hits:
        return 0.0
    precision, recall = hits / (hits + alarms), hits / (hits + misses)
    lacking = max(0.0, PRECISION - precision) if CLASSES[column] in SOUGHT else 0.0
    return 2 * precision * recall / (precision + recall) - lacking / 2


def present(entries: Entries, thresholds: Thresholds, chosen: Bools) -> Bools:
    """Whether each class is present in some texts, as finders and model say together."""
    kept = entries.found[chosen] & (entries.best_found[chosen] >= thresholds.doubt)
    said: Bools = kept | (entries.best[chosen] >= thresholds.speak)
    return said
