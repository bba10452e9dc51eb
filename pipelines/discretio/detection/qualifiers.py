"""What the words around a term change: negation, doubt, past, and whose datum it is. A negated datum is still a datum.

The scopes follow the idea of ConText: a cue reaches over its clause up to a word that ends its reach, a denial stands behind.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

import numpy as np

from discretio.detection.automaton import Hit, Hits
from discretio.detection.clauses import Clauses
from discretio.detection.cues import Cue, Cues, Kind, Mask, Numbers
from discretio.detection.negations import ANSWER, Negations
from discretio.detection.whose import Whose
from discretio.domain.detections import About

_REACH, _BEHIND, _HEAD = 64, 40, 6
# A home without heating, a father without work, an absence at school: the absence is itself the datum there, and a name
# or an address is there whatever is said of it.
_ABSENCE_IS_DATUM = frozenset({1, 2, 3, 4, 6, 7, 8, 14, 16})
_QUALIFYING = frozenset({Kind.NEGATION, Kind.DENIAL, Kind.HEDGE, Kind.PAST, Kind.RELATION, Kind.CONTACT, Kind.PROFESSIONAL})
_ANSWERING = frozenset({Kind.NIHIL, Kind.HEDGE, Kind.PAST})
_PAST = frozenset({Kind.PAST})
_COUNTED = re.compile(rb"[0-9] ?dd|dd\.? ?[0-9]")
_ASKED = re.compile(rb" ?\(?\?")


@dataclass(frozen=True, slots=True)
class Qualification:
    """What was found about a term; the strings are the words that say so, empty where none does.

    Attributes:
        negated: the word that negates it.
        hedged: the word that casts doubt.
        past: the word that puts it in the past.
        about: whose datum it is.
        of: the word that says whose.
    """

    negated: str = ""
    hedged: str = ""
    past: str = ""
    about: About = About.SUBJECT
    of: str = ""


PLAIN = Qualification()


class Qualifiers:
    """The qualifiers of one text.

    Args:
        data: the folded text.
        clauses: its clauses.
        cues: its cues.
        dates: where the dates among them begin, in any order.
    """

    def __init__(self, data: bytes, clauses: Clauses, cues: Cues, dates: Numbers) -> None:
        self._data, self._clauses, self._cues = data, clauses, cues
        self._dates: list[int] = np.sort(dates).tolist()
        self._whose, self._negations = Whose(data, clauses), Negations(data, clauses, cues)

    def of(self, hit: Hit, lang: str, category: int | None) -> Qualification:
        """What the words around a term of a category say of it."""
        low, high = self._clauses.clause(hit.start)
        near = self._cues.within(lang, max(low, hit.start - _REACH), min(max(high, hit.end), hit.end + _BEHIND))
        before, after = _reached([cue for cue in near if cue.end <= hit.start], [cue for cue in near if cue.start >= hit.end])
        negated = "" if category in _ABSENCE_IS_DATUM else self._negations.of(hit, lang, near, (before, after))
        about, whose = self._whose.of(hit, before, after, category)
        after = after or self._bracketed(hit, lang)
        hedged = self._first(hit, before, after, Kind.HEDGE) or self._asked(hit, negated)
        past = self._first(hit, before, after, Kind.PAST) or self._then(hit, lang, near)
        said = Qualification(negated, hedged, past, about, whose)
        return PLAIN if said == PLAIN else said

    def _then(self, hit: Hit, lang: str, near: list[Cue]) -> str:
        """A year: it holds for its whole clause, and at the head of a sentence for all of that, whatever stands between."""
        last = bisect_left(self._dates, hit.start) - 1
        low, _ = self._clauses.sentence(hit.start)
        if last < 0 or self._dates[last] < low:
            return ""
        cues = near if low >= hit.start - _HEAD else (*self._cues.within(lang, low, low + _HEAD), *near)
        before = (self._word(cue) for cue in cues if cue.kind == Kind.PAST and cue.end <= hit.start)
        return next((word for word in before if word.isdigit()), "")

    def _asked(self, hit: Hit, negated: str) -> str:
        """A question mark right behind a term, which no answer follows."""
        asked = not negated and _ASKED.match(self._data, hit.end, hit.end + 3)
        return "?" if asked else ""

    def _bracketed(self, hit: Hit, lang: str) -> list[Cue]:
        """What is added in brackets right behind a term: (improbable), (in remission)."""
        if self._data[hit.end : hit.end + 2] != b" (":
            return []
        _, close = self._clauses.clause(hit.end + 2)
        return self._cues.within(lang, hit.end + 2, close)

    def _word(self, cue: Cue) -> str:
        return self._data[cue.start : cue.end].decode("ascii", "replace")

    def _first(self, hit: Hit, before: list[Cue], after: list[Cue], kind: Kind) -> str:
        cues = (*reversed(before), *after)
        return next((self._word(cue) for cue in cues if cue.kind == kind and self._joins(cue, hit)), "")

    def _joins(self, cue: Cue, hit: Hit) -> bool:
        """Whether a cue may speak of a term: ex- only of the word that it is joined to, dd unless it is a dose or a date."""
        word = self._data[cue.start : cue.end]
        if word == b"ex":
            return 0 <= hit.start - cue.end <= 1
        return word != b"dd" or not _COUNTED.search(self._data[max(0, cue.start - 2) : cue.end + 3])


def may_qualify(clauses: Clauses, cues: Cues, hits: Hits, langs: Numbers) -> Mask:
    """Where `of` has something to look at: for each hit, whether a cue that can qualify it stands near enough."""
    low, high = clauses.clauses(hits.start)
    low, high = np.maximum(low, hits.start - _REACH), np.minimum(np.maximum(high, hits.end), hits.end + _BEHIND)
    answered = cues.any_of(_ANSWERING, langs, hits.end, hits.end + ANSWER)
    heads = clauses.sentence_starts(hits.start)
    then = cues.any_of(_PAST, langs, heads, heads + _HEAD)
    behind = np.minimum(hits.end[:, None] + np.arange(3), len(clauses.signs) - 1)
    asked = np.any(clauses.signs[behind] == ord("?"), axis=1)
    near: Mask = asked | answered | then | cues.any_of(_QUALIFYING, langs, low, high)
    return near


def _reached(before: list[Cue], after: list[Cue]) -> tuple[list[Cue], list[Cue]]:
    """Of the cues around a term those that no boundary keeps from it."""
    walls = [at for at, cue in enumerate(before) if cue.kind == Kind.BOUNDARY]
    wall = next((at for at, cue in enumerate(after) if cue.kind == Kind.BOUNDARY), len(after))
    return before[walls[-1] + 1 :] if walls else before, after[:wall]
