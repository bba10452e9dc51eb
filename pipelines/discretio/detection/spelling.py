"""Accents that tell words apart: jeûne and jeune, zählt and zahlt. Folding loses them, the text still has them."""

from __future__ import annotations

import unicodedata
from functools import cache

from discretio.detection.automaton import Hit
from discretio.detection.folding import fold_term
from discretio.detection.passage import Passage
from discretio.domain.lexicon import LexiconEntry

_WINDOW = 120
# Stems whose accent makes them another word; of others (refuse, refusé) the accent changes the form alone.
_TOLD_APART = frozenset(
    """
    jeûne jeune cure curé traité traitée traite violé viole interné prêt pret pêche peche zählt zahlt mûre tâche sécrète
    gène gêne forêt exposé baptisé typé drücken drucken prière schwül schwul sûr
    """.split()  # noqa: SIM905 - a list of thirty strings reads worse
)


def is_told_apart(entry: LexiconEntry) -> bool:
    """Whether accents can make a term another word at all."""
    return entry.stem.lower() in _TOLD_APART


class Spelling:
    """How one text writes accents.

    Args:
        passage: the text.
    """

    def __init__(self, passage: Passage) -> None:
        self._passage = passage
        self._plain = passage.text.isascii()

    def is_another_word(self, hit: Hit, entry: LexiconEntry) -> bool:
        """Whether the accents in the text make it another word than the term.

        An accent too many always does. One too few does only where the writer uses accents elsewhere near.
        """
        wanted = entry.stem.lower()
        if wanted not in _TOLD_APART or (self._plain and wanted.isascii()):
            return False
        found = self._spelt(hit, _folded(wanted))
        if found is None or found == wanted:
            return False
        if _accents(found) > _accents(wanted):
            return True
        start = self._passage.folded.in_text(hit.start)
        return not self._passage.text[max(0, start - _WINDOW) : start + _WINDOW].isascii()

    def _spelt(self, hit: Hit, stem: bytes) -> str | None:
        """The stem of a term as the text spells it; None where the letters can't be told (decomposed text, capitals)."""
        folded = self._passage.folded
        at = folded.data.find(stem, hit.start, hit.end)
        if folded.offsets is not None or at < 0:
            return None
        spelt = self._passage.text[at : at + len(stem)]
        return None if spelt.isupper() else spelt.lower()


@cache
def _folded(wanted: str) -> bytes:
    return fold_term(wanted)


def _accents(word: str) -> int:
    return sum(unicodedata.normalize("NFD", letter)[1:] != "" for letter in word)
