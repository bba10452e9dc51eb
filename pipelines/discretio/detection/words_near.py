"""Words of a lexicon entry that confirm or cancel it when they stand near."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

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
        whole: those that are one whole word each.
        beginnings: what a word begins with, where one ends in a star.
        others: what stands in the text of all others.
    """

    pattern: re.Pattern[bytes]
    whole: frozenset[bytes]
    beginnings: tuple[bytes, ...]
    others: tuple[bytes, ...]

    def may_stand_in(self, stretch: bytes) -> bool:
        """Whether the pattern is worth trying: most terms have none of their words near, and this is told far faster."""
        words = stretch.translate(_APART).split()
        if not self.whole.isdisjoint(words):
            return True
        if self.beginnings and any(word.startswith(self.beginnings) for word in words):
            return True
        return any(other in stretch for other in self.others)


@lru_cache(maxsize=1024)
def _context(words: tuple[str, ...]) -> _Context:
    stems = {word: fold_term(word.strip("*")) for word in words}
    single = {word for word, stem in stems.items() if stem == stem.translate(_APART) and b" " not in stem and word[0] != "*"}
    return _Context(
        re.compile(b"|".join(map(_expression, words))),
        frozenset(stems[word] for word in single if word[-1] != "*"),
        tuple(sorted(stems[word] for word in single if word[-1] == "*")),
        tuple(sorted(stem for word, stem in stems.items() if word not in single)),
    )


def _expression(word: str) -> bytes:
    stem = fold_term(word.strip("*"))
    first, rest = re.escape(stem[:1]), re.escape(stem[1:]) + (b"" if word.endswith("*") else rb"\b")
    if word.startswith("*"):
        return first + rest
    # Looking behind the first letter and not before it lets Python skip to where one stands.
    return first + rb"(?<!\w" + first + b")" + rest if stem[:1].isalnum() else rb"\b" + first + rest
