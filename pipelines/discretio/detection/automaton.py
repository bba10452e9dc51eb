"""Thousands of terms in one pass: an Aho-Corasick automaton over bytes that say themselves where a word begins and ends.

A letter at the beginning or end of its word is another byte than the same letter inside, so that `arm` isn't met in `alarm` at
all: most of the hits of an automaton over plain letters would be thrown away.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain, product
from typing import NamedTuple

import ahocorasick_rs
import numpy as np
import numpy.typing as npt

from discretio.detection.folding import Folded, fold, marked_bytes
from discretio.domain.lexicon import LexiconEntry

_COMBINING = re.compile("[\u0300-\u036f]")  # folding drops them
Column = npt.NDArray[np.int64]


class Hit(NamedTuple):
    """A term found: offsets in the folded data, and the position of its entry."""

    start: int
    end: int
    entry: int


# The maker of a named tuple takes three times as long.
_MAKE_HIT: Callable[[tuple[int, int, int]], Hit] = partial(tuple.__new__, Hit)


class Hits(NamedTuple):
    """Many hits as arrays: a text holds tens of thousands, and most are dropped before anything looks at them one by one."""

    start: Column
    end: Column
    entry: Column

    def at(self, chosen: Column | npt.NDArray[np.bool_]) -> Hits:
        """Those at these positions, or where the mask holds."""
        return Hits(self.start[chosen], self.end[chosen], self.entry[chosen])

    def singly(self) -> Iterator[Hit]:
        """Each of them."""
        return map(_MAKE_HIT, zip(self.start.tolist(), self.end.tolist(), self.entry.tolist(), strict=True))


class TermAutomaton:
    """The terms of a lexicon, compiled.

    Args:
        entries: the lexicon; a hit names an entry by its position in this sequence.
    """

    def __init__(self, entries: Sequence[LexiconEntry]) -> None:
        forms = [(form, number) for number, of_entry in enumerate(_forms_of(entries)) for form in of_entry]
        # Standard and overlapping: leftmost-longest would lose a short term inside a longer one.
        self._automaton = ahocorasick_rs.BytesAhoCorasick(
            [form for form, _ in forms], matchkind=ahocorasick_rs.MatchKind.Standard
        )
        self._entry_of = np.array([number for _, number in forms], np.int64)
        self._open_left = np.array([entry.open_left for entry in entries], np.bool_)
        self._open_right = np.array([entry.open_right for entry in entries], np.bool_)

    def hits(self, folded: Folded) -> list[Hit]:
        """The terms that stand in a text as whole words; an open end takes the rest of its word along."""
        return list(self.columns(folded).singly())

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


def _forms_of(entries: Sequence[LexiconEntry]) -> Iterator[Iterator[bytes]]:
    """The bytes of each term: whole words, and where an end is open, also with that end inside a word."""
    stems = [composed(entry.stem) for entry in entries]
    # Folded in one go: one by one, twenty thousand terms take half a second.
    folded = fold("\n".join(stems))
    inside = {ends: marked_bytes(folded, not ends[0], not ends[1]) for ends in product((False, True), repeat=2)}
    start = 0
    for entry, stem in zip(entries, stems, strict=True):
        end = start + len(stem)
        lefts, rights = (False, True)[: 1 + entry.open_left], (False, True)[: 1 + entry.open_right]
        # Letters inside a word have no mark to lose: only the first and the last differ.
        whole = folded.marked[start + 1 : end - 1]
        if len(stem) < 2:
            yield iter({inside[ends][start:end] for ends in product(lefts, rights)})
        else:
            left_ends = {inside[left, False][start : start + 1] for left in lefts}
            right_ends = {inside[False, right][end - 1 : end] for right in rights}
            yield (left + whole + right for left in sorted(left_ends) for right in sorted(right_ends))
        start = end + 1


def composed(term: str) -> str:
    """A term with a code point for each byte that folding keeps of it."""
    return _COMBINING.sub("", unicodedata.normalize("NFC", term))
