"""Lexicon terms in a passage: which hits count, which are silenced by idiom, name or context, what qualifies them, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from discretio.detection.automaton import Hit, Hits, TermAutomaton
from discretio.detection.clauses import Clauses
from discretio.detection.correspondents import as_correspondent
from discretio.detection.cues import CUES, KINDS, Cues, Kind
from discretio.detection.dated import dated
from discretio.detection.entry_columns import EntryColumns, Mask, Numbers, Role
from discretio.detection.passage import Passage
from discretio.detection.qualifiers import PLAIN, Qualification, Qualifiers, may_qualify
from discretio.detection.sifting import Sieve
from discretio.detection.silences import Silences
from discretio.detection.words_near import word_near_hit
from discretio.domain.detections import About, Detection, Evidence
from discretio.domain.lexicon import LANGUAGES, LexiconEntry

CONFIRM_WINDOW = 90
UNCONFIRMED_SCORE = 0.3
COUNTS = 0.5
"""The score from which a detection counts where nobody says otherwise."""
_DOUBT = 0.05  # what doubt or the past takes from a score


class LexiconFinder:
    """All the lexicons as one finder; its types are the subjects.

    Args:
        entries: the lexicon of all languages, cues among them.
    """

    name = "lexicon"

    def __init__(self, entries: Sequence[LexiconEntry]) -> None:
        self._entries = tuple(entries)
        self._automaton = TermAutomaton(self._entries)
        self._of = EntryColumns(self._entries)
        self._plain = _Plain(self._entries)
        self.types = tuple(sorted({entry.subject for entry in entries if not entry.idiom and entry.subject != CUES}))

    def find(self, passage: Passage) -> list[Detection]:
        """One detection per datum: the longest term of its class, unless something silences it."""
        hits = self._automaton.columns(passage.folded)
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
        for at, hit in _listed(kept, self._of.needs_word[kept.entry]):
            detections[at] = _confirmed(detections[at], hit, self._entries[hit.entry], passage.folded.data)
        qualifiers = Qualifiers(passage.folded.data, clauses, found, dates.start)
        for at, hit in _listed(kept, may_qualify(clauses, found, kept, langs)):
            detections[at] = _qualified(detections[at], qualifiers.of(hit, detections[at].lang, detections[at].category))
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
        places = (passage.folded.all_in_text(offsets).tolist() for offsets in hits[:2])
        plain, make = self._plain, tuple.__new__  # the namedtuple's own maker takes twice as long, for tens of thousands
        keys = (hits.entry * len(LANGUAGES) + langs).tolist()
        return [make(Detection, (start, end, *plain[key])) for start, end, key in zip(*places, keys, strict=True)]


def _listed(hits: Hits, mask: Mask) -> Iterator[tuple[int, Hit]]:
    """The hits where the mask holds, each with its position."""
    at = np.flatnonzero(mask)
    return zip(at.tolist(), map(Hit, *(column.tolist() for column in hits.at(at))), strict=True)


class _Plain(dict[int, tuple[object, ...]]):
    """By entry and language, the fields of a detection that nothing qualifies, behind its start and end."""

    def __init__(self, entries: Sequence[LexiconEntry]) -> None:
        super().__init__()
        self._entries = entries

    def __missing__(self, key: int) -> tuple[object, ...]:
        entry, lang = self._entries[key // len(LANGUAGES)], LANGUAGES[key % len(LANGUAGES)]
        why = f"term '{entry.term}' ({entry.lang} {entry.subject}, {entry.register})"
        made = Detection(
            start=0, end=0, category=entry.category, flags=entry.flags, type=entry.subject, lang=lang, score=entry.score,
            negated=False, about=About.SUBJECT, evidence=Evidence.LEXICON, why=why,
        )  # fmt: skip
        self[key] = tuple(made[2:])
        return self[key]


def _confirmed(found: Detection, hit: Hit, entry: LexiconEntry, data: bytes) -> Detection:
    """A detection whose term needs a word near it: sure with one, not without."""
    word = word_near_hit(data, hit, entry.confirm, CONFIRM_WINDOW)
    if word:
        return found._replace(why=f"{found.why}; confirmed by '{word}'")
    score = min(found.score, UNCONFIRMED_SCORE)
    return found._replace(score=score, why=f"{found.why}; no confirming word near: score lowered")


def _qualified(found: Detection, said: Qualification) -> Detection:
    """A detection with what the words around it add."""
    if said is PLAIN:
        return found
    doubtful = said.hedged or said.past
    return found._replace(
        score=_lowered(found.score) if doubtful else found.score, negated=bool(said.negated), about=said.about,
        why=found.why + _in_words(said), hedged=bool(said.hedged), past=bool(said.past),
    )  # fmt: skip


def _lowered(score: float) -> float:
    """A score less what doubt takes; what counted still counts, since a doubtful datum is one."""
    return max(round(score - _DOUBT, 2), min(score, COUNTS))


def _in_words(said: Qualification) -> str:
    """What the qualifiers add to the explanation."""
    parts = (
        f"negated by '{said.negated}'" if said.negated else "",
        f"doubted by '{said.hedged}': score lowered" if said.hedged else "",
        f"past by '{said.past}': score lowered" if said.past else "",
        f"about somebody else by '{said.of}'" if said.of else "",
    )
    return "".join(f"; {part}" for part in parts if part)
