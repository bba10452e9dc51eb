"""The model as a finder: where a sentence resembles labelled notes of a class that no other finder found in it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import groupby
from math import exp
from operator import itemgetter

from discretio.detection.passage import Passage
from discretio.detection.statistical.judging import Judge, Verdicts
from discretio.detection.statistical.model import CLASSES
from discretio.domain.detections import About, Detection, Evidence
from discretio.law.special_classes import CATEGORY_NUMBERS, Flag

_HOMES: dict[Flag, tuple[int, ...]] = {
    Flag.HEALTH: (10,), Flag.SEX_LIFE_ORIENTATION: (15,), Flag.ETHNIC_ORIGIN: (12,), Flag.POLITICAL: (13,),
    Flag.RELIGIOUS_PHILOSOPHICAL: (13,), Flag.TRADE_UNION: (16, 13), Flag.CRIMINAL: (9, 11), Flag.GENETIC: (16, 10),
    Flag.BIOMETRIC: (16, 9),
}  # fmt: skip
"""The categories that a special class usually comes with: one detection then says both."""

Said = tuple[int | None, tuple[Flag, ...]]


class StatisticalFinder:
    """What the model finds and no other finder does.

    Args:
        judge: the model over the evidence of the other finders.
    """

    name = "statistical"
    types = (*(f"MODEL_CATEGORY_{number:02d}" for number in CATEGORY_NUMBERS), *(f"MODEL_{flag.name}" for flag in Flag))

    def __init__(self, judge: Judge) -> None:
        self._judge = judge

    def find(self, passage: Passage) -> list[Detection]:
        """One detection per unit and category that the model sees and no other finder does; flags join their category."""
        verdicts = self._judge.verdicts(passage)
        negated = sorted((each.start, each.end) for each in self._judge.evidence(passage) if each.negated)
        return [
            _qualified(self._detection(passage, verdicts, unit, said), negated)
            for unit, columns in groupby(verdicts.windows, key=itemgetter(0))
            for said in _joined([CLASSES[column] for _, column in columns])
        ]

    def _detection(self, passage: Passage, verdicts: Verdicts, unit: int, said: Said) -> Detection:
        category, flags = said
        class_: int | Flag = category if category is not None else flags[0]
        column = CLASSES.index(class_)
        window = verdicts.windows[unit, column]
        start, end = passage.folded.span(window.start, window.end)
        told = ", ".join(f"'{passage.text[slice(*passage.folded.span(*word))]}'" for word in window.words)
        named = class_.value if isinstance(class_, Flag) else f"category {class_}"
        return Detection(
            start=start, end=end, category=category, flags=flags, type=StatisticalFinder.types[column],
            lang=passage.lang_at(start), negated=False, about=About.SUBJECT, evidence=Evidence.MODEL,
            score=_surety(float(verdicts.scores[unit, column]), float(self._judge.model.thresholds[column])),
            why=f"model: the sentence resembles labelled notes of {named}" + (f"; strongest words: {told}" if told else ""),
        )  # fmt: skip


def _qualified(found: Detection, negated: list[tuple[int, int]]) -> Detection:
    """The model sees no negation itself: what it found is negated where a detection that begins within is."""
    low, high = bisect_left(negated, (found.start, 0)), bisect_left(negated, (found.end, 0))
    if low == high:
        return found
    return found._replace(negated=True, why=f"{found.why}; negated, as a detection within it is")


def _joined(classes: list[int | Flag]) -> Iterator[Said]:
    """Categories with the flags that are at home there, then each flag that is left."""
    flags = [each for each in classes if isinstance(each, Flag)]
    for category in classes:
        if not isinstance(category, Flag):
            own = tuple(flag for flag in flags if category in _HOMES.get(flag, ()))
            flags = [flag for flag in flags if flag not in own]
            yield category, own
    for flag in flags:
        yield None, (flag,)


def _surety(score: float, threshold: float) -> float:
    """A half at the threshold, towards one with the probability."""
    probable, enough = _probability(score), _probability(threshold)
    return round(0.5 + 0.5 * (probable - enough) / (1 - enough), 3)


def _probability(score: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, score))))
