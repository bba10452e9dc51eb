"""What the entries of a lexicon are, as arrays by their position: hits are sifted by them without a look at any entry."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from discretio.detection.cues import CUES, KINDS
from discretio.detection.silences import is_figurative
from discretio.detection.spelling import is_told_apart
from discretio.domain.lexicon import LANGUAGES, LexiconEntry

FOREIGN_TERM = 8
"""Letters from which a term of another language than the segment's still counts: loans, quotes, mixed notes."""
Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]


class Role(IntEnum):
    """What a hit of an entry is for."""

    TERM = 0
    CUE = 1
    IDIOM = 2


class EntryColumns:
    """The entries of a lexicon, column by column.

    Args:
        entries: the lexicon.

    Attributes:
        role: what each is for.
        lang: its position in LANGUAGES.
        cue: the position in KINDS of what it does, if it is a cue.
        category: its category, 0 without one.
        class_: a number for its category and flags together.
        score: how sure it alone makes us.
        is_name: it is a given name, at home in every language.
        capitalised: it counts only with a capital.
        is_long: it counts in any language.
        is_touchy: its accents, or words near it, can make it another word or silence it.
        is_figurative: bodies and things can have it too.
        needs_word: a word near it has to confirm it.
    """

    def __init__(self, entries: Sequence[LexiconEntry]) -> None:
        langs = {lang: position for position, lang in enumerate(LANGUAGES)}
        kinds = {kind.value: position for position, kind in enumerate(KINDS)}
        classes: dict[tuple[object, ...], int] = {}
        self.role = np.array([_role(entry) for entry in entries], np.int8)
        self.lang: Numbers = np.array([langs[entry.lang] for entry in entries], np.int64)
        self.cue: Numbers = np.array([kinds.get(entry.register, -1) for entry in entries], np.int64)
        self.category: Numbers = np.array([entry.category or 0 for entry in entries], np.int64)
        self.class_: Numbers = np.array(
            [classes.setdefault((entry.category, entry.flags), len(classes)) for entry in entries], np.int64
        )
        self.score = np.array([entry.score for entry in entries], np.float64)
        self.is_name = _mask(entries, lambda entry: entry.category == 1)
        self.capitalised = _mask(entries, lambda entry: entry.capitalised)
        self.is_long = _mask(entries, lambda entry: len(entry.stem) >= FOREIGN_TERM)
        self.is_touchy = _mask(entries, lambda entry: bool(entry.cancel) or is_told_apart(entry))
        self.is_figurative = _mask(entries, is_figurative)
        self.needs_word = _mask(entries, lambda entry: bool(entry.confirm))


def _role(entry: LexiconEntry) -> Role:
    if entry.idiom:
        return Role.IDIOM
    return Role.CUE if entry.subject == CUES else Role.TERM


def _mask(entries: Sequence[LexiconEntry], holds: Callable[[LexiconEntry], bool]) -> Mask:
    return np.array([holds(entry) for entry in entries], np.bool_)
