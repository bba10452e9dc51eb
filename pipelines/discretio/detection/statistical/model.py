"""The model: one linear judge per class over hashed words and the evidence of the other finders; numpy alone at run time.

A unit's score for a class is  sum(weight * rarity) / length  +  evidence  +  bias,  where rarity is how seldom a feature is in
the training text and length the root of the sum of its squares. All of it adds up over words, so that a word is looked up once.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from discretio.detection.known_words import KnownWords
from discretio.detection.statistical.features import (
    Hashes,
    Rows,
    Words,
    letter_rows,
    pair_rows,
    repeated,
    word_hashes,
    word_rows,
)
from discretio.errors import UsageError
from discretio.law.special_classes import CATEGORY_NUMBERS, Flag

CLASSES: tuple[int | Flag, ...] = (*CATEGORY_NUMBERS, *Flag)
"""What the model judges, in the order of its columns: the 16 categories, then the 12 flags."""
SHIPPED = Path(__file__).with_name("model.npz")
DAMPING = 10_000.0
"""What is added to the squared length of a unit, whose weights are divided by that length: as much as an ordinary sentence has.
Otherwise the single word of "Rien." would speak as loudly as a whole sentence."""
_LEVELS = 127
_NAMES = ("levels", "largest", "evidence", "bias", "slopes", "thresholds", "doubts")
_HALVES = ("rarity", "belief")
"""Arrays of the file; those in half precision come back the same, since they were rounded when they were learned."""

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weighed:
    """The words of units, looked up; the last column of a line is its squared rarity.

    Attributes:
        words: the words of a stretch.
        first: the position of each unit's first word, then the number of words.
        own: per word, the sum over its own features; nothing for one that its unit holds before.
        pairs: per word, what it adds together with the word before it in its unit, the first time; one empty line more.
        hashes: one number per word.
    """

    words: Words
    first: Rows
    own: Floats
    pairs: Floats
    hashes: Hashes

    def sums(self) -> Floats:
        """The sums over the words of each unit; 0 for a unit without words."""
        each = self.pairs.copy()
        each[:-1] += self.own
        sums: Floats = np.add.reduceat(each, self.first[:-1], axis=0)
        sums[np.diff(self.first) == 0] = 0.0
        return sums

    def of_unit(self, unit: int, column: int) -> list[float]:
        """What each word of a unit adds to a class: its own features and half of the pairs that it stands in."""
        first, last = int(self.first[unit]), int(self.first[unit + 1])
        halves = self.pairs[first : last + 1, column] / 2
        halves[-1] = 0.0  # that pair belongs to the next unit
        weights: list[float] = (self.own[first:last, column] + halves[:-1] + halves[1:]).tolist()
        return weights


@dataclass(frozen=True)
class LinearModel:
    """Weights, thresholds and what they were learned from.

    Attributes:
        bits: the hashed table has two to that power rows.
        levels: int8 per row and class: the signed root of a weight, in 127ths of the class's largest.
        largest: the largest weight of each class, by magnitude.
        rarity: per row.
        evidence: per kind of evidence (strong by class, then weak by class) and class.
        bias: per class.
        thresholds: per class: a unit with this score or more holds it; infinity where the model is not to speak.
        belief: per row of claims: what it adds to the log odds that a finder's detection is right.
        slopes: per class: what the score of its unit adds to them; then what is added to each.
        doubts: per class: a finder's detection that is believed less is doubted; minus infinity where never.
        about: how it was made, for the card.
    """

    bits: int
    levels: npt.NDArray[np.int8]
    largest: Floats
    rarity: Floats
    evidence: Floats
    bias: Floats
    belief: Floats
    slopes: Floats
    thresholds: Floats
    doubts: Floats
    about: Mapping[str, Any]

    @cached_property
    def _table(self) -> Floats:
        """Weight times rarity per class, then the squared rarity; the last row is empty."""
        table = np.zeros((len(self.levels) + 1, len(self.largest) + 1), np.float32)
        roots = self.levels.astype(np.float32) / _LEVELS
        table[:-1, :-1] = roots * np.abs(roots) * self.largest * self.rarity[:, None]
        table[:-1, -1] = self.rarity**2
        return table

    def weigh(self, words: Words, first: Rows) -> Weighed:
        """Look up the words of units.

        Args:
            words: all words of a stretch.
            first: the position of each unit's first word, then the number of words.
        """
        hashes = word_hashes(words)
        again, pairs_again = repeated(hashes, first)
        own = self._of_words(words, hashes)
        own[again] = 0.0
        pairs = np.zeros((len(words) + 1, self._table.shape[1]), np.float32)
        pairs[1 : max(1, len(words))] = self._table.take(pair_rows(hashes[:-1], hashes[1:], self.bits), axis=0)
        pairs[first] = 0.0  # no pair spans two units
        pairs[pairs_again] = 0.0
        return Weighed(words, first, own, pairs, hashes)

    def judge(self, weighed: Floats, evidence: Floats) -> Floats:
        """The scores of units, from the sums over their words and the evidence in them."""
        length = np.sqrt(weighed[:, -1:] + np.float32(DAMPING))
        scores: Floats = (weighed[:, :-1] / length + self.bias).astype(np.float32)
        # Added one by one and not multiplied, since libraries order a product by the size of the matrix.
        seen, kinds = np.nonzero(evidence)
        if len(seen):
            first = np.flatnonzero(np.append(True, seen[1:] != seen[:-1]))
            scores[seen[first]] += np.add.reduceat(self.evidence[kinds], first, axis=0)
        return scores

    @cached_property
    def belief_table(self) -> Floats:
        """What each row of a claim adds; the last row is empty."""
        return np.append(self.belief, np.float32(0))

    def _of_words(self, words: Words, hashes: Hashes) -> Floats:
        def look_up(chosen: Rows) -> Floats:
            return self._of_letters(words, chosen) + self._table.take(word_rows(hashes[chosen], self.bits), axis=0)

        return self._known_words.of(hashes, look_up)

    @cached_property
    def _known_words(self) -> KnownWords:
        return KnownWords(self._table.shape[1])

    def _of_letters(self, words: Words, chosen: Rows) -> Floats:
        """The sums over the n-grams of some words."""
        rows, first = letter_rows(words, chosen, self.bits)
        found = self._table.take(rows[:, 0], axis=0, mode="wrap")
        for column in range(1, rows.shape[1]):
            found += self._table.take(rows[:, column], axis=0, mode="wrap")
        total: Floats = np.add.reduceat(found, first, axis=0)
        return total

    def to_bytes(self) -> bytes:
        """The file: the same bytes for the same weights."""
        stream = BytesIO()
        np.savez_compressed(stream, **self._arrays())
        return stream.getvalue()

    def _arrays(self) -> dict[str, Any]:
        about = np.frombuffer(json.dumps({"bits": self.bits, **self.about}, sort_keys=True).encode(), np.uint8)
        half = {name: getattr(self, name).astype(np.float16) for name in _HALVES}
        return {"about": about, **half, **{name: getattr(self, name) for name in _NAMES}}


def load_model(path: Path = SHIPPED) -> LinearModel:
    """Read a model's file.

    Raises:
        UsageError: the file is missing or is none of ours.
    """
    try:
        with np.load(BytesIO(path.read_bytes()), allow_pickle=False) as file:
            about = json.loads(bytes(file["about"]))
            arrays = {name: file[name] for name in _NAMES} | {name: file[name].astype(np.float32) for name in _HALVES}
            return LinearModel(bits=about.pop("bits"), about=about, **arrays)
    except (OSError, EOFError, ValueError, KeyError, BadZipFile):
        raise UsageError(
            "the statistical model can't be read", remedy="install discretio again, or run benchmarks/statistical/train.py"
        ) from None


def quantised(weights: Floats) -> tuple[npt.NDArray[np.int8], Floats]:
    """Weights as levels and the largest of each class; roots keep the many small weights apart."""
    largest = np.maximum(np.abs(weights).max(axis=0, initial=0.0), 1e-9).astype(np.float32)
    roots = np.sign(weights) * np.sqrt(np.abs(weights) / largest)
    return np.rint(roots * _LEVELS).astype(np.int8), largest
