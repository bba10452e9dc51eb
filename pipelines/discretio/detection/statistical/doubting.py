"""Another finder under the model's eye: a detection that the model doubts keeps its place, with a score below the threshold."""

from __future__ import annotations

from discretio.detection.passage import Finder, Passage
from discretio.detection.statistical.evidence import STRONG, classes_of, units_touched
from discretio.detection.statistical.judging import Judge, Verdicts
from discretio.domain.detections import Detection, Evidence

DOUBTED_SCORE = 0.35
_OPEN_TO_DOUBT = frozenset({Evidence.LEXICON, Evidence.CONTEXT, Evidence.PATTERN})


class DoubtedFinder:
    """A finder whose detections the model may doubt; a proven one (checksum) never.

    Args:
        finder: what finds.
        judge: the model over the evidence of this finder and the others.
    """

    def __init__(self, finder: Finder, judge: Judge) -> None:
        self.name = f"judged_{finder.name}"
        self.types = finder.types
        self._finder, self._judge = finder, judge

    def find(self, passage: Passage) -> list[Detection]:
        """What the finder finds, each with the score that is left of it."""
        found = passage.by(self._finder)
        if not found:
            return []
        verdicts = self._judge.verdicts(passage)
        return [
            _weighed(each, verdicts) if each.score >= STRONG and each.evidence in _OPEN_TO_DOUBT else each for each in found
        ]


def _weighed(found: Detection, verdicts: Verdicts) -> Detection:
    columns = classes_of(found)
    units = units_touched(found, verdicts.starts, verdicts.ends)
    if not columns or not units or any(verdicts.stands(unit, column) for unit in units for column in columns):
        return found
    why = f"{found.why}; lowered: the sentence does not resemble labelled notes of this class"
    return found._replace(score=min(found.score, DOUBTED_SCORE), why=why)
