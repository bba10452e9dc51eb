"""Lexicon terms in a passage: which hits count, which are silenced by idiom, name or context, what qualifies them, and why."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate

from discretio.detection.automaton import Hit, TermAutomaton
from discretio.detection.clauses import Clauses
from discretio.detection.cues import CUES, Cues
from discretio.detection.folding import fold_term
from discretio.detection.passage import Passage
from discretio.detection.qualifiers import Qualification, Qualifiers
from discretio.detection.silences import Silences, is_street
from discretio.detection.spelling import Spelling
from discretio.domain.detections import Detection, Evidence
from discretio.domain.lexicon import LexiconEntry

CONFIRM_WINDOW = 90
CANCEL_WINDOW = 45
UNCONFIRMED_SCORE = 0.3
_DOUBT = 0.05  # what doubt or the past takes from a score
_FOREIGN_TERM = 8  # letters from which a term of another language than the segment's still counts: loans, quotes, mixed notes


class LexiconFinder:
    """All the lexicons as one finder; its types are the subjects.

    Args:
        entries: the lexicon of all languages, cues among them.
    """

    name = "lexicon"

    def __init__(self, entries: Sequence[LexiconEntry]) -> None:
        self._entries = tuple(entries)
        self._automaton = TermAutomaton(self._entries)
        self.types = tuple(sorted({entry.subject for entry in entries if not entry.idiom and entry.subject != CUES}))

    def find(self, passage: Passage) -> list[Detection]:
        """One detection per datum: the longest term of its class, unless something silences it."""
        terms, cues, idioms = self._sorted(self._automaton.hits(passage.folded))
        if not terms:
            return []
        clauses, found = Clauses(passage), Cues(cues, self._entries)
        judge = _Judge(passage, Silences(passage, clauses, found, self._given_names(terms)))
        kept = _longest([hit for hit in _outside(terms, idioms) if judge.counts(hit, self._entries[hit.entry])], self._entries)
        qualifiers = Qualifiers(passage.folded.data, clauses, found)
        return [_detection(passage, hit, self._entries[hit.entry], qualifiers) for hit in kept]

    def _sorted(self, hits: Iterable[Hit]) -> tuple[list[Hit], list[Hit], list[Hit]]:
        terms: list[Hit] = []
        cues: list[Hit] = []
        idioms: list[Hit] = []
        for hit in hits:
            entry = self._entries[hit.entry]
            (idioms if entry.idiom else cues if entry.subject == CUES else terms).append(hit)
        return terms, cues, idioms

    def _given_names(self, terms: Iterable[Hit]) -> frozenset[int]:
        return frozenset(hit.end for hit in terms if self._entries[hit.entry].category == 1)


class _Judge:
    """Which hits of one text count."""

    def __init__(self, passage: Passage, silences: Silences) -> None:
        self._passage, self._silences, self._spelling = passage, silences, Spelling(passage)

    def counts(self, hit: Hit, entry: LexiconEntry) -> bool:
        data, start = self._passage.folded.data, self._passage.folded.in_text(hit.start)
        capital = self._passage.text[start].isupper()
        if entry.capitalised and not capital:
            return False
        if entry.category == 1:  # a name is at home in every language
            return not is_street(data, hit)
        lang = self._passage.lang_at(start)
        if entry.lang != lang and len(entry.stem) < _FOREIGN_TERM:
            return False
        return not (
            (capital and self._silences.by_name(hit, entry, lang))
            or self._spelling.is_another_word(hit, entry)
            or (entry.cancel and _near(data, hit, entry.cancel, CANCEL_WINDOW))
            or self._silences.by_context(hit, entry, lang)
        )


def _detection(passage: Passage, hit: Hit, entry: LexiconEntry, qualifiers: Qualifiers) -> Detection:
    start, end = passage.folded.in_text(hit.start), passage.folded.in_text(hit.end)
    lang = passage.lang_at(start)
    score, why = entry.score, f"term '{entry.term}' ({entry.lang} {entry.subject}, {entry.register})"
    if entry.confirm:
        word = _near(passage.folded.data, hit, entry.confirm, CONFIRM_WINDOW)
        score = score if word else min(score, UNCONFIRMED_SCORE)
        why += f"; confirmed by '{word}'" if word else "; no confirming word near: score lowered"
    said = qualifiers.of(hit, lang, entry.category)
    if said.hedged or said.past:
        score = round(score - _DOUBT, 2)
    return Detection(
        start=start, end=end, category=entry.category, flags=entry.flags, type=entry.subject, lang=lang, score=score,
        negated=bool(said.negated), about=said.about, evidence=Evidence.LEXICON, why=why + _in_words(said),
        hedged=bool(said.hedged), past=bool(said.past),
    )  # fmt: skip


def _in_words(said: Qualification) -> str:
    """What the qualifiers add to the explanation."""
    parts = (
        f"negated by '{said.negated}'" if said.negated else "",
        f"doubted by '{said.hedged}': score lowered" if said.hedged else "",
        f"past by '{said.past}': score lowered" if said.past else "",
        f"about somebody else by '{said.of}'" if said.of else "",
    )
    return "".join(f"; {part}" for part in parts if part)


def _near(data: bytes, hit: Hit, words: tuple[str, ...], window: int) -> str:
    pattern = _context(words)
    for side in (data[max(0, hit.start - window) : hit.start], data[hit.end : hit.end + window]):
        found = pattern.search(side)
        if found:
            return found.group().decode("ascii", "replace")
    return ""


@lru_cache(maxsize=1024)
def _context(words: tuple[str, ...]) -> re.Pattern[bytes]:
    parts = [
        (b"" if word.startswith("*") else rb"\b")
        + re.escape(fold_term(word.strip("*")))
        + (b"" if word.endswith("*") else rb"\b")
        for word in words
    ]
    return re.compile(b"|".join(parts))


def _outside(hits: Iterable[Hit], idioms: Sequence[Hit]) -> list[Hit]:
    """The hits that lie in no idiom, in n log n."""
    ordered = sorted((idiom.start, idiom.end) for idiom in idioms)
    starts = [start for start, _ in ordered]
    reach = list(accumulate((end for _, end in ordered), max))
    return [hit for hit in hits if (before := bisect_right(starts, hit.start)) == 0 or reach[before - 1] < hit.end]


def _longest(hits: Iterable[Hit], entries: Sequence[LexiconEntry]) -> list[Hit]:
    """Of hits of one class that lie inside one another, the longest; of equal ones, the surest."""
    kept: list[Hit] = []
    reached: dict[tuple[object, ...], int] = {}
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end, -entries[hit.entry].score, hit.entry)):
        entry = entries[hit.entry]
        key = (entry.category, entry.flags)
        if hit.end > reached.get(key, -1):
            reached[key] = hit.end
            kept.append(hit)
    return kept
