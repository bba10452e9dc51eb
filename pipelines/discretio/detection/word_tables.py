"""Looking up hundreds of thousands of words at once: each word is a number of 64 bits, each table a hash without collisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

Letters = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.int64]
_LATIN, _OTHER_LETTER, _WIDTH, _BITS = 0x250, 0xFF, 8, 16
_SHIFT = np.uint64(64 - _BITS)


def _table() -> Letters:
    """Lower-case Latin-1 for letters, 0 for all that joins no word, 0xFF for letters of other scripts."""
    table = np.zeros(_LATIN + 1, np.uint8)
    for code in range(_LATIN):
        small = chr(code).lower()
        if small[:1].isalpha():
            table[code] = min(_OTHER_LETTER, ord(small[0]))
    table[0x152] = table[0x153] = ord("o")
    table[_LATIN] = _OTHER_LETTER
    return table


_LETTERS = _table()
_SEPARATORS = np.array([0x2000, 0x3000], np.uint32)  # general punctuation, arrows, mathematics, boxes


def letters_of(codes: npt.NDArray[np.uint32]) -> Letters:
    """One byte per code point: lower-case letters with their accents, and 0 between words."""
    letters = _LETTERS.take(codes, mode="clip")
    if len(codes) and codes.max() >= _SEPARATORS[0]:
        letters[(codes >= _SEPARATORS[0]) & (codes < _SEPARATORS[1])] = 0
    return letters


def words_in(letters: Letters) -> tuple[Numbers, Numbers]:
    """Where words begin, and how long they are."""
    inside = np.zeros(len(letters) + 2, np.bool_)
    inside[1:-1] = letters != 0
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    first = edges[::2]
    return first, edges[1::2] - first


class WordTable:
    """Points for words of at most eight letters, or for the endings of words.

    Args:
        points: points per word; all have as many.
        ending: whether the last letters of a word are looked up, the longest that is listed, instead of the whole word.

    Attributes:
        given: one row per word, behind a row of zeros for words that aren't listed.
        points: the same as an array.
    """

    def __init__(self, points: Mapping[str, tuple[int, ...]], *, ending: bool = False) -> None:
        listed = {word: given for word, given in sorted(points.items()) if len(word) <= _WIDTH}
        keys = np.array([_key_of(word) for word in listed], np.uint64)
        self._row_of = {_bytes_of(word): row for row, word in enumerate(listed, start=1)}
        width = len(next(iter(points.values())))
        self.given = [(0,) * width, *listed.values()]
        self.points = np.array(self.given)
        self._lengths = sorted({len(word) for word in listed}) if ending else None
        self._telling = _last_pairs(listed)
        self._multiplier = _collision_free(keys)
        slots = (keys * self._multiplier) >> _SHIFT
        self._keys, self._rows = np.zeros(1 << _BITS, np.uint64), np.zeros(1 << _BITS, np.int64)
        self._keys[slots], self._rows[slots] = keys, np.arange(1, len(keys) + 1)

    def rows(self, letters: Letters, first: Numbers, length: Numbers) -> Numbers:
        """The row of each word in `points`, 0 for one that isn't listed."""
        windows = _windows(letters)
        if self._lengths is None:
            return np.where(length <= _WIDTH, self._found(windows[first], np.minimum(length, _WIDTH)), 0)
        last = first + length - 1
        # Few words end in two letters that any listed ending ends in.
        telling = np.flatnonzero(self._telling[letters[last - 1], letters[last]])
        rows, behind = np.zeros(len(first), np.int64), last[telling] + 1
        for size in self._lengths:
            long = np.flatnonzero(length[telling] >= size)
            found = self._found(windows[behind[long] - size], size)
            rows[telling[long[found > 0]]] = found[found > 0]
        return rows

    def row_of(self, word: bytes) -> int:
        """The row of one word, given by its letters as `letters_of` writes them."""
        if self._lengths is None:
            return self._row_of.get(word, 0)
        return next((row for size in reversed(self._lengths) if (row := self._row_of.get(word[-size:], 0))), 0)

    def _found(self, windows: npt.NDArray[np.uint64], length: Numbers | int) -> Numbers:
        keys = windows & _MASKS[length]
        slots = (keys * self._multiplier) >> _SHIFT
        return np.where(self._keys[slots] == keys, self._rows[slots], 0)


def word_keys(letters: Letters, first: Numbers, length: Numbers) -> npt.NDArray[np.uint64]:
    """One number per word, the same for the same letters, within this process."""
    windows = _windows(letters)
    keys: npt.NDArray[np.uint64] = (windows[first] & _MASKS[np.minimum(length, _WIDTH)]) * _MULTIPLIERS[0]
    for part, multiplier in enumerate(_MULTIPLIERS[1:], start=1):
        reaching = np.flatnonzero(length > part * _WIDTH)
        left = np.minimum(length[reaching] - part * _WIDTH, _WIDTH)
        keys[reaching] += (windows[first[reaching] + part * _WIDTH] & _MASKS[left]) * multiplier
    for at in np.flatnonzero(length > len(_MULTIPLIERS) * _WIDTH).tolist():
        keys[at] = hash(letters[first[at] : first[at] + length[at]].tobytes()) & _ALL
    return keys


def _windows(letters: Letters) -> npt.NDArray[np.uint64]:
    """The eight letters from each position on, as one number; behind the last letter zeros go on."""
    padded = np.append(letters, np.zeros(_WIDTH, np.uint8))
    return np.ndarray((len(letters) + 1,), np.uint64, padded, strides=(1,))


_MULTIPLIERS = np.array([0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB], np.uint64)
_ALL = (1 << 64) - 1
_MASKS = np.array([(1 << 8 * size) - 1 for size in range(_WIDTH + 1)], np.uint64)


def _last_pairs(words: Iterable[str]) -> npt.NDArray[np.bool_]:
    """Which two letters words can end in to have one of these endings."""
    pairs = np.zeros((256, 256), np.bool_)
    for word in words:
        *_, before, last = b"\0" + _bytes_of(word)
        pairs[before if len(word) > 1 else slice(None), last] = True
    return pairs


def _bytes_of(word: str) -> bytes:
    return letters_of(np.array([ord(letter) for letter in word], np.uint32)).tobytes()


def _key_of(word: str) -> int:
    return int.from_bytes(_bytes_of(word), "little")


def _collision_free(keys: npt.NDArray[np.uint64]) -> np.uint64:
    """An odd multiplier that gives each key a slot of its own."""
    generator = np.random.default_rng(7)
    while True:
        multiplier = np.uint64(int(generator.integers(1 << 62)) * 2 + 1)
        if len(np.unique((keys * multiplier) >> _SHIFT)) == len(keys):
            return multiplier
