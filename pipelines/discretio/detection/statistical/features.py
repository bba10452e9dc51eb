"""Folded text -> rows of a hashed table: each word, each pair of neighbours, and three to five letters within words.

The same numbers come out on every machine: multiply-shift hashes over unsigned 64-bit integers, with fixed multipliers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from discretio.detection.folding import WORD_BYTES

SIZES = (3, 4, 5)
"""Letters of an n-gram; the blank before and behind a word counts as one."""
_BLANK, _DIGIT = 0x20, 0x30
_WORD_LETTERS = 24  # a word's hash looks at its first 24 letters; compounds longer than that are told apart by their n-grams
_WORDS, _PAIRS = 7, 8

Rows = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]


def _multipliers() -> Hashes:
    # The steps of a Weyl sequence, spread by xor and shift: fixed, odd, and without a library's generator behind them.
    values, state = [], 0x9E3779B97F4A7C15
    for _ in range(40):
        state = (state + 0x9E3779B97F4A7C15) % 2**64
        mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
        values.append((mixed ^ (mixed >> 27)) | 1)
    return np.array(values, np.uint64)


def _letters() -> npt.NDArray[np.uint8]:
    table = np.full(256, _BLANK, np.uint8)
    table[WORD_BYTES] = np.flatnonzero(WORD_BYTES)
    table[list(b"0123456789")] = _DIGIT  # which number it is says nothing of the class
    return table


_MULTIPLIERS, _LETTERS = _multipliers(), _letters().tobytes()


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a stretch of folded text.

    Attributes:
        starts: offset of each in the folded data.
        ends: one after the last.
        letters: the folded data with one blank at either end, digits all alike, anything else a blank.
    """

    starts: Rows
    ends: Rows
    letters: npt.NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.starts)


def words_in(data: bytes) -> Words:
    """Find the words of folded data."""
    letters = np.full(len(data) + 2, _BLANK, np.uint8)
    letters[1:-1] = np.frombuffer(data.translate(_LETTERS), np.uint8)
    inside = letters != _BLANK
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    return Words(edges[::2], edges[1::2], letters)


def word_hashes(words: Words) -> Hashes:
    """One number per word, the same for the same letters."""
    lengths = np.minimum(words.ends - words.starts, _WORD_LETTERS)
    total = np.zeros(len(words), np.uint64)
    for position in range(int(lengths.max(initial=0))):
        longer = np.flatnonzero(lengths > position)
        letter = words.letters[words.starts[longer] + 1 + position].astype(np.uint64)
        total[longer] += letter * _MULTIPLIERS[position]
    return total


def repeated(hashes: Hashes, first: Rows) -> tuple[Rows, Rows]:
    """Which words, and which pairs of neighbours, stood in their unit before: said twenty times, a word says no more than once.

    Args:
        hashes: one per word.
        first: the position of each unit's first word, then the number of words.

    Returns:
        The positions of those words; and those of the words that end such a pair.
    """
    own = np.repeat(np.arange(len(first) - 1, dtype=np.uint64) * _MULTIPLIERS[38], np.diff(first))
    return _seen_before(hashes + own), _seen_before(_pairs(hashes[:-1], hashes[1:]) + own[1:]) + 1


def _seen_before(keys: Hashes) -> Rows:
    """The positions of keys that stand at an earlier position too, in order."""
    order = np.argsort(keys)  # of any order among equals, which is the fastest there is
    ordered, again = keys[order], np.ones(len(keys), np.bool_)
    if len(keys):
        first = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
        again[np.minimum.reduceat(order, first)] = False
    return np.flatnonzero(again)


def word_rows(hashes: Hashes, bits: int) -> Rows:
    """The row of each word."""
    return _rows(hashes + _MULTIPLIERS[30 + _WORDS], bits)


def pair_rows(left: Hashes, right: Hashes, bits: int) -> Rows:
    """The row of each pair of neighbours."""
    return _rows(_pairs(left, right) + _MULTIPLIERS[30 + _PAIRS], bits)


def _pairs(left: Hashes, right: Hashes) -> Hashes:
    pairs: Hashes = left * _MULTIPLIERS[39] + right
    return pairs


def letter_rows(words: Words, chosen: Rows, bits: int) -> tuple[Rows, Rows]:
    """The rows of the n-grams of some words.

    Args:
        words: all words.
        chosen: positions of those that are asked for.
        bits: the table has two to that power rows.

    Returns:
        A matrix with one line per letter and one column per size of n-gram, -1 where none begins; and where in it each of
        the chosen words begins.
    """
    lengths = words.ends[chosen] - words.starts[chosen] + 1  # with the blank before it
    first = np.concatenate(([0], np.cumsum(lengths)[:-1])).astype(np.int64)
    at = np.arange(int(lengths.sum())) + np.repeat(words.starts[chosen] - first, lengths)
    left = np.repeat(first + lengths, lengths) - np.arange(len(at)) + 1  # letters to the blank behind the word, with it
    rows = np.full((len(at), len(SIZES)), -1, np.int64)
    total = np.zeros(len(at), np.uint64)
    for position in range(max(SIZES)):
        within = np.flatnonzero(left > position)
        total[within] += (words.letters[at[within] + position].astype(np.uint64) + np.uint64(1)) * _MULTIPLIERS[position]
        if position + 1 in SIZES:
            begins = np.flatnonzero(left > position)
            size = SIZES.index(position + 1)
            rows[begins, size] = _rows(total[begins] + _MULTIPLIERS[30 + size], bits)
    return rows, first


def _rows(hashes: Hashes, bits: int) -> Rows:
    mixed = (hashes ^ (hashes >> np.uint64(29))) * _MULTIPLIERS[29]
    rows: Rows = (mixed >> np.uint64(64 - bits)).astype(np.int64)
    return rows
