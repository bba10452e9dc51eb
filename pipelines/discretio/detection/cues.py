"""The words that qualify or silence others, found by the same automaton as the terms: where the next one of a kind stands."""

from __future__ import annotations

from bisect import bisect_left
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from discretio.detection.automaton import Hits
from discretio.domain.lexicon import LANGUAGES

CUES = "cues"
"""The subject of lexicon files that hold cues; the register of a group says which kind."""


class Kind(StrEnum):
    """What a cue does to the terms near it."""

    NEGATION = "negation"  # no, geen: before the term, in its clause
    DENIAL = "denial"  # ruled out, niet vastgesteld: behind it
    NIHIL = "nihil"  # an answer behind a term and a colon: none, néant
    AFFIRMATION = "affirmation"  # not only, niet zonder: holds a negation and is none
    BOUNDARY = "boundary"  # but, because: no qualifier reaches over it
    HEDGE = "hedge"  # perhaps, suspicion of
    PAST = "past"  # former, history of
    RELATION = "relation"  # his mother, broer
    CONTACT = "contact"  # a neighbour, her friend
    PROFESSIONAL = "professional"  # our social worker
    MENTION = "mention"  # refers to, so to speak: the words are quoted, not meant
    DOCUMENT = "document"  # leaflet, training: the words are its topic
    CALLED = "called"  # service, form, word: what stands behind it in quotation marks is its name
    ORGANISATION = "organisation"  # of the municipality: the words are about a body
    HEAD = "head"  # leaflet, library: right behind a term, which only tells what kind of thing it is
    FIGURE = "figure"  # financial, restaurant, nationality: beside a term, which is then meant of money, a kitchen, a passport
    THING = "thing"  # printer, building: things don't fall ill


KINDS = tuple(Kind)
_IS_DENYING = np.array([kind in {Kind.NEGATION, Kind.DENIAL} for kind in KINDS], np.bool_)
_APART = 1 << 40
"""What the offsets of one language lie apart from those of the next: so that one sorted array holds them all."""
Numbers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


class Cue(NamedTuple):
    """A cue found: offsets in the folded data. A tuple, since a text holds thousands."""

    start: int
    end: int
    kind: Kind


class Stretches(NamedTuple):
    """Many stretches, each as the positions of the first cue of its language that begins in it, and of the first behind it."""

    first: Numbers
    last: Numbers


class Cues:
    """The cues of a text by language.

    Args:
        hits: their hits.
        kinds: for each hit what it does, as a position in KINDS.
        langs: for each hit its language, as a position in LANGUAGES.
    """

    def __init__(self, hits: Hits, kinds: Numbers, langs: Numbers) -> None:
        order = np.lexsort((-hits.end, hits.start, langs))
        kinds, base = kinds[order], langs[order] * _APART
        self._found = hits.at(order).at(kept := _without_affirmed(kinds, hits.end[order] + base))
        self._kinds = kinds[kept]
        self._keys: Numbers = (hits.start[order] + base)[kept]
        self._counts: dict[frozenset[Kind], Numbers] = {}

    def within(self, lang: str, low: int, high: int) -> list[Cue]:
        """The cues of a language that lie in a stretch, by their start."""
        base = LANGUAGES.index(lang) * _APART
        return self.at(bisect_left(self._key_list, base + low), bisect_left(self._key_list, base + high), high)

    def at(self, first: int, last: int, high: int) -> list[Cue]:
        """The cues at these positions of which none ends behind an offset."""
        starts, ends, kinds = self._listed
        return [Cue(starts[at], ends[at], KINDS[kinds[at]]) for at in range(first, last) if ends[at] <= high]

    def between(self, langs: Numbers, low: Numbers, high: Numbers) -> Stretches:
        """Many stretches, from the language, the beginning and the end of each."""
        base = langs * _APART
        return Stretches(np.searchsorted(self._keys, base + low), np.searchsorted(self._keys, base + high))

    def any_of(self, wanted: frozenset[Kind], stretches: Stretches) -> Mask:
        """For each of many stretches whether a cue of one of these kinds begins in it."""
        if wanted not in self._counts:
            chosen = np.array([kind in wanted for kind in KINDS], np.bool_)
            self._counts[wanted] = np.append(0, np.cumsum(chosen[self._kinds]))
        found: Mask = self._counts[wanted][stretches.first] < self._counts[wanted][stretches.last]
        return found

    @cached_property
    def _key_list(self) -> list[int]:
        keys: list[int] = self._keys.tolist()
        return keys

    @cached_property
    def _listed(self) -> tuple[list[int], list[int], list[int]]:
        # Lists, from which a single cue is taken faster; a text holds thousands, and few are asked for.
        return self._found.start.tolist(), self._found.end.tolist(), self._kinds.tolist()


def _without_affirmed(kinds: Numbers, ends: Numbers) -> Mask:
    """Which cues stay; a negation inside a phrase that affirms is none."""
    affirming = kinds == KINDS.index(Kind.AFFIRMATION)
    reach = np.maximum.accumulate(np.where(affirming, ends, -1))
    stays: Mask = ~affirming & ((ends > reach) | ~_IS_DENYING[kinds])
    return stays
