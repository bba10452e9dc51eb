from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from discretio.detection.folding import fold
from discretio.detection.statistical.features import letter_rows, pair_rows, repeated, word_hashes, word_rows, words_in
from discretio.detection.statistical.units import LONGEST, units_of

EXPECTED = (
    [29649, 78446, 64218],
    [1048, 38525],
    [[88064, 106278, 69895], [27215, 95237, -1], [39437, -1, -1], [-1, -1, -1]],
    [0],
)


def test_a_feature_has_the_same_row_on_every_machine() -> None:
    words = words_in(b"draagt een enkelband")
    hashes = word_hashes(words)
    rows, first = letter_rows(words, np.array([1]), 17)
    told = (word_rows(hashes, 17).tolist(), pair_rows(hashes[:-1], hashes[1:], 17).tolist(), rows.tolist(), first.tolist())
    assert told == EXPECTED


def test_a_word_is_the_same_wherever_it_stands_and_however_it_is_written() -> None:
    lone, within = words_in(fold("Dépression").data), words_in(fold("une depression, dit-il").data)
    assert word_hashes(lone)[0] == word_hashes(within)[1]
    alone, _ = letter_rows(lone, np.array([0]), 17)
    among, _ = letter_rows(within, np.array([1]), 17)
    assert alone.tolist() == among.tolist()


def test_n_grams_stay_within_their_word() -> None:
    rows, _ = letter_rows(words_in(b"ab cd"), np.array([0, 1]), 17)
    # " ab " holds two of three letters and one of four; nothing reaches into the next word
    assert [int((rows[:3, size] >= 0).sum()) for size in range(3)] == [2, 1, 0]


def test_numbers_are_all_alike() -> None:
    assert word_hashes(words_in(b"1984"))[0] == word_hashes(words_in(b"2025"))[0]


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=2000))
def test_units_cover_a_text_without_gaps_and_none_is_long(text: str) -> None:
    starts, ends = units_of(text)
    assert "".join(text[start:end] for start, end in zip(starts, ends, strict=True)) == text
    assert all(0 < end - start <= LONGEST for start, end in zip(starts, ends, strict=True))


def test_what_a_unit_holds_before_is_told_by_its_position_and_the_next_unit_begins_anew() -> None:
    hashes = word_hashes(words_in(b"no work no work no work"))
    words, pairs = repeated(hashes, np.array([0, 4, 6]))
    assert (words.tolist(), pairs.tolist()) == ([2, 3], [3])
