"""Passages are found again wherever they stand, and only with the key."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from discretio.domain.passages import ENOUGH, LONG, is_passage, marks_of, words_of

KEY, OTHER = b"k" * 32, b"o" * 32
WORDS = st.lists(st.sampled_from([f"mot{number}" for number in range(400)]), max_size=60)


def distinct(length: int, seed: int) -> list[str]:
    return random.Random(seed).sample([f"woord{number}" for number in range(5_000)], length)  # noqa: S311 - not for secrets


def found_again(first: str, second: str, key: bytes = KEY) -> bool:
    known = {mark.value for mark in marks_of(first, KEY)}
    return is_passage([mark.word for mark in marks_of(second, key) if mark.value in known])


@given(WORDS, WORDS, WORDS, WORDS, st.integers(0, 99))
def test_an_unchanged_long_passage_is_found_wherever_it_stands(
    before: list[str], after: list[str], ahead: list[str], behind: list[str], seed: int
) -> None:
    passage = distinct(LONG, seed)
    assert found_again(" ".join([*before, *passage, *after]), " ".join([*ahead, *passage, *behind]))


def test_one_word_less_is_not_looked_for() -> None:
    assert marks_of(" ".join(distinct(LONG - 1, 1)), KEY) == []
    assert len(marks_of(" ".join(distinct(LONG, 1)), KEY)) >= ENOUGH


@given(st.integers(0, 999))
def test_texts_that_share_words_but_no_passage_are_told_apart(seed: int) -> None:
    words = distinct(300, seed)
    shuffled = words.copy()
    random.Random(seed + 1).shuffle(shuffled)  # noqa: S311 - not for secrets
    assert not found_again(" ".join(words), " ".join(shuffled))


def test_case_accents_signs_and_broken_lines_don_t_hide_a_passage() -> None:
    passage = " ".join(distinct(LONG, 7)).replace("woord1", "hébergé1")
    copied = passage.upper().replace(" ", ",  ").replace("HÉBERGÉ", "Héber-\n  gé")
    assert words_of("Hé-\nbergé, «DÉJÀ»") == ["heberge", "deja"]
    assert found_again(passage, f"> {copied}!")


def test_without_the_key_nothing_is_recognised() -> None:
    passage = " ".join(distinct(200, 3))
    assert not {mark.value for mark in marks_of(passage, KEY)} & {mark.value for mark in marks_of(passage, OTHER)}


def test_set_phrases_strewn_over_a_long_text_are_no_passage() -> None:
    assert not is_passage([0, 70, 140, 210])
    assert not is_passage([0, 1, 2])
    assert is_passage([0, 500, 510, 520, 530])
