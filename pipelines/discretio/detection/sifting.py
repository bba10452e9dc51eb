"""Which hits of terms count: not those of another language, in an idiom, silenced, or inside a longer one of their class.

What decides for thousands is decided by array; only hits that something near them could silence are looked at one by one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from discretio.detection.automaton import Hit, Hits
from discretio.detection.entry_columns import EntryColumns, Mask, Numbers
from discretio.detection.passage import Passage
from discretio.detection.shapes import are_capitals
from discretio.detection.silences import Silences, is_street
from discretio.detection.spelling import Spelling
from discretio.detection.words_near import word_near_hit
from discretio.domain.lexicon import LANGUAGES, LexiconEntry

CANCEL_WINDOW = 45
_APART = 1 << 40


class Sieve:
    """Sifts the hits of one text.

    Args:
        passage: the text.
        entries: the lexicon.
        columns: the same as arrays.
        silences: what silences terms in this text.
    """

    def __init__(self, passage: Passage, entries: Sequence[LexiconEntry], columns: EntryColumns, silences: Silences) -> None:
        self._passage, self._entries, self._of, self._silences = passage, entries, columns, silences
        self._spelling = Spelling(passage)

    def counting(self, terms: Hits, idioms: Hits) -> tuple[Hits, Numbers]:
        """The hits that count, by start, and the language at each, as a position in LANGUAGES."""
        starts = self._passage.folded.all_in_text(terms.start)
        langs, capitals = self._passage.langs_at(starts), are_capitals(self._passage.folded.codes[starts])
        possible = np.flatnonzero(self._possible(terms, langs, capitals) & _outside(terms, idioms))
        terms, langs, capitals = terms.at(possible), langs[possible], capitals[possible]
        stays = self._unsilenced(terms, langs, capitals)
        terms, langs = terms.at(stays), langs[stays]
        longest = _longest(terms, self._of)
        return terms.at(longest), langs[longest]

    def _possible(self, terms: Hits, langs: Numbers, capitals: Mask) -> Mask:
        of, entry = self._of, terms.entry
        at_home = of.is_name[entry] | of.is_long[entry] | (of.lang[entry] == langs)
        possible: Mask = at_home & (capitals | ~of.capitalised[entry])
        return possible

    def _unsilenced(self, terms: Hits, langs: Numbers, capitals: Mask) -> Mask:
        """Those that nothing refuses; each is asked only what could refuse it."""
        of, entry = self._of, terms.entry
        stays, no_name = np.ones(len(entry), np.bool_), ~of.is_name[entry]
        figurative = of.is_figurative[entry] & self._silences.may_silence(terms, langs)
        for mask, refuses in (
            (of.is_name[entry], self._in_street),
            (capitals & no_name, self._silences.by_name),
            (of.is_touchy[entry] & no_name, self._cancelled),
            (figurative & no_name, self._silences.by_context),
        ):
            asked = np.flatnonzero(mask & stays)
            said = zip(terms.at(asked).singly(), langs[asked].tolist(), strict=True)
            stays[asked] = [not refuses(hit, self._entries[hit.entry], LANGUAGES[lang]) for hit, lang in said]
        return stays

    def _in_street(self, hit: Hit, _entry: LexiconEntry, _lang: str) -> bool:
        return is_street(self._passage.folded.data, hit)

    def _cancelled(self, hit: Hit, entry: LexiconEntry, _lang: str) -> bool:
        near = entry.cancel and word_near_hit(self._passage.folded.data, hit, entry.cancel, CANCEL_WINDOW)
        return bool(near) or self._spelling.is_another_word(hit, entry)


def _outside(terms: Hits, idioms: Hits) -> Mask:
    """Which terms lie in no idiom."""
    order = np.argsort(idioms.start, kind="stable")
    reach = np.append(-1, np.maximum.accumulate(idioms.end[order]))
    outside: Mask = reach[np.searchsorted(idioms.start[order], terms.start, side="right")] < terms.end
    return outside


def _longest(terms: Hits, of: EntryColumns) -> Numbers:
    """The positions, by start, of those that lie in no other of their class; of equal ones, the surest, without a condition."""
    class_, doubtful = of.class_[terms.entry], of.needs_word[terms.entry]
    order = np.lexsort((terms.entry, doubtful, -of.score[terms.entry], -terms.end, terms.start, class_))
    ends = terms.end[order] + class_[order] * _APART
    reach = np.maximum.accumulate(ends)
    longest = order[np.append(True, ends[1:] > reach[:-1])] if len(order) else order
    return longest[np.lexsort((terms.entry[longest], -terms.end[longest], terms.start[longest]))]
