"""What the words around a term change: negation, doubt, past, and whose datum it is. A negated datum is still a datum.

The scopes follow the idea of ConText: a cue reaches over its clause up to a word that ends its reach, a denial stands behind.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from discretio.detection.automaton import Hit, Hits
from discretio.detection.clauses import Clauses
from discretio.detection.cues import Cue, Cues, Kind, Mask, Numbers
from discretio.domain.detections import About

_REACH, _BEHIND, _ANSWER = 64, 40, 20
# A home without heating, a father without work, an absence at school: the absence is itself the datum there, and a name
# or an address is there whatever is said of it.
_ABSENCE_IS_DATUM = frozenset({1, 2, 3, 4, 5, 6, 7, 8, 14})
_LISTING = (b" ni ", b" of ", b" noch ", b" or ", b" nor ", b" oder ", b" ou ", b" en ", b" et ", b" und ")
_SAID = (b":", b"=", b"-", b"?")
_STOPPED = (b"", b".", b",", b";", b":", b"!", b"?", b")", b'"')
_QUALIFYING = frozenset({Kind.NEGATION, Kind.DENIAL, Kind.HEDGE, Kind.PAST, Kind.RELATION, Kind.PROFESSIONAL})
_ANSWERING = frozenset({Kind.NIHIL})
_WHOSE: dict[str, About] = {Kind.RELATION: About.RELATION, Kind.PROFESSIONAL: About.PROFESSIONAL}


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
    """

    def __init__(self, data: bytes, clauses: Clauses, cues: Cues) -> None:
        self._data, self._clauses, self._cues = data, clauses, cues

    def of(self, hit: Hit, lang: str, category: int | None) -> Qualification:
        """What the words around a term of a category say of it."""
        low, high = self._clauses.clause(hit.start)
        near = self._cues.within(lang, max(low, hit.start - _REACH), min(max(high, hit.end), hit.end + _BEHIND))
        before, after = _reached([cue for cue in near if cue.end <= hit.start], [cue for cue in near if cue.start >= hit.end])
        negated = "" if category in _ABSENCE_IS_DATUM else self._negated_somehow(hit, lang, near, (before, after))
        about, whose = self._whose(hit, before)
        if not (negated or whose or before or after):
            return PLAIN
        return Qualification(
            negated, self._first(before, after, Kind.HEDGE), self._first(before, after, Kind.PAST), about, whose
        )

    def _negated_somehow(self, hit: Hit, lang: str, near: list[Cue], sides: tuple[list[Cue], list[Cue]]) -> str:
        own = next((self._word(cue) for cue in near if cue.start == hit.start and cue.kind == Kind.NEGATION), "")
        return (
            own
            or self._negated(hit, sides[0])
            or self._denied(hit, sides[1])
            or self._answered(hit, lang)
            or _after_verb(self._data, hit, sides[1])
        )

    def _word(self, cue: Cue) -> str:
        return self._data[cue.start : cue.end].decode("ascii", "replace")

    def _first(self, before: list[Cue], after: list[Cue], kind: Kind) -> str:
        return next((self._word(cue) for cue in (*reversed(before), *after) if cue.kind == kind), "")

    def _negated(self, hit: Hit, before: list[Cue]) -> str:
        cue = next((cue for cue in reversed(before) if cue.kind == Kind.NEGATION), None)
        if cue is None or (self._clauses.comma_between(cue.end, hit.start) and not _listed(self._data[cue.end : hit.end + 30])):
            return ""
        return self._word(cue)

    def _denied(self, hit: Hit, after: list[Cue]) -> str:
        cue = next((cue for cue in after if cue.kind == Kind.DENIAL), None)
        return self._word(cue) if cue and not self._clauses.comma_between(hit.end, cue.start) else ""

    def _answered(self, hit: Hit, lang: str) -> str:
        """An answer on a form: allergies: none."""
        if self._data[hit.end : hit.end + 3].strip()[:1] not in _SAID:
            return ""
        for cue in self._cues.within(lang, hit.end, hit.end + _ANSWER):
            ends = self._data[cue.end : cue.end + 1] in b".,;/) "
            if cue.kind == Kind.NIHIL and ends and not self._data[hit.end : cue.start].strip(b" :=-?"):
                return self._word(cue)
        return ""

    def _whose(self, hit: Hit, before: list[Cue]) -> tuple[About, str]:
        for cue in reversed(before):
            about = _WHOSE.get(cue.kind)
            if about is not None:
                return (About.SUBJECT, "") if self._clauses.comma_between(cue.end, hit.start) else (about, self._word(cue))
        return About.SUBJECT, ""


def may_qualify(clauses: Clauses, cues: Cues, hits: Hits, langs: Numbers) -> Mask:
    """Where `of` has something to look at: for each hit, whether a cue that can qualify it stands near enough."""
    low, high = clauses.clauses(hits.start)
    low, high = np.maximum(low, hits.start - _REACH), np.minimum(np.maximum(high, hits.end), hits.end + _BEHIND)
    answered = cues.any_of(_ANSWERING, langs, hits.end, hits.end + _ANSWER)
    return answered | cues.any_of(_QUALIFYING, langs, low, high)


def _reached(before: list[Cue], after: list[Cue]) -> tuple[list[Cue], list[Cue]]:
    """Of the cues around a term those that no boundary keeps from it."""
    walls = [at for at, cue in enumerate(before) if cue.kind == Kind.BOUNDARY]
    wall = next((at for at, cue in enumerate(after) if cue.kind == Kind.BOUNDARY), len(after))
    return before[walls[-1] + 1 :] if walls else before, after[:wall]


def _listed(stretch: bytes) -> bool:
    """Whether a list goes on over a comma: no violence, threats or shouting."""
    return any(word in stretch for word in _LISTING)


def _after_verb(data: bytes, hit: Hit, after: list[Cue]) -> str:
    """A negation right behind its verb, at the end of what is said: il ne jeûne pas, fastet nicht."""
    cue = next((cue for cue in after if cue.kind == Kind.NEGATION and cue.start - hit.end == 1), None)
    if cue is None or data[cue.end : cue.end + 1] not in _STOPPED:
        return ""
    return data[cue.start : cue.end].decode("ascii", "replace")
