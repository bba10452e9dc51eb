"""Thousands of terms in one pass: an Aho-Corasick automaton over bytes that say themselves where a word begins and ends.

A letter at the beginning or end of its word is another byte than the same letter inside, so that `arm` isn't met in `alarm` at
all: most of the hits of an automaton over plain letters would be thrown away.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, product
from typing import NamedTuple

import ahocorasick_rs
import numpy as np
import numpy.typing as npt

from discretio.detection.folding import BEGINS, ENDS, MARKED, Folded, folded_term
from discretio.domain.lexicon import LexiconEntry

Column = npt.NDArray[np.int64]


class Hit(NamedTuple):
    """A term found: offsets in the folded data, and the position of its entry."""

    start: int
    end: int
    entry: int


class Hits(NamedTuple):
    """Many hits as arrays: a text holds tens of thousands, and most are dropped before anything looks at them one by one."""

    start: Column
    end: Column
    entry: Column

    def at(self, chosen: Column | npt.NDArray[np.bool_]) -> Hits:
        """Those at these positions, or where the mask holds."""
        return Hits(self.start[chosen], self.end[chosen], self.entry[chosen])


class TermAutomaton:
    """The terms of a lexicon, compiled.

    Args:
        entries: the lexicon; a hit names an entry by its position in this sequence.
    """

    def __init__(self, entries: Sequence[LexiconEntry]) -> None:
        forms = [(form, number) for number, entry in enumerate(entries) for form in _forms(entry)]
        # Standard and overlapping: leftmost-longest would lose a short term inside a longer one.
        self._automaton = ahocorasick_rs.BytesAhoCorasick(
            [form for form, _ in forms], matchkind=ahocorasick_rs.MatchKind.Standard
        )
        self._entry_of = np.array([number for _, number in forms], np.int64)
        self._open_left = np.array([entry.open_left for entry in entries], np.bool_)
        self._open_right = np.array([entry.open_right for entry in entries], np.bool_)

    def hits(self, folded: Folded) -> list[Hit]:
        """The terms that stand in a text as whole words; an open end takes the rest of its word along."""
        return list(map(Hit, *(column.tolist() for column in self.columns(folded))))

    def columns(self, folded: Folded) -> Hits:
        """The same as arrays."""
        found = self._automaton.find_matches_as_indexes(folded.marked, overlapping=True)
        flat = np.fromiter(chain.from_iterable(found), np.int64, 3 * len(found))
        entry = self._entry_of[flat[0::3]]
        start, end = flat[1::3].copy(), flat[2::3].copy()
        moved = np.flatnonzero(self._open_left[entry])
        start[moved] = folded.word_starts(start[moved])
        moved = np.flatnonzero(self._open_right[entry])
        end[moved] = folded.word_ends(end[moved])
        return Hits(start, end, entry)


def _forms(entry: LexiconEntry) -> Iterator[bytes]:
    """The bytes of a term: whole words, and where an end is open, also with that end inside a word."""
    folded = folded_term(entry.stem)
    for inside_left, inside_right in product((False, True)[: 1 + entry.open_left], (False, True)[: 1 + entry.open_right]):
        marks = np.array(folded.marks)
        if inside_left:
            marks[0] &= ~np.uint16(BEGINS)
        if inside_right:
            marks[-1] &= ~np.uint16(ENDS)
        if not (inside_left or inside_right) or not np.array_equal(marks, folded.marks):
            yield MARKED[marks].tobytes()
