"""How far a finder is to be believed: by the words of its detection, those around it, its kind, and the score of its unit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from discretio.detection.statistical.claims import Claims
from discretio.detection.statistical.features import Hashes, Rows, Words
from discretio.detection.statistical.model import Floats, LinearModel

RANGE = (-8.0, 6.0)
"""The range in which the score of a unit says how far a claim in it is to be believed."""
INNER, AROUND = 4, 3
"""How many words of a detection count, its first ones, and how many on either side of it within its unit."""
SHARES = np.array([0.5] * (2 * INNER) + [0.7, 0.7] * 2 * AROUND + [1.0, 1.0] + [1.0, 0.5, 1.0, 0.5], np.float32)
"""How much each row of a claim counts, in the order of `rows_of`."""
_MASK = 2**64
_SLOTS = np.array([number * 0x9E3779B97F4A7C15 % _MASK for number in range(1, len(SHARES) + 1)], np.uint64)
_CLASS = np.uint64(0xC2B2AE3D27D4EB4F)
_PLACES = np.array([(2 * number + 3) * 0x94D049BB133111EB % _MASK for number in range(INNER)], np.uint64)
_FIRST_MIX, _SECOND_MIX = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


@dataclass(frozen=True, slots=True)
class Placed:
    """Claims among words: the words that each covers, and those of its unit.

    Attributes:
        columns: the class of each.
        kinds: numbers for its type, its score and its language.
        begins: its first word.
        ends: one after its last.
        lows: the first word of its unit.
        highs: one after the last of its unit.
    """

    columns: Rows
    kinds: Hashes
    begins: Rows
    ends: Rows
    lows: Rows
    highs: Rows


def placed(claims: Claims, chosen: Rows, words: Words, first: Rows, origin: tuple[int, int]) -> Placed:
    """Find claims among words.

    Args:
        claims: all claims.
        chosen: positions of those that are asked for.
        words: the words of a stretch.
        first: the position of each unit's first word, then the number of words.
        origin: the number of the stretch's first unit, and where the stretch begins in the folded data.
    """
    unit, base = origin
    own = claims.units[chosen] - unit
    begins = np.searchsorted(words.ends, claims.begins[chosen] - base, side="right")
    ends = np.searchsorted(words.starts, claims.ends[chosen] - base, side="left")
    return Placed(claims.columns[chosen], claims.kinds[chosen], begins, ends, first[own], first[own + 1])


def rows_of(hashes: Hashes, placed: Placed, bits: int) -> Rows:
    """The rows of claims, one line each; -1 where there is no such word.

    Args:
        hashes: one per word.
        placed: the claims among these words.
        bits: the table has two to that power rows.
    """
    own = np.minimum(placed.ends, placed.begins + INNER)
    places = [placed.begins + number for number in range(INNER)]
    words = [_at(hashes, place, place < own) for place in places]
    term = sum((word * multiplier for (word, _), multiplier in zip(words, _PLACES, strict=True)), np.zeros(1, np.uint64))
    for step in range(AROUND):
        before, behind = placed.begins - 1 - step, placed.ends + step
        words += [_at(hashes, before, before >= placed.lows), _at(hashes, behind, behind < placed.highs)]
    there = placed.ends > placed.begins
    pairs = [*words, (term, there)]
    classes = (placed.columns.astype(np.uint64) + np.uint64(1)) * _CLASS
    always = np.ones(len(classes), np.bool_)
    alone = [each for word, known in pairs for each in ((word, known), (word + classes, known))]
    kinds = [(classes, always)]
    kinds += [(placed.kinds[:, number] * _FIRST_MIX + classes, always) for number in range(placed.kinds.shape[1])]
    lines = [*alone, *kinds]
    hashed = np.stack([word for word, _ in lines], axis=1) + _SLOTS
    return np.where(np.stack([known for _, known in lines], axis=1), _mixed(hashed, bits), -1)


def _at(hashes: Hashes, places: Rows, known: npt.NDArray[np.bool_]) -> tuple[Hashes, npt.NDArray[np.bool_]]:
    words: Hashes = np.append(hashes, np.uint64(0))[np.where(known, places, len(hashes))]
    return words, known


def _mixed(hashes: Hashes, bits: int) -> Rows:
    mixed = (hashes ^ (hashes >> np.uint64(30))) * _FIRST_MIX
    mixed = (mixed ^ (mixed >> np.uint64(27))) * _SECOND_MIX
    rows: Rows = (mixed >> np.uint64(64 - bits)).astype(np.int64)
    return rows


def believe(model: LinearModel, rows: Rows, columns: Rows, scores: Floats) -> Floats:
    """How far claims are to be believed; log odds.

    Args:
        model: the weights.
        rows: the rows of each, as `rows_of` tells them.
        columns: the class of each.
        scores: the score of its unit for that class.
    """
    words = (model.belief_table[rows] * SHARES).sum(axis=1)
    log_odds: Floats = words + model.slopes[columns] * np.clip(scores, *RANGE) + model.slopes[-1]
    return log_odds
