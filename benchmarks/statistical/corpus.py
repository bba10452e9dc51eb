"""Labelled texts -> instances to learn from: units and labelled spans, with features, labels and the finders' evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import sparse

from discretio.detection.detector import Detector
from discretio.detection.passage import Passage
from discretio.detection.statistical.evidence import COLUMNS, evidence_of
from discretio.detection.statistical.features import letter_rows, pair_rows, repeated, word_hashes, word_rows, words_in
from discretio.detection.statistical.model import CLASSES
from discretio.detection.statistical.units import Offsets, in_folded, units_of
from discretio.domain.detections import Detection
from discretio.domain.labelled import LabelledSpan, LabelledText
from discretio.stores.samples.labelled import labelled_entries

NOTES = Path(__file__).with_name("notes")
NEUTRAL = Path(__file__).with_name("neutral")
"""Text that holds nothing about anybody: what real files are full of, and labelled notes are not."""
BITS = 18
UNIT_WEIGHT, SPAN_WEIGHT, CLAUSE_WEIGHT, TRAP_WEIGHT = 1.0, 0.5, 0.5, 4.0
"""How much an instance counts: units, labelled spans, clauses of a unit that has several, hard negatives."""
NEUTRAL_WEIGHT = 4.0
"""By how much an instance of neutral text counts more, since real files hold far more of it than we do."""
SHORTEST_CLAUSE = 15
_CUT = re.compile(r"[,;:()\u2013\u2014](?=\s|$)|\s-\s| (?:et|en|und|and|mais|maar|aber|but) ")
NOT_SAID = -1
"""A label that neither holds nor fails: a category that a fair scorer would accept too."""


@dataclass(frozen=True, slots=True)
class Written:
    """A labelled text, who wrote it, and what the finders without a model say of it.

    Attributes:
        author: the name of the file.
        neutral: it holds nothing about anybody; it is learned from, and false alarms on it are counted apart.
        item: the text with its labels.
        found: what the detector says.
        claimed: what each finder says, before overlaps are settled: what the model sees beside the words.
    """

    author: str
    neutral: bool
    item: LabelledText
    found: tuple[Detection, ...]
    claimed: tuple[Detection, ...]


@dataclass(frozen=True)
class Instances:
    """What is learned from.

    Attributes:
        counts: instances by hashed features.
        evidence: instances by evidence.
        labels: instances by classes: 1, 0 or NOT_SAID.
        text: the position of each instance's text.
        author: its author.
        weight: how much each counts.
        is_unit: True for a unit, False for a part of one, which is learned from and never judged.
        neutral: True where the text is neutral.
    """

    counts: sparse.csr_matrix
    evidence: npt.NDArray[np.float32]
    labels: npt.NDArray[np.int8]
    text: npt.NDArray[np.int64]
    author: npt.NDArray[np.str_]
    weight: npt.NDArray[np.float64]
    is_unit: npt.NDArray[np.bool_]
    neutral: npt.NDArray[np.bool_]


def written(dossiers: Path, detector: Detector) -> list[Written]:
    """All texts to learn from; the authors are the files of notes and of neutral text, and `dossiers`."""
    files = [*sorted(NOTES.glob("*.jsonl")), dossiers, *sorted(NEUTRAL.glob("*.jsonl"))]
    return [read_by(detector, path, item) for path in files for item in labelled_entries(path)]


def read_by(detector: Detector, path: Path, item: LabelledText) -> Written:
    """A text of a file with what a detector and its finders say of it."""
    passage = Passage(item.text, None)
    claimed = tuple(each for finder in detector.finders for each in passage.by(finder))
    return Written(path.stem, path.parent == NEUTRAL, item, detector.detect(item.text).detections, claimed)


def instances(texts: Sequence[Written]) -> Instances:
    """The instances of texts."""
    rows: list[npt.NDArray[np.int64]] = []
    evidence, labels, position, weights, is_unit = [], [], [], [], []
    for number, text in enumerate(texts):
        passage = Passage(text.item.text, ())
        for starts, ends, weight in _stretches(text.item):
            unit = weight == UNIT_WEIGHT
            bounds = zip(in_folded(passage, starts).tolist(), in_folded(passage, ends).tolist(), strict=True)
            rows += [_features(passage.folded.data[start:end]) for start, end in bounds]
            evidence.append(evidence_of_each(text.claimed, starts, ends, unit=unit))
            labels += [
                _labels(text.item.spans, start, end, whole=unit)
                for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
            ]
            position += [number] * len(starts)
            weights += [weight] * len(starts)
            is_unit += [unit] * len(starts)
    where = np.array(position)
    authors = np.array([text.author for text in texts])
    neutral = np.array([text.neutral for text in texts])[where]
    return Instances(
        _counts(rows), np.concatenate(evidence), np.array(labels, np.int8), where, authors[where],
        np.array(weights) * np.where(neutral, NEUTRAL_WEIGHT, 1.0), np.array(is_unit), neutral,
    )  # fmt: skip


def evidence_of_each(
    found: Sequence[Detection], starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64], *, unit: bool
) -> npt.NDArray[np.float32]:
    """Evidence of units; spans may overlap one another, so that each is asked alone."""
    if unit:
        return evidence_of(found, starts, ends)
    each = [evidence_of(found, start, end) for start, end in zip(starts[:, None], ends[:, None], strict=True)]
    return np.concatenate(each) if each else np.zeros((0, COLUMNS), np.float32)


def _stretches(item: LabelledText) -> Iterator[tuple[Offsets, Offsets, float]]:
    starts, ends = units_of(item.text)
    yield starts, ends, UNIT_WEIGHT
    yield *_arrays((span.start, span.end) for span in item.spans), SPAN_WEIGHT
    yield *_arrays(_clauses(item.text, starts.tolist(), ends.tolist())), CLAUSE_WEIGHT
    yield *_arrays((trap.start, trap.end) for trap in item.hard_negatives), TRAP_WEIGHT


def _arrays(stretches: Iterable[tuple[int, int]]) -> tuple[Offsets, Offsets]:
    both = np.array(list(stretches), np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def _clauses(text: str, starts: Sequence[int], ends: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The clauses of units that have several."""
    for start, end in zip(starts, ends, strict=True):
        cuts = [start]
        for cut in _CUT.finditer(text, start, end):
            if cut.end() - cuts[-1] >= SHORTEST_CLAUSE and end - cut.end() >= SHORTEST_CLAUSE:
                cuts.append(cut.end())
        if len(cuts) > 1:
            yield from pairwise([*cuts, end])


