from __future__ import annotations

import numpy as np

from discretio.detection.known_words import Floats, KnownWords, Rows


def test_a_word_is_told_as_it_was_looked_up_and_once() -> None:
    # Three words to a place on average: most are forgotten for a newer one, and none is told with the numbers of another.
    hashes = np.random.default_rng(458).integers(1, 1 << 63, 200_000).astype(np.uint64)
    known, asked = KnownWords(1), []

    def look_up(chosen: Rows) -> Floats:
        asked.extend(chosen.tolist())
        return (chosen.astype(np.float32) % 200_000)[:, None]

    twice = np.concatenate([hashes, hashes])
    for _ in range(2):
        told = known.of(twice, look_up)
        assert np.array_equal(told[:, 0], np.tile(np.arange(200_000, dtype=np.float32), 2))
    assert 200_000 < len(asked) < 350_000, "each word once the first time, and the second time only what was forgotten"
