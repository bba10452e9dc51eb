"""Look for the traces of erased dossiers in whatever text still stands: among the bytes of files, and in other dossiers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import groupby

from discretio.domain.traces import (
    LONGEST_NAME,
    SHORTEST_WORD,
    WHOLE,
    addresses_in,
    folded,
    name_trace,
    name_word_trace,
    numbers_in,
    whole_trace,
    word_trace,
    words_of,
)

_REMEMBERED = 500_000
_TRIED_INSIDE = 24
"""Longer runs of letters are tried at their two ends only: a word may have grown together with its neighbours there."""
_BESIDE_A_KEY = ".,;:()\"'"


class _Memory(dict[str, frozenset[bytes]]):
    """What was found in each distinct word, so that each is hashed once; forgotten when it grows too big."""

    def __init__(self, ask: Callable[[str], Iterator[bytes]]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, word: str) -> frozenset[bytes]:
        if len(self) >= _REMEMBERED:
            self.clear()
        found = self[word] = frozenset(self._ask(word))
        return found


class WordSearch:
    """Looks for single words, numbers and addresses among bytes, also where values have grown together.

    Args:
        key: the plan's own.
        words: `Traces.words` of what was erased.
    """

    def __init__(self, key: bytes, words: Collection[bytes]) -> None:
        self._key = key
        self._words = frozenset(words)
        self._lengths = sorted({word[0] for word in words} - {0})
        self._known = _Memory(self._inside)

    def found_in(self, texts: Iterable[str]) -> set[bytes]:
        """Which of the words stand in these texts."""
        found: set[bytes] = set()
        for text in texts:
            plain = folded(text)
            for run in set(words_of(plain)):
                if len(run) >= SHORTEST_WORD:
                    found |= self._known[run]
            wholes = {WHOLE + whole_trace(self._key, one) for one in (*numbers_in(plain), *addresses_in(plain))}
            found |= wholes & self._words
        return found

    def _inside(self, run: str) -> Iterator[bytes]:
        for length in self._lengths:
            last = len(run) - length
            starts = range(last + 1) if len(run) <= _TRIED_INSIDE else sorted({0, last})
            for start in starts if last >= 0 else ():
                trace = word_trace(self._key, run[start : start + length])
                if trace in self._words:
                    yield trace


class MentionSearch:
    """Looks for whole names, numbers, addresses and keys in texts.

    Args:
        key: the plan's own.
        mentions: `Traces.mentions` of what was erased.
    """

    def __init__(self, key: bytes, mentions: Collection[bytes]) -> None:
        self._key = key
        self._mentions = frozenset(mentions)
        self._parts = _Memory(lambda word: self._asked(name_word_trace(key, word)))
        self._wholes = _Memory(lambda word: self._asked(whole_trace(key, word)))

    def count(self, text: str) -> int:
        """How many of them a text mentions."""
        plain = folded(text)
        keys = (one.strip(_BESIDE_A_KEY) for one in set(plain.split()) if not one.isalpha())
        wholes = {*numbers_in(plain), *addresses_in(plain), *keys}
        return sum(bool(self._wholes[one]) for one in wholes) + len(set(self._names(words_of(plain))))

    def _names(self, words: list[str]) -> Iterator[bytes]:
        parts = {word for word in set(words) if self._parts[word]}
        if not parts:
            return
        for known, group in groupby(words, key=parts.__contains__):
            if known:
                run = list(group)
                sizes = range(2, min(len(run), LONGEST_NAME) + 1)
                windows = (run[start : start + size] for size in sizes for start in range(len(run) - size + 1))
                yield from (trace for window in windows if (trace := name_trace(self._key, window)) in self._mentions)

    def _asked(self, trace: bytes) -> Iterator[bytes]:
        return iter((trace,) if trace in self._mentions else ())
