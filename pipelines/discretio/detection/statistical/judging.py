"""The units of a passage, judged by the model from their words and from what the other finders found in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from weakref import ref

import numpy as np

from discretio.detection.passage import Finder, Passage
from discretio.detection.statistical.belief import believe, placed, rows_of
from discretio.detection.statistical.claims import Claims, claims_of
from discretio.detection.statistical.evidence import evidence_of
from discretio.detection.statistical.features import words_in
from discretio.detection.statistical.model import CLASSES, Floats, LinearModel, Weighed
from discretio.detection.statistical.units import in_folded, units_of
from discretio.detection.statistical.window import Window, windows
from discretio.domain.detections import Detection

BLOCK = 65_536
"""Code points judged at once, give or take a unit: what bounds the memory of a long text."""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The units of a passage and what the model says of them.

    Attributes:
        starts: where each begins, in code points, in order.
        ends: where it ends.
        scores: per unit and class; log odds.
        windows: for each unit and class where the model speaks and no other finder does, the words that made it speak.
        doubted: for each detection that the model doubts, the classes in which it does.
    """

    starts: list[int]
    ends: list[int]
    scores: Floats
    windows: dict[tuple[int, int], Window]
    doubted: dict[Detection, set[int]]


class Judge:
    """The model over the evidence of certain finders.

    Args:
        model: the weights.
        others: the finders whose detections are evidence.
    """

    def __init__(self, model: LinearModel, others: Sequence[Finder]) -> None:
        self.model = model
        self._others = tuple(others)
        self._doubting = frozenset(np.flatnonzero(np.isfinite(model.doubts)).tolist())
        self._last: tuple[ref[Passage], Verdicts] | None = None  # a text is not kept alive for our sake

    def verdicts(self, passage: Passage) -> Verdicts:
        """The verdicts on a passage; those of the last one asked for are kept, since every judged finder asks."""
        last = self._last
        if last is None or last[0]() is not passage:
            last = self._last = (ref(passage), self._verdicts(passage))
        return last[1]

    def evidence(self, passage: Passage) -> Iterator[Detection]:
        """What the other finders found."""
        return (each for other in self._others for each in passage.by(other))

    def _verdicts(self, passage: Passage) -> Verdicts:
        starts, ends = units_of(passage.text, passage.parts)
        bounds = in_folded(passage, np.append(starts, len(passage.text)))
        all_starts, all_ends = starts.tolist(), ends.tolist()
        others = list(self.evidence(passage))
        evidence = evidence_of(others, starts, ends)
        claims = claims_of(passage, others, starts, self._doubting)
        doubted: dict[Detection, set[int]] = {}
        scores = [np.zeros((0, len(CLASSES)), np.float32)]
        found: dict[tuple[int, int], Window] = {}
        for first, last in _blocks(all_ends):
            data = passage.folded.data[int(bounds[first]) : int(bounds[last])]
            words = words_in(data)
            weighed = self.model.weigh(words, np.searchsorted(words.starts, bounds[first : last + 1] - bounds[first]))
            scores.append(self.model.judge(weighed.sums(), evidence[first:last]))
            spoken = self._spoken(scores[-1], evidence[first:last])
            shown = windows(weighed, spoken, int(bounds[first]))
            found |= {(first + unit, column): window for (unit, column), window in shown.items()}
            for claim in self._doubted(claims, weighed, scores[-1], (first, last, int(bounds[first]))):
                doubted.setdefault(claims.found[claim], set()).add(int(claims.columns[claim]))
        return Verdicts(all_starts, all_ends, np.concatenate(scores), found, doubted)

    def _doubted(self, claims: Claims, weighed: Weighed, scores: Floats, block: tuple[int, int, int]) -> Iterator[int]:
        """The claims of a block's units that the model does not believe."""
        first, last, base = block
        chosen = claims.within(first, last)
        if len(chosen):
            columns = claims.columns[chosen]
            where = placed(claims, chosen, weighed.words, weighed.first, (first, base))
            rows = rows_of(weighed.hashes, where, len(self.model.belief).bit_length() - 1)
            beliefs = believe(self.model, rows, columns, scores[claims.units[chosen] - first, columns])
            yield from chosen[beliefs < self.model.doubts[columns]].tolist()

    def _spoken(self, scores: Floats, evidence: Floats) -> Iterator[tuple[int, int]]:
        """The units and classes where the model speaks and no other finder does."""
        speaks = (scores >= self.model.thresholds) & (evidence[:, : len(CLASSES)] == 0)
        units, columns = np.nonzero(speaks)
        return zip(units.tolist(), columns.tolist(), strict=True)


def _blocks(ends: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Runs of units of about a block each."""
    first, begin = 0, 0
    for unit, end in enumerate(ends):
        if end - begin >= BLOCK or unit == len(ends) - 1:
            yield first, unit + 1
            first, begin = unit + 1, end
