"""Agreed terms in words, in four languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discretio.domain.agreed_terms import read_agreed_term
from discretio.domain.number_words import NUMBER_WORDS
from discretio.domain.retention_reasons import Reason
from discretio.law.periods import Period


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("P30Y", "P30Y"),
        ("p18m", "P18M"),
        ("30 jaar", "P30Y"),
        ("trente ans", "P30Y"),
        ("30 Jahre", "P30Y"),
        ("thirty years", "P30Y"),
        ("dreißig Jahre", "P30Y"),
        ("DREISSIG JAHRE", "P30Y"),
        ("fünf Jahre", "P5Y"),
        ("één jaar", "P1Y"),
        ("un an", "P1Y"),
        ("eine Woche", "P7D"),
        ("vingt et un ans", "P21Y"),
        ("vingt-cinq ans", "P25Y"),
        ("septante-cinq ans", "P75Y"),
        ("soixante-quinze ans", "P75Y"),
        ("quatre-vingt-dix-neuf ans", "P99Y"),
        ("drieëntwintig maanden", "P23M"),
        ("einundzwanzig Tage", "P21D"),
        ("twenty-one days", "P21D"),
        ("2 ans et 6 mois", "P30M"),
        ("twee jaar en zes maanden", "P30M"),
        ("30 (trente) ans", "P30Y"),
        ("dertig (30) jaar.", "P30Y"),
        ("  30\u00a0ans ", "P30Y"),
    ],
)
def test_a_term_in_words_is_read(text: str, term: str) -> None:
    assert read_agreed_term(text) == Period.parse(term)


@pytest.mark.parametrize(
    "text",
    [
        "indefinite", "indefinitely", "onbeperkt", "onbeperkte duur", "voor onbepaalde tijd", "illimité", "durée illimitée",
        "durée indéterminée", "unbefristet", "auf unbestimmte Zeit", "unlimited", "for an indefinite period of 30 years",
    ],
)  # fmt: skip
def test_a_term_without_an_end_never_becomes_one(text: str) -> None:
    assert read_agreed_term(text) is Reason.AGREED_TERM_INDEFINITE


@pytest.mark.parametrize(
    "text",
    [
        "", "jaar", "30", "zero years", "0 ans", "P0D", "30 (vingt) ans", "minstens 30 jaar", "30 jaar na afsluiting", "-5 ans",
        "30 jaar 20 jaar", "maximum", "P30", "10 20 jaar", "et 30 ans", "99999 ans", "30 jaar en", "²0 ans",
    ],
)  # fmt: skip
def test_what_could_mean_something_else_is_not_guessed(text: str) -> None:
    assert read_agreed_term(text) is Reason.AGREED_TERM_UNREADABLE


@given(st.sampled_from(sorted(NUMBER_WORDS)))
def test_every_number_in_words_means_what_it_means_in_figures(word: str) -> None:
    assert read_agreed_term(f"{word} jaar") == read_agreed_term(f"{NUMBER_WORDS[word]} jaar")


def test_every_number_up_to_99_exists_in_four_languages() -> None:
    assert set(NUMBER_WORDS.values()) == set(range(1, 100))
    for count in range(1, 100):
        assert sum(number == count for number in NUMBER_WORDS.values()) >= 3


@given(st.text(max_size=60))
def test_any_text_gets_an_answer(text: str) -> None:
    assert isinstance(read_agreed_term(text), Period | Reason)
