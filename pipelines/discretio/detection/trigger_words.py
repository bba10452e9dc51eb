"""Words that tell where a pattern is worth trying; all groups are found in one pass over the folded text.

They are no evidence, they only save time.
"""

from __future__ import annotations

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


@cache
def _compiled() -> tuple[TermAutomaton, tuple[tuple[str, str], ...]]:
    # In the order in which they are listed: of two words that fold to the same letters the first one is told first.
    named = tuple((group, word) for group, words in _GROUPS.items() for word in dict.fromkeys(map(_key, words)))
    return TermAutomaton([LexiconEntry(word, "en", group, None) for group, word in named]), named


def _key(word: str) -> str:
    # A word may end in a sign that joins nothing; the boundary is judged by the letter before it.
    return word.rstrip(".'()")


def groups_in(folded: Folded) -> dict[str, Hits]:
    """The words of each group in a folded text, with offsets in the text; `word_of` tells which one a hit is."""
    automaton, named = _compiled()
    start, end, entry = automaton.columns(folded)
    found = Hits(folded.all_in_text(start), folded.all_in_text(end), entry)
    order = list(_GROUPS)
    number = np.array([order.index(group) for group, _ in named], np.int64)[entry]
    return {group: found.at(number == position) for position, group in enumerate(order)}


def word_of(entry: int) -> str:
    """The word of a hit, as it is listed, without a full stop behind it."""
    return _compiled()[1][entry][1]
