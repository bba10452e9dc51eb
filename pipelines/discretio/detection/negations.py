"""Negation: a word before a term in its clause or list, a denial behind it, an answer on a form, a verb that is negated."""

from __future__ import annotations

from discretio.detection.automaton import Hit
from discretio.detection.clauses import Clauses
from discretio.detection.cues import Cue, Cues, Kind

ANSWER = 20
"""How far behind a term an answer may stand."""
_LISTING = (b" ni ", b" of ", b" noch ", b" or ", b" nor ", b" oder ", b" ou ", b" en ", b" et ", b" und ")
_SAID = (b":", b"=", b"-", b"?")
_STOPPED = (b"", b".", b",", b";", b":", b"!", b"?", b")", b'"')


class Negations:
    """The negations of one text.

    Args:
        data: the folded text.
        clauses: its clauses.
        cues: its cues.
    """

    def __init__(self, data: bytes, clauses: Clauses, cues: Cues) -> None:
        self._data, self._clauses, self._cues = data, clauses, cues

    def of(self, hit: Hit, lang: str, near: list[Cue], sides: tuple[list[Cue], list[Cue]]) -> str:
        """The word that negates a term, or an empty string; `sides` are the cues before and behind it that reach it."""
        return (
            self._holding(hit, near)
            or self._negated(hit, sides[0])
            or self._denied(hit, sides[1])
            or self._answered(hit, lang)
            or _after_verb(self._data, hit, sides[1])
        )

    def _word(self, cue: Cue) -> str:
        return self._data[cue.start : cue.end].decode("ascii", "replace")

    def _holding(self, hit: Hit, near: list[Cue]) -> str:
        """A term that begins with its own negation: sans domicile fixe."""
        for cue in near:
            if cue.start == hit.start and cue.kind is Kind.NEGATION:
                return self._word(cue)
        return ""

    def _negated(self, hit: Hit, before: list[Cue]) -> str:
        cue = next((cue for cue in reversed(before) if cue.kind is Kind.NEGATION), None)
        if cue is None or (self._clauses.comma_between(cue.end, hit.start) and not _listed(self._data[cue.end : hit.end + 30])):
            return ""
        return self._word(cue)

    def _denied(self, hit: Hit, after: list[Cue]) -> str:
        cue = next((cue for cue in after if cue.kind is Kind.DENIAL), None)
        return self._word(cue) if cue and not self._clauses.comma_between(hit.end, cue.start) else ""

    def _answered(self, hit: Hit, lang: str) -> str:
        """An answer on a form: allergies: none."""
        if self._data[hit.end : hit.end + 3].strip()[:1] not in _SAID:
            return ""
        for cue in self._cues.within(lang, hit.end, hit.end + ANSWER):
            ends = self._data[cue.end : cue.end + 1] in b".,;/) "
            if cue.kind is Kind.NIHIL and ends and not self._data[hit.end : cue.start].strip(b" :=-?"):
                return self._word(cue)
        return ""


def _listed(stretch: bytes) -> bool:
    """Whether a list goes on over a comma: no violence, threats or shouting."""
    return any(word in stretch for word in _LISTING)


def _after_verb(data: bytes, hit: Hit, after: list[Cue]) -> str:
    """A negation right behind its verb, at the end of what is said: il ne jeûne pas, fastet nicht."""
    cue = next((cue for cue in after if cue.kind is Kind.NEGATION and cue.start - hit.end == 1), None)
    if cue is None or data[cue.end : cue.end + 1] not in _STOPPED:
        return ""
    return data[cue.start : cue.end].decode("ascii", "replace")
