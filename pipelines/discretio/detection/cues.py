"""The words that qualify or silence others, found by the same automaton as the terms: where the next one of a kind stands."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from discretio.detection.automaton import Hit
from discretio.domain.lexicon import LexiconEntry

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
    PROFESSIONAL = "professional"  # our social worker
    MENTION = "mention"  # refers to, so to speak: the words are quoted, not meant
    DOCUMENT = "document"  # leaflet, training: the words are its topic
    ORGANISATION = "organisation"  # of the municipality: the words are about a body
    FIGURE = "figure"  # financial, administrative: a figure of speech
    THING = "thing"  # printer, building: things don't fall ill


_DENYING = frozenset({Kind.NEGATION, Kind.DENIAL})


class Cue(NamedTuple):
    """A cue found: offsets in the folded data. A tuple, since a text holds thousands."""

    start: int
    end: int
    kind: str


class Cues:
    """The cues of a text by language.

    Args:
        hits: their hits.
        entries: the lexicon that they belong to.
    """

    def __init__(self, hits: Iterable[Hit], entries: Sequence[LexiconEntry]) -> None:
        found: dict[str, list[Cue]] = {}
        for hit in hits:
            entry = entries[hit.entry]
            found.setdefault(entry.lang, []).append(Cue(hit.start, hit.end, entry.register))
        self._cues = {lang: _without_affirmed(cues) for lang, cues in found.items()}
        self._starts = {lang: [cue.start for cue in cues] for lang, cues in self._cues.items()}

    def within(self, lang: str, low: int, high: int) -> list[Cue]:
        """The cues of a language that lie in a stretch, by their start."""
        starts = self._starts.get(lang)
        if not starts:
            return []
        cues = self._cues[lang][bisect_left(starts, low) : bisect_left(starts, high)]
        return [cue for cue in cues if cue.end <= high]


def _without_affirmed(cues: list[Cue]) -> list[Cue]:
    """The cues by start; a negation inside a phrase that affirms is none."""
    kept: list[Cue] = []
    affirmed = -1
    for cue in sorted(cues, key=lambda cue: (cue.start, -cue.end)):
        if cue.kind == Kind.AFFIRMATION:
            affirmed = max(affirmed, cue.end)
        elif cue.end > affirmed or cue.kind not in _DENYING:
            kept.append(cue)
    return kept
