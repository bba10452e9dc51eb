"""Which terms the cues around them may qualify, told for all terms of a text at once, and the cues in the reach of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from discretio.detection.automaton import Hit, Hits
from discretio.detection.clauses import Clauses
from discretio.detection.cues import Cue, Cues, Kind, Mask, Numbers, Stretches
from discretio.detection.negations import ANSWER
from discretio.detection.whose import HOUSEHOLD, PERSONS
from discretio.domain.lexicon import LANGUAGES
from discretio.law.special_classes import CATEGORY_NUMBERS

HEAD = 6
"""How far from a sentence's beginning a year still stands at its head."""
# A home without heating, a father without work, an absence at school: the absence is itself the datum there, and a name
# or an address is there whatever is said of it.
ABSENCE_IS_DATUM = frozenset({1, 2, 3, 4, 6, 7, 8, 14, 16})
_CAN_BE_NEGATED = np.array([category not in ABSENCE_IS_DATUM for category in (0, *CATEGORY_NUMBERS)])
_REACH, _BEHIND = 64, 40
_NEGATING, _DOUBTING = frozenset({Kind.NEGATION, Kind.DENIAL}), frozenset({Kind.HEDGE, Kind.PAST})
_ANSWERING = frozenset({Kind.NIHIL, Kind.HEDGE, Kind.PAST})
_PAST = frozenset({Kind.PAST})


class Place(NamedTuple):
    """Where a term stands.

    Attributes:
        hit: the term.
        category: its category, 0 without one.
        lang: the language around it.
        near: the cues in its reach.
        dated: whether a date stands before it in its sentence.
    """

    hit: Hit
    category: int
    lang: str
    near: list[Cue]
    dated: bool


class Reach:
    """How far the cues of one text reach.

    Args:
        clauses: its clauses.
        cues: its cues.
        dates: where the dates among them begin, in any order.
    """

    def __init__(self, clauses: Clauses, cues: Cues, dates: Numbers) -> None:
        self._clauses, self._cues, self._dates = clauses, cues, np.sort(dates)

    def places(self, hits: Hits, langs: Numbers, categories: Numbers) -> Iterator[tuple[int, Place]]:
        """Where the terms stand that a cue near enough may qualify, each with its position."""
        low, high = self._clauses.clauses(hits.start)
        low, high = np.maximum(low, hits.start - _REACH), np.minimum(np.maximum(high, hits.end), hits.end + _BEHIND)
        heads, near = self._clauses.sentence_starts(hits.start), self._cues.between(langs, low, high)
        dated = np.searchsorted(self._dates, heads) < np.searchsorted(self._dates, hits.start)
        asked = np.flatnonzero(self._by_cues(near, categories) | self._by_answers(hits, langs) | self._by_years(langs, heads))
        columns = [each[asked].tolist() for each in (categories, langs, *near, high, dated)]
        for at, hit, category, lang, first, last, reach, then in zip(
            asked.tolist(), hits.at(asked).singly(), *columns, strict=True
        ):
            yield at, Place(hit, category, LANGUAGES[lang], self._cues.at(first, last, reach), then)

    def _by_cues(self, near: Stretches, categories: Numbers) -> Mask:
        found: Mask = self._cues.any_of(_DOUBTING, near)
        found |= self._cues.any_of(_NEGATING, near) & _CAN_BE_NEGATED[categories]
        found |= self._cues.any_of(PERSONS, near) & (categories != HOUSEHOLD)
        return found

    def _by_answers(self, hits: Hits, langs: Numbers) -> Mask:
        signs = self._clauses.signs
        behind = np.minimum(hits.end[:, None] + np.arange(3), len(signs) - 1)
        answered: Mask = self._cues.any_of(_ANSWERING, self._cues.between(langs, hits.end, hits.end + ANSWER))
        asked: Mask = np.any(signs[behind] == ord("?"), axis=1)
        return answered | asked

    def _by_years(self, langs: Numbers, heads: Numbers) -> Mask:
        return self._cues.any_of(_PAST, self._cues.between(langs, heads, heads + HEAD))
