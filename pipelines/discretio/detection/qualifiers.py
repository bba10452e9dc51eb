"""What the words around a term change: negation, doubt, past, and whose datum it is. A negated datum is still a datum.

The scopes follow the idea of ConText: a cue reaches over its clause up to a word that ends its reach, a denial stands behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from discretio.detection.automaton import Hit, Hits
from discretio.detection.clauses import Clauses
from discretio.detection.cues import Cue, Cues, Kind, Numbers
from discretio.detection.negations import Negations
from discretio.detection.reach import ABSENCE_IS_DATUM, HEAD, Place, Reach
from discretio.detection.whose import Whose
from discretio.domain.detections import About

_COUNTED = re.compile(rb"[0-9] ?dd|dd\.? ?[0-9]")
_ASKED = re.compile(rb" ?\(?\?")


class Qualification(NamedTuple):
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


_PLAIN = Qualification()


class Qualifiers:
    """The qualifiers of one text.

    Args:
        data: the folded text.
        clauses: its clauses.
        cues: its cues.
        dates: where the dates among them begin, in any order.
    """

    def __init__(self, data: bytes, clauses: Clauses, cues: Cues, dates: Numbers) -> None:
        self._data, self._clauses, self._cues, self._reach = data, clauses, cues, Reach(clauses, cues, dates)
        self._whose, self._negations = Whose(data, clauses), Negations(data, clauses, cues)

    def of(self, hits: Hits, langs: Numbers, categories: Numbers) -> Iterator[tuple[int, Qualification]]:
        """What the words around terms say of them: the position of each that they qualify, and how.

        Args:
            hits: the terms.
            langs: the language at each, as a position in LANGUAGES.
            categories: the category of each, 0 without one.
        """
        for at, place in self._reach.places(hits, langs, categories):
            said = self._said(place)
            if said != _PLAIN:
                yield at, said

    def _said(self, place: Place) -> Qualification:
        """What the words around a term say of it."""
        hit, category, lang, near, _ = place
        before, after = _reached(near, hit)
        negated = "" if category in ABSENCE_IS_DATUM else self._negations.of(hit, lang, near, (before, after))
        about, whose = self._whose.of(hit, before, after, category)
        cues = [*reversed(before), *(after or self._bracketed(hit, lang))]
        hedged = self._first(hit, cues, Kind.HEDGE) or self._asked(hit, negated)
        past = self._first(hit, cues, Kind.PAST) or (self._then(place) if place.dated else "")
        return Qualification(negated, hedged, past, about, whose)

    def _then(self, place: Place) -> str:
        """A year: it holds for its whole clause, and at the head of a sentence for all of that, whatever stands between."""
        start = place.hit.start
        low, _ = self._clauses.sentence(start)
        cues = place.near if low >= start - HEAD else (*self._cues.within(place.lang, low, low + HEAD), *place.near)
        before = (self._word(cue) for cue in cues if cue.kind is Kind.PAST and cue.end <= start)
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

    def _first(self, hit: Hit, cues: list[Cue], kind: Kind) -> str:
        for cue in cues:
            if cue.kind is kind and self._joins(cue, hit):
                return self._word(cue)
        return ""

    def _joins(self, cue: Cue, hit: Hit) -> bool:
        """Whether a cue may speak of a term: ex- only of the word that it is joined to, dd unless it is a dose or a date."""
        word = self._data[cue.start : cue.end]
        if word == b"ex":
            return 0 <= hit.start - cue.end <= 1
        return word != b"dd" or not _COUNTED.search(self._data[max(0, cue.start - 2) : cue.end + 3])


def _reached(near: list[Cue], hit: Hit) -> tuple[list[Cue], list[Cue]]:
    """The cues before a term and those behind it that no boundary keeps from it."""
    before: list[Cue] = []
    after: list[Cue] = []
    start, end, _ = hit
    for cue in near:
        begins, ends, kind = cue
        if ends <= start:
            if kind is Kind.BOUNDARY:
                before.clear()
            else:
                before.append(cue)
        elif begins >= end:
            if kind is Kind.BOUNDARY:
                break
            after.append(cue)
    return before, after
