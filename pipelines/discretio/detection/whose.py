"""Whose datum a term is, by the words for kin, acquaintances and professionals around it; the dossier's person by default."""

from __future__ import annotations

import re

from discretio.detection.automaton import Hit
from discretio.detection.clauses import Clauses
from discretio.detection.cues import Cue, Kind
from discretio.domain.detections import About

_NAME, HOUSEHOLD = 1, 7
_LOOK_BACK, _APPOSED = 14, 40
_PERSONS: dict[Kind, About] = {
    Kind.RELATION: About.RELATION, Kind.CONTACT: About.CONTACT, Kind.PROFESSIONAL: About.PROFESSIONAL,
}  # fmt: skip
_KINDS = tuple(_PERSONS)  # comparing three is faster than the hash of one
PERSONS = frozenset(_PERSONS)
# His mother says that he ...: what follows is about somebody else again.
_TURNS = re.compile(rb"\b(?:que|qu|dat|dass|that|il|ils|elle|elles|on|hij|zij|ze|er|sie|es|he|she|they|je|ik|ich|i|lui)\b")
# With her mother, at his brother's: they are there, and what is told is told of the person with them.
_WITH = re.compile(
    rb"\b(?:avec|chez|contre|envers|par|pour|sans|vers|entre|met|tegen|naar|aan|voor|door|zonder|tussen|mit|zu|zur|zum|gegen"
    rb"|vom|ohne|with|against|to|from|by|without|towards|between|at|sur|op|auf|on|about|over)"
    rb"(?: (?:de|het|la|le|les|l|der|die|den|dem|the|his|her|hun|haar|zijn|mijn|ihrer|seiner|ihrem|seinem|ihren|seinen))?[ ']$"
)
_POSSESSED = re.compile(rb"^ ?(?:(?:de|du|des|d'|van|von|of)(?: (?:la|het|de|der|den|the))?)? ?$")
# Behind a term: the addiction of his father, a depression in his mother.
_BELONGS = re.compile(
    rb"^ (?:de|du|des|d|chez|van|bij|von|vom|der|bei|beim|of|in)(?: (?:la|le|les|l|de|het|een|der|dem|den|the|a|un|une"
    rb"|einem|einer|seiner|ihrer|seines|ihres|seinem|ihrem|his|her|zijn|haar))?[ ']$|^ (?:seiner|ihrer|seines|ihres|des|der) $"
)


class Whose:
    """Whose the data of one text are.

    Args:
        data: the folded text.
        clauses: its clauses.
    """

    def __init__(self, data: bytes, clauses: Clauses) -> None:
        self._data, self._clauses = data, clauses

    def of(self, hit: Hit, before: list[Cue], after: list[Cue], category: int) -> tuple[About, str]:
        """Whose a term of a category is, and the words that say so.

        Args:
            hit: the term.
            before: the cues before it that no boundary keeps from it, in order.
            after: those behind it.
            category: its category of art. 2 §2, 0 without one.
        """
        if category == HOUSEHOLD:  # who lives with whom is the person's own, whoever is named
            return About.SUBJECT, ""
        cue = self._owner_behind(hit, after, category) or self._owner_before(hit, before, category)
        if cue is None:
            return About.SUBJECT, ""
        return _PERSONS[cue.kind], self._data[cue.start : cue.end].decode("ascii", "replace")

    def _owner_before(self, hit: Hit, before: list[Cue], category: int) -> Cue | None:
        cue = next((cue for cue in reversed(before) if cue.kind in _KINDS), None)
        if cue is None:
            return None
        between = self._data[cue.end : hit.start]
        if category == _NAME and _POSSESSED.match(between) and between.strip():
            return None  # the mother of Lyna: Lyna is the person herself
        if self._clauses.comma_between(cue.end, hit.start) and len(between) > _APPOSED:
            return None
        if _TURNS.search(between) or _WITH.search(self._data[max(0, cue.start - _LOOK_BACK) : cue.start]):
            return None
        return cue

    def _owner_behind(self, hit: Hit, after: list[Cue], category: int) -> Cue | None:
        if category == _NAME:
            return None
        cue = next((cue for cue in after if cue.kind in _KINDS), None)
        return cue if cue and _BELONGS.match(self._data[hit.end : cue.start]) else None