def _features(data: bytes) -> npt.NDArray[np.int64]:
    words = words_in(data)
    if not len(words):
        return np.zeros(0, np.int64)
    hashes = word_hashes(words)
    every, again = np.arange(len(words)), repeated(hashes, np.array([0, len(words)]))
    own, pairs = np.setdiff1d(every, again[0]), np.setdiff1d(every[1:], again[1])
    letters, _ = letter_rows(words, own, BITS)
    return np.concatenate(
        (letters[letters >= 0], word_rows(hashes[own], BITS), pair_rows(hashes[pairs - 1], hashes[pairs], BITS))
    )


def _counts(rows: Sequence[npt.NDArray[np.int64]]) -> sparse.csr_matrix:
    ends = np.concatenate(([0], np.cumsum([len(row) for row in rows])))
    columns = np.concatenate(rows)
    matrix = sparse.csr_matrix((np.ones(len(columns), np.float32), columns, ends), shape=(len(rows), 1 << BITS))
    matrix.sum_duplicates()
    return matrix


def _labels(spans: Sequence[LabelledSpan], start: int, end: int, *, whole: bool) -> list[int]:
    """A unit holds a class if a span of it reaches into it; a span holds the classes of what it mostly covers."""
    labels = [0] * len(CLASSES)
    for span in spans:
        shared = min(span.end, end) - max(span.start, start)
        if shared < min(3, span.end - span.start):
            continue
        sure = whole or shared >= 0.5 * (span.end - span.start) or shared >= 0.7 * (end - start)
        for class_ in _classes(span):
            labels[class_] = 1 if sure or labels[class_] == 1 else NOT_SAID
        for other in span.alternatives:
            labels[other - 1] = labels[other - 1] or NOT_SAID
    return labels


def _classes(span: LabelledSpan) -> Iterator[int]:
    if span.category is not None and not (span.category == 1 and str(span.about) == "professional"):
        yield span.category - 1
    yield from (CLASSES.index(flag) for flag in span.flags)  # type: ignore[arg-type] - a flag equals its word
