"""Words that tell where a pattern is worth trying; all groups are found at once, with the terms of a lexicon.

They are no evidence, they only save time.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from discretio.detection import vocabulary
from discretio.detection.automaton import Hits, TermAutomaton
from discretio.detection.folding import Folded
from discretio.domain.lexicon import LexiconEntry

_GROUPS = {
    "origin": vocabulary.COMES_FROM,
    "birth": vocabulary.BIRTH,
    "street": vocabulary.STREETS,
    "street_ending": tuple(f"*{ending}" for ending in vocabulary.STREET_ENDINGS),
    "currency": vocabulary.CURRENCY,
    "case": (
        "pv", "p.v", "proces-verbaal", "procès-verbal", "protokoll", "notice", "notitienummer", "notitienr", "rolnummer",
        "rolnr", "rôle", "aktenzeichen", "griffienummer", "rg", "az", "ar", "gas", "sac", "akte", "dossiernummer",
        "strafakte", "case", "docket",
    ),
    "title": (
        *vocabulary.PROFESSIONAL_TITLES, *vocabulary.PRIVATE_TITLES, *vocabulary.KIN, *vocabulary.ACQUAINTANCES,
        *vocabulary.CHILDREN,
    ),
    "passport": ("pas", "paspoort*", "passport*", "passeport*", "reispas*", "reisepas*", "passnummer", "pass", "passnr"),
}  # fmt: skip


def _key(word: str) -> str:
    # A word may end in a sign that joins nothing; the boundary is judged by the letter before it.
    return word.rstrip(".'()")


# In the order in which they are listed: of two words that fold to the same letters the first one is told first.
_NAMED = tuple((group, word) for group, words in _GROUPS.items() for word in dict.fromkeys(map(_key, words)))
_GROUP_OF = np.array([list(_GROUPS).index(group) for group, _ in _NAMED], np.int64)


def word_of(entry: int) -> str:
    """The word of a hit, as it is listed, without a full stop behind it."""
    return _NAMED[entry][1]


class OneWalk:
    """The terms of a lexicon and these words in one automaton: a text is walked over once for both.

    Args:
        entries: the lexicon; none by default.
    """

    def __init__(self, entries: Sequence[LexiconEntry] = ()) -> None:
        self._own = len(entries)
        self._automaton = TermAutomaton([*entries, *(LexiconEntry(word, "en", group, None) for group, word in _NAMED)])

    def over(self, folded: Folded) -> tuple[Hits, dict[str, Hits]]:
        """The hits of the lexicon, with offsets in the folded text; and those of each group, in the order of their ends.

        The offsets of the words are those in the text itself, and `word_of` tells which one a hit is.
        """
        found = self._automaton.columns(folded)
        is_term = found.entry < self._own
        start, end, entry = found.at(~is_term)
        words = Hits(folded.all_in_text(start), folded.all_in_text(end), entry - self._own)
        group = _GROUP_OF[words.entry]
        return found.at(is_term), {name: words.at(group == number) for number, name in enumerate(_GROUPS)}


@cache
def words_alone() -> OneWalk:
    """For those who ask for no lexicon."""
    return OneWalk()
