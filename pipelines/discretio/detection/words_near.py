"""Words of a lexicon entry that confirm or cancel it when they stand near."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

import ahocorasick_rs

from discretio.detection.automaton import Hit
from discretio.detection.folding import fold_term

_JOINS = re.compile(rb"\w")
_APART = bytes(byte if _JOINS.match(bytes([byte])) else ord(" ") for byte in range(256))
"""What leaves of a stretch its words alone, with blanks between them."""


def word_near_hit(data: bytes, hit: Hit, words: tuple[str, ...], window: int) -> str:
    """The word found before or behind a hit in folded data, at most so many bytes away; an empty string if there is none."""
    context = _context(words)
    before, behind = data[max(0, hit.start - window) : hit.start], data[hit.end : hit.end + window]
    if not context.may_stand_in(before + b" " + behind):
        return ""
    found = context.pattern.search(before) or context.pattern.search(behind)
    return found.group().decode("ascii", "replace") if found else ""


class _Context(NamedTuple):
    """Words that confirm or cancel a term, in the ways in which they are looked for.

    Attributes:
        pattern: finds one of them.
        automaton: the same words among words with blanks between them; it tells five times as fast that none is there.
    """

    pattern: re.Pattern[bytes]
    automaton: ahocorasick_rs.BytesAhoCorasick

    def may_stand_in(self, stretch: bytes) -> bool:
        """Whether the pattern is worth trying: most terms have none of their words near."""
        return bool(self.automaton.find_matches_as_indexes(b" %b " % stretch.translate(_APART)))


@lru_cache(maxsize=1024)
def _context(words: tuple[str, ...]) -> _Context:
    return _Context(
        re.compile(b"|".join(map(_expression, words))),
        ahocorasick_rs.BytesAhoCorasick(sorted({_among_words(word) for word in words})),
    )


def _among_words(word: str) -> bytes:
    """What stands wherever the expression of a word matches, once every sign that joins no word is a blank."""
    stem = fold_term(word.strip("*"))
    begins, ends = word[0] != "*" and _JOINS.match(stem), word[-1] != "*" and _JOINS.match(stem, len(stem) - 1)
    return (b" " if begins else b"") + stem.translate(_APART) + (b" " if ends else b"")


def _expression(word: str) -> bytes:
    stem = fold_term(word.strip("*"))
    first, rest = re.escape(stem[:1]), re.escape(stem[1:]) + (b"" if word.endswith("*") else rb"\b")
    if word.startswith("*"):
        return first + rest
    # Looking behind the first letter and not before it lets Python skip to where one stands.
    return first + rb"(?<!\w" + first + b")" + rest if stem[:1].isalnum() else rb"\b" + first + rest
