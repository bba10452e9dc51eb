"""Words of a lexicon entry that confirm or cancel it when they stand near."""

from __future__ import annotations

import re
from functools import lru_cache

from discretio.detection.automaton import Hit
from discretio.detection.folding import fold_term


def word_near_hit(data: bytes, hit: Hit, words: tuple[str, ...], window: int) -> str:
    """The word found before or behind a hit in folded data, at most so many bytes away; an empty string if there is none."""
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
