"""How far each finder's detection is to be believed: claims with their labels, and logistic regression over them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from corpus import Instances, Written
from learning import solved
from scipy import sparse

from discretio.detection.passage import Passage
from discretio.detection.statistical.belief import RANGE, SHARES, placed, rows_of
from discretio.detection.statistical.claims import Claims, claims_of
from discretio.detection.statistical.features import word_hashes, words_in
from discretio.detection.statistical.model import CLASSES
from discretio.detection.statistical.units import in_folded, units_of
from discretio.domain.detections import Detection
from discretio.domain.labelled import HardNegative, LabelledSpan

BITS = 17
STRENGTH = 0.1
SOFT, TEMPTED, NEUTRAL = 0.4, 4.0, 3.0
"""The weight of a claim that meets no label while its text has the class elsewhere, of one that fell for a hard negative, and
of one in neutral text."""
_SCALE = 4.0

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Claimed:
    """Claims of all texts, one line each.

    Attributes:
        rows: its rows of the hashed table, the table's size where there is none.
        columns: its class.
        unit: the instance that is its unit.
        text: its text.
        right: it meets a label of its class.
        weight: how much it counts.
        traps: pairs of a claim and a hard negative, by number, where it fell for it.
    """

    rows: Numbers
    columns: Numbers
    unit: Numbers
    text: Numbers
    right: Bools
    weight: Floats
    traps: Numbers


@dataclass(frozen=True)
class Belief:
    """What was learned of claims: a weight per row, and per class what the score of the unit adds, then the bias."""

    table: Floats
    slopes: Floats


def claimed(texts: Sequence[Written], data: Instances) -> Claimed:
    """The claims of texts."""
    first_unit = np.searchsorted(data.text, np.arange(len(texts)))
    rows, columns, unit, position, right, weight, traps = [], [], [], [], [], [], []
    trap_number = claim_number = 0
    for number, text in enumerate(texts):
        claims, found_rows = _of_text(text)
        rows.append(found_rows)
        columns.append(claims.columns)
        unit.append(claims.units + first_unit[number])
        position += [number] * len(claims.columns)
        for found, column in zip(claims.found, claims.columns.tolist(), strict=True):
            fell = [trap_number + each for each in _fallen_for(text.item.hard_negatives, found, column)]
            holds, somewhere = _judged(text.item.spans, found, column)
            right.append(holds)
            weight.append(1.0 if holds else TEMPTED if fell else NEUTRAL if text.neutral else SOFT if somewhere else 1.0)
            traps += [(claim_number, each) for each in fell]
            claim_number += 1
        trap_number += len(text.item.hard_negatives)
    return Claimed(
        np.concatenate(rows), np.concatenate(columns), np.concatenate(unit), np.array(position),
        np.array(right), np.array(weight), np.array(traps, np.int64).reshape(-1, 2),
    )  # fmt: skip


def _of_text(text: Written) -> tuple[Claims, Numbers]:
    passage = Passage(text.item.text, ())
    starts, _ = units_of(text.item.text)
    claims = claims_of(passage, text.claimed, starts, range(len(CLASSES)))
    words = words_in(passage.folded.data)
    first = np.searchsorted(words.starts, in_folded(passage, np.append(starts, len(text.item.text))))
    where = placed(claims, np.arange(len(claims.columns)), words, first, (0, 0))
    rows = rows_of(word_hashes(words), where, BITS)
    return claims, np.where(rows < 0, 1 << BITS, rows)


def _meets(found: Detection, other: LabelledSpan | HardNegative) -> bool:
    return found.start < other.end and other.start < found.end


def _judged(spans: Sequence[LabelledSpan], found: Detection, column: int) -> tuple[bool, bool]:
    """Whether a span of that class is met, and whether there is one in the text."""
    own = [span for span in spans if column in _accepted(span)]
    return any(_meets(found, span) for span in own), bool(own)


def _accepted(span: LabelledSpan) -> Iterator[int]:
    yield from (number - 1 for number in (span.category, *span.alternatives) if number is not None)
    yield from (column for column, class_ in enumerate(CLASSES) if class_ in span.flags)


def _fallen_for(traps: Sequence[HardNegative], found: Detection, column: int) -> Iterator[int]:
    for number, trap in enumerate(traps):
        if _meets(found, trap) and CLASSES[column] in (*trap.tempting, *trap.tempting_flags):
            yield number


def features_of(claims: Claimed, judged: Floats) -> sparse.csr_matrix:
    """One line per claim: its rows, then the score of its unit, for all classes and for its own."""
    count = len(claims.columns)
    values = np.broadcast_to(SHARES.astype(np.float64), claims.rows.shape).ravel()
    ends = np.arange(count + 1) * claims.rows.shape[1]
    hashed = sparse.csr_matrix((values, claims.rows.ravel(), ends), shape=(count, (1 << BITS) + 1))[:, :-1]
    own = np.clip(judged[claims.unit, claims.columns], *RANGE) / _SCALE
    scores = sparse.csr_matrix((own, (np.arange(count), claims.columns)), shape=(count, len(CLASSES)))
    return sparse.hstack([hashed, scores, sparse.csr_matrix(own[:, None])]).tocsr()


def fit_belief(claims: Claimed, features: sparse.csr_matrix, chosen: Bools) -> Belief:
    """Learn from some claims."""
    rows = np.flatnonzero(chosen)
    seen = np.flatnonzero(np.bincount(features[rows].indices, minlength=features.shape[1]))
    own = features[rows][:, seen].tocsr()
    point = np.zeros(features.shape[1] + 1)
    point[[*seen, -1]] = solved(own, own.T.tocsr(), claims.right[rows], claims.weight[rows], STRENGTH)
    slopes = (point[1 << BITS : -2] + point[-2]) / _SCALE
    return Belief(point[: 1 << BITS], np.append(slopes, point[-1]))


def beliefs(belief: Belief, features: sparse.csr_matrix, columns: Numbers) -> Floats:
    """How far some claims are to be believed; log odds."""
    own = features[:, -1].toarray().ravel() * _SCALE
    log_odds: Floats = features[:, : 1 << BITS] @ belief.table + own * belief.slopes[columns] + belief.slopes[-1]
    return log_odds
