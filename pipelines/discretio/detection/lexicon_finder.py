"""Lexicon terms in a passage: which hits count, which are silenced by idiom, name or context, what qualifies them, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from discretio.detection.automaton import Hit, Hits
from discretio.detection.clauses import Clauses
from discretio.detection.correspondents import as_correspondent
from discretio.detection.cues import CUES, KINDS, Cues, Kind
from discretio.detection.dated import dated
from discretio.detection.entry_columns import EntryColumns, Mask, Numbers, Role
from discretio.detection.passage import Passage
from discretio.detection.qualifiers import Qualification, Qualifiers
from discretio.detection.sifting import Sieve
from discretio.detection.silences import Silences
from discretio.detection.trigger_words import OneWalk
from discretio.detection.words_near import word_near_hit
from discretio.domain.detections import About, Detection, Evidence
from discretio.domain.lexicon import LANGUAGES, LexiconEntry

CONFIRM_WINDOW = 90
UNCONFIRMED_SCORE = 0.3
_SCORE = Detection._fields.index("score")
COUNTS = 0.5
"""The score from which a detection counts where nobody says otherwise."""
_DOUBT = 0.05  # what doubt or the past takes from a score


class LexiconFinder:
    """All the lexicons as one finder; its types are the subjects.

    Args:
        entries: the lexicon of all languages, cues among them.

    Attributes:
        walk: finds its terms, together with the words of patterns.
    """

    name = "lexicon"

    def __init__(self, entries: Sequence[LexiconEntry]) -> None:
        self._entries = tuple(entries)
        self.walk = OneWalk(self._entries)
        self._of = EntryColumns(self._entries)
        self._plain = _Plain(self._entries)
        self.types = tuple(sorted({entry.subject for entry in entries if not entry.idiom and entry.subject != CUES}))

    def find(self, passage: Passage) -> list[Detection]:
        """One detection per datum: the longest term of its class, unless something silences it."""
        hits = passage.terms(self.walk)
        role = self._of.role[hits.entry]
        terms, cues, idioms = (hits.at(role == each) for each in Role)
        if not len(terms.entry):
            return []
        clauses = Clauses(passage)
        dates = dated(passage.folded.data, clauses)
        found = self._cues(passage, cues, dates)
        given_names = frozenset(terms.end[self._of.is_name[terms.entry]].tolist())
        silences = Silences(passage, clauses, found, given_names)
        kept, langs = Sieve(passage, self._entries, self._of, silences).counting(terms, idioms)
        detections = self._plain_detections(passage, kept, langs)
        qualifiers = Qualifiers(passage.folded.data, clauses, found, dates.start)
        for at, said in qualifiers.of(kept, langs, self._of.category[kept.entry]):
            detections[at] = _qualified(detections[at], said)
        for at in np.flatnonzero(self._of.is_name[kept.entry]).tolist():
            detections[at] = as_correspondent(detections[at], passage.text)
        return detections

    def _cues(self, passage: Passage, cues: Hits, dates: Hits) -> Cues:
        """The cues of the lexicon, and the dates that put something in the past, in the language around them."""
        langs = passage.langs_at(passage.folded.all_in_text(dates.start))
        dates, langs = dates.at(langs >= 0), langs[langs >= 0]
        return Cues(
            Hits(*map(np.concatenate, zip(cues, dates, strict=True))),
            np.concatenate([self._of.cue[cues.entry], np.full(len(langs), KINDS.index(Kind.PAST))]),
            np.concatenate([self._of.lang[cues.entry], langs]),
        )

    def _plain_detections(self, passage: Passage, hits: Hits, langs: Numbers) -> list[Detection]:
        """What the hits say before anything qualifies them."""
        words = self._confirming(passage.folded.data, hits)
        keys = hits.entry * len(LANGUAGES) + langs
        keys[[at for at, word in words.items() if not word]] += self._plain.unconfirmed
        places = (passage.folded.all_in_text(offsets).tolist() for offsets in hits[:2])
        plain, make = self._plain, tuple.__new__  # the namedtuple's own maker takes twice as long, for tens of thousands
        found = [make(Detection, (start, end, *plain[key])) for start, end, key in zip(*places, keys.tolist(), strict=True)]
        for at, word in words.items():
            if word:
                found[at] = found[at]._replace(why=f"{found[at].why}; confirmed by '{word}'")
        return found

    def _confirming(self, data: bytes, hits: Hits) -> dict[int, str]:
        """For each hit whose term needs a word near it, by its position, that word; empty where none stands there."""
        asked = _listed(hits, self._of.needs_word[hits.entry])
        return {at: word_near_hit(data, hit, self._entries[hit.entry].confirm, CONFIRM_WINDOW) for at, hit in asked}


def _listed(hits: Hits, mask: Mask) -> Iterator[tuple[int, Hit]]:
    """The hits where the mask holds, each with its position."""
    at = np.flatnonzero(mask)
    return zip(at.tolist(), hits.at(at).singly(), strict=True)


class _Plain(dict[int, tuple[object, ...]]):
    """By entry and language, the fields of a detection that nothing qualifies, behind its start and end.

    Attributes:
        unconfirmed: what is added to the key of a term that needs a word near it and has none.
    """

    def __init__(self, entries: Sequence[LexiconEntry]) -> None:
        super().__init__()
        self._entries = entries
        self.unconfirmed = len(entries) * len(LANGUAGES)

    def __missing__(self, key: int) -> tuple[object, ...]:
        unconfirmed, of_entry = divmod(key, self.unconfirmed)
        entry, lang = self._entries[of_entry // len(LANGUAGES)], LANGUAGES[of_entry % len(LANGUAGES)]
        why = f"term '{entry.term}' ({entry.lang} {entry.subject}, {entry.register})"
        made = Detection(
            start=0, end=0, category=entry.category, flags=entry.flags, type=entry.subject, lang=lang,
            score=min(entry.score, UNCONFIRMED_SCORE) if unconfirmed else entry.score,
            negated=False, about=About.SUBJECT, evidence=Evidence.LEXICON,
            why=f"{why}; no confirming word near: score lowered" if unconfirmed else why,
        )  # fmt: skip
        self[key] = tuple(made[2:])
        return self[key]


def _qualified(found: Detection, said: Qualification) -> Detection:
    """A detection with what the words around it add."""
    doubtful = said.hedged or said.past
    score = _lowered(found.score) if doubtful else found.score
    why = found.why + _in_words(said)
    behind = (score, bool(said.negated), said.about, found.evidence, why, bool(said.hedged), bool(said.past))
    return Detection._make((*found[:_SCORE], *behind))


def _lowered(score: float) -> float:
    """A score less what doubt takes; what counted still counts, since a doubtful datum is one."""
    return max(round(score - _DOUBT, 2), min(score, COUNTS))


def _in_words(said: Qualification) -> str:
    """What the qualifiers add to the explanation."""
    negated = f"; negated by '{said.negated}'" if said.negated else ""
    hedged = f"; doubted by '{said.hedged}': score lowered" if said.hedged else ""
    past = f"; past by '{said.past}': score lowered" if said.past else ""
    return negated + hedged + past + (f"; about somebody else by '{said.of}'" if said.of else "")
