"""Words that tell where a pattern is worth trying; all groups are found in one pass over the folded text.

They are no evidence, they only save time.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from discretio.detection import vocabulary
from discretio.detection.automaton import TermAutomaton
from discretio.detection.folding import Folded
from discretio.detection.shapes import Positions
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
    "passport": ("pas", "paspoort*", "passport*", "passeport*", "reispas*", "reisepas*", "passnummer", "pass", "passnr"),
}  # fmt: skip


@cache
def _compiled() -> tuple[TermAutomaton, tuple[str, ...]]:
    named = {(group, _key(word)) for group, words in _GROUPS.items() for word in words}
    ordered = sorted(named)
    entries = [LexiconEntry(word, "en", group, None) for group, word in ordered]
    return TermAutomaton(entries), tuple(group for group, _ in ordered)


def _key(word: str) -> str:
    # A word may end in a sign that joins nothing; the boundary is judged by the letter before it.
    return word.rstrip(".'()")


def groups_in(folded: Folded) -> dict[str, Positions]:
    """Where the words of each group begin in a folded text, in order."""
    automaton, groups = _compiled()
    start, _, entry = automaton.columns(folded)
    order = sorted(_GROUPS)
    number = np.array([order.index(group) for group in groups], np.int64)[entry]
    return {group: np.unique(start[number == position]) for position, group in enumerate(order)}
