"""What was looked up of words before: a text repeats its words, and the next text those of its language."""

from __future__ import annotations

from collections.abc import Callable
from threading import local

import numpy as np
import numpy.typing as npt

_BITS = 18  # 7 MB; of a quarter of that, text in four languages drives out one word in twenty before it comes again
_SHIFT, _MULTIPLIER = np.uint64(64 - _BITS), np.uint64(0x9E3779B97F4A7C15)

Floats = npt.NDArray[np.float32]
Hashes = npt.NDArray[np.uint64]
Rows = npt.NDArray[np.int64]


class KnownWords(local):
    """A memory of fixed size, by the hash of a word; a newer word takes the place of an older one. Each thread has its own.

    Args:
        width: how many numbers are kept of a word.
    """

    def __init__(self, width: int) -> None:
        self._hashes = np.zeros(1 << _BITS, np.uint64)
        self._rows = np.zeros((1 << _BITS, width), np.float32)

    def of(self, hashes: Hashes, look_up: Callable[[Rows], Floats]) -> Floats:
        """What is to be known of words, one line each.

        Args:
            hashes: one per word.
            look_up: finds out about words that aren't remembered, given by their positions; asked once for each word.
        """
        places = _places(hashes)
        found, unknown = self._rows.take(places, axis=0), np.flatnonzero(self._hashes[places] != hashes)
        if len(unknown):
            hashed, at, which = np.unique(hashes[unknown], return_index=True, return_inverse=True)
            rows = look_up(unknown[at])
            places = _places(hashed)
            self._hashes[places], self._rows[places] = hashed, rows
            found[unknown] = rows[which]
        return found


def _places(hashes: Hashes) -> Rows:
    places: Rows = ((hashes * _MULTIPLIER) >> _SHIFT).astype(np.int64)
    return places
