"""Long passages that stand in two texts, recognised without keeping either: keyed marks of shingles, thinned by winnowing.

A shingle is six words in a row, without case, accents and signs, so that a copy survives another format, a line break or a
mail programme. Of every four shingles in a row the one with the least keyed hash is kept as a mark (Schleimer, Wilkerson and
Aiken, Winnowing, SIGMOD 2003): an unchanged passage of LONG words has ENOUGH marks in common wherever it stands, for certain.
Who doesn't hold the key can neither make nor check a mark.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SHINGLE = 6
WINDOW = 4
ENOUGH = 4
LONG = SHINGLE + WINDOW * ENOUGH - 1
"""Words of the shortest passage that is found for certain; shorter texts are not looked for."""
NEAR = 64
"""Words within which the marks of one passage lie: set phrases that are strewn over a long text are no passage."""

_MARK_BYTES = 8
_BROKEN_WORD = re.compile(r"(?<=\w)[-\u2010]\s*\n\s*(?=\w)")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark of a text: the number of its first word, and the keyed hash of its shingle, 64 bits."""

    word: int
    value: int


def words_of(text: str) -> list[str]:
    """The words of a text in the one spelling that is compared."""
    joined = _BROKEN_WORD.sub("", text.replace("\u00ad", ""))
    if not joined.isascii():
        joined = "".join(c for c in unicodedata.normalize("NFKD", joined) if not unicodedata.combining(c))
    return _WORD.findall(joined.casefold())


def marks_of(text: str, key: bytes) -> list[Mark]:
    """The marks of a text, in its order; none of a text shorter than LONG words.

    Args:
        text: any text.
        key: at most 64 bytes; marks made under another key have nothing in common with these.
    """
    words = words_of(text)
    return _winnowed([_hashed(shingle, key) for shingle in _shingles(words)]) if len(words) >= LONG else []


def is_passage(words: Sequence[int]) -> bool:
    """Whether ENOUGH marks that were found again lie near each other.

    Args:
        words: where the marks stand, by the number of their first word, in order, each once.
    """
    return any(last - first <= NEAR for first, last in zip(words, words[ENOUGH - 1 :], strict=False))


def _shingles(words: list[str]) -> Iterator[bytes]:
    for first in range(len(words) - SHINGLE + 1):
        yield " ".join(words[first : first + SHINGLE]).encode("utf-8", "surrogatepass")


def _hashed(shingle: bytes, key: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(shingle, digest_size=_MARK_BYTES, key=key).digest(), "big")


def _winnowed(hashes: list[int]) -> list[Mark]:
    """Of each window the least, the last of several equal ones; each place once."""
    marks: list[Mark] = []
    kept = -1
    for first in range(len(hashes) - WINDOW + 1):
        window = hashes[first : first + WINDOW]
        least = min(window)
        place = first + WINDOW - 1 - window[::-1].index(least)
        if place != kept:
            marks.append(Mark(place, least))
            kept = place
    return marks
