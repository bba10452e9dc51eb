"""Another finder under the model's eye: a detection that the model doubts keeps its place, with a score below the threshold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from discretio.detection.passage import Finder, Passage
from discretio.detection.statistical.evidence import classes_of
from discretio.detection.statistical.judging import Judge
from discretio.detection.statistical.model import CLASSES
from discretio.domain.detections import Detection
from discretio.law.special_classes import Flag

DOUBTED_SCORE = 0.35


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
        """What the finder finds; one that is doubted in some of its classes is told apart from what is left of it."""
        found, doubted = passage.by(self._finder), self._judge.verdicts(passage).doubted
        if not doubted:
            return list(found)
        return [said for each in found for said in (_weighed(each, doubted[each]) if each in doubted else (each,))]


def _weighed(found: Detection, doubted: set[int]) -> Iterator[Detection]:
    """The detection with the classes that are believed, and with a score below the threshold, with those that are not."""
    held = {column: CLASSES[column] for column in classes_of(found)}
    kept = [class_ for column, class_ in held.items() if column not in doubted]
    if kept:
        yield _only(found, kept)
    why = f"{found.why}; lowered: the words and what stands around them do not resemble labelled notes of this class"
    yield _only(found, [held[column] for column in doubted])._replace(score=min(found.score, DOUBTED_SCORE), why=why)


def _only(found: Detection, classes: Sequence[int | Flag]) -> Detection:
    flags = tuple(flag for flag in found.flags if flag in classes)
    return found._replace(category=found.category if found.category in classes else None, flags=flags)
