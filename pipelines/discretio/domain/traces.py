"""What points to the persons of a dossier in words: names, long numbers, addresses and keys, kept as keyed hashes only.

They are made while the dossier still stands, under a key of its plan alone, and looked for once it is erased. Without that key
they say nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b

SHORTEST_WORD = 6
"""Shorter words turn up by chance among the bytes of a file."""
LONGEST_NAME = 8
"""Words of a name."""

TRACE_BYTES = 8
WHOLE = b"\0"
"""Stands before the trace of a whole number or address where the others are words with their length."""

_LONGEST_WORD = 200
_WORD = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_LONGEST_ADDRESS = 254
_MAYBE_NUMBER = re.compile(r"\d[\d ./-]{7,}\d")
# Nine digits or more: telephone, account, register and case numbers, but no dates.
_NUMBER = re.compile(
    r"(?<!\d)(?<!\d[./-])(?!\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d(?!\d))(?!(?:19|20)\d\d-\d\d-\d\d(?!\d))\d(?:[ ./-]?\d){8,39}"
)
_ACCENTS = re.compile("[\u0300-\u036f]+")
_NOT_DIGITS = re.compile(r"\D+")


class Kind(StrEnum):
    """What a value is: a person's names, the store's own key of a dossier or of a row in it, or any other text."""

    NAMES = "names"
    KEY = "key"
    ROW_KEY = "row_key"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Traces:
    """Keyed hashes of what points to the persons of one dossier.

    Attributes:
        words: single words, each after one byte that says how long it is, and whole numbers and addresses after WHOLE: looked
            for among the bytes of a store's files.
        mentions: whole names, numbers, addresses and the key of the dossier, and the words of names: looked for in others.
    """

    words: frozenset[bytes]
    mentions: frozenset[bytes]


def traces_of(key: bytes, values: Iterable[tuple[Kind, str]]) -> Traces:
    """The traces of one dossier.

    Args:
        key: the plan's own, 32 bytes.
        values: every text and key of the dossier.
    """
    words: set[bytes] = set()
    mentions: set[bytes] = set()
    for kind, value in values:
        text = folded(value)
        if kind is Kind.NAMES:
            names = [words_of(name) for name in text.split("|")]
            mentions.update(hashed for name in names for hashed in _name_traces(key, name))
            words.update(word_trace(key, word) for name in names for word in name if is_telling(word))
        else:
            found = [*numbers_in(text), *addresses_in(text)] if kind is Kind.TEXT else [text]
            wholes = {whole_trace(key, one) for one in found if len(one) >= SHORTEST_WORD}
            mentions |= wholes if kind is not Kind.ROW_KEY else set()
            words.update(WHOLE + whole for whole in wholes if kind is Kind.TEXT)
            words.update(word_trace(key, word) for one in found for word in _telling_words(one))
    return Traces(frozenset(words), frozenset(mentions))


def folded(text: str) -> str:
    """The text without case and accents."""
    if text.isascii():
        return text.lower()
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text)).casefold()


def words_of(text: str) -> list[str]:
    """The words of a folded text: letters and digits that stand together."""
    return _WORD.findall(text)


def numbers_in(text: str) -> Iterator[str]:
    """The long numbers in a folded text, as digits alone, without the zeros or the Belgian prefix that some write."""
    for maybe in _MAYBE_NUMBER.findall(text):
        for found in _NUMBER.findall(maybe):
            yield _NOT_DIGITS.sub("", found).lstrip("0").removeprefix("32")


def addresses_in(text: str) -> Iterator[str]:
    """The e-mail addresses in a folded text."""
    at = text.find("@")
    while at >= 0:
        # Looked for around each @ alone: letters without one are many.
        if found := _ADDRESS.search(text, max(0, at - 64), at + _LONGEST_ADDRESS):
            yield found[0].rstrip(".-")
        at = text.find("@", at + 1)


def is_telling(word: str) -> bool:
    """Whether a word is long enough not to turn up by chance."""
    return SHORTEST_WORD <= len(word) <= _LONGEST_WORD


def word_trace(key: bytes, word: str) -> bytes:
    """The trace of a single word, its length before it."""
    return bytes((len(word),)) + _hash(key, "word", word)


def whole_trace(key: bytes, text: str) -> bytes:
    """The trace of a whole number, address or key."""
    return _hash(key, "whole", text)


def name_word_trace(key: bytes, word: str) -> bytes:
    """The trace of a word that is part of a name."""
    return _hash(key, "part", word)


def name_trace(key: bytes, words: Iterable[str]) -> bytes:
    """The trace of a name, whichever of its words comes first."""
    return _hash(key, "name", " ".join(sorted(words)))


def _name_traces(key: bytes, name: list[str]) -> Iterator[bytes]:
    # A name of one word points to nobody in particular.
    if 2 <= len(name) <= LONGEST_NAME:
        yield name_trace(key, name)
        yield from (name_word_trace(key, word) for word in name)


def _telling_words(text: str) -> Iterator[str]:
    """The words of a key, number or address that tell it from others: those with a digit, or of an address."""
    return (word for word in words_of(text) if is_telling(word) and (any(map(str.isdigit, word)) or "@" in text))


def _hash(key: bytes, kind: str, text: str) -> bytes:
    return blake2b(f"{kind}\0{text}".encode("utf-8", "surrogateescape"), digest_size=TRACE_BYTES, key=key).digest()
