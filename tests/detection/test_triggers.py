"""Looking for triggers saves time and changes nothing: the same matches as trying each pattern everywhere."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from discretio.detection.contact_details import CONTACT_DETAILS
from discretio.detection.folding import code_points
from discretio.detection.identifiers import IDENTIFIERS
from discretio.detection.language_words import _judged as judged_at_once
from discretio.detection.language_words import points_of_word
from discretio.detection.languages import _judged, _judged_by_word, _sentences
from discretio.detection.passage import Passage
from discretio.detection.patterns import SHORT, PatternFinder
from discretio.detection.person_data import PERSON_DATA
from discretio.detection.shapes import Shape
from discretio.detection.word_tables import letters_of, words_in
from discretio.domain.detections import Detection, Segment

_FINDERS = (*IDENTIFIERS, *CONTACT_DETAILS, *PERSON_DATA)
_PIECES = [
    "NN 85.01.01-999.84", "carte 591-1917064-58", "INAMI 1-23456-78-901", "TVA BE 0403.170.701", "BE71 0961 2345 6769",
    "198.51.100.44", "2001:db8::12:7", "1-ABC-234", "auto AC-TK 1888", "auto 12-AB-34",
    "GE.43.L1.000000/2025", "PV n° 2024/1187",
    "NIR 1 85 05 78 006 084 36", "BSN 111222333", "Steuer-ID 36 574 261 809", "paspoort EN 123456", "0470 00 00 12",
    "tél. (056) 12.34.56", "+32 (0)470 00 00 12", "a.b@c.example", "@handle_1", "insta jan_1", "vient de Namur",
    "né le 4 mars 1990",
    "°Gent, 04.12.2000", "12, rue des Lilas", "rue de l'Yser 4 bte 2, 6000 Charleroi", "4020 Liège, rue Grétry 212",
    "Am Kreuz 4, 4760 Büllingen", "Kirchstraße 4", "35 ans", "12-jarige", "Tom (12 ans)", "1.200,50 euro", "€ 12",
]  # fmt: skip
_GLUE = [" ", ", ", "\n", " - ", "", ".", "x", "é", "1", "A", "\u0301", "🎉", "(", "-"]


def _found(finder: PatternFinder, text: str) -> list[Detection]:
    return finder.find(Passage(text, (Segment(0, len(text), "fr"),)))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(_PIECES) | st.sampled_from(_GLUE) | st.text(max_size=12), max_size=24))
@example(["À", "BE71 0961 2345 6769"])
@example(["×", "BE71 0961 2345 6769"])
def test_a_trigger_loses_no_match_and_adds_none(parts: list[str]) -> None:
    text = "".join(parts) + " " * SHORT
    for finder in _FINDERS:
        assert _found(finder, text) == _found(replace(finder, trigger=None), text), finder.name


@pytest.mark.parametrize("piece", _PIECES)
def test_each_piece_is_found_far_into_a_long_text(piece: str) -> None:
    text = "Niets te melden. " * (SHORT // 10) + piece + " einde"
    assert any(_found(finder, text) for finder in _FINDERS)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["la ville", "het huis. ", "der Mann; ", "où\n", "street", "Œuvre", "l'été", "ß", "漢字"])
        | st.text(max_size=9)
    )
)
def test_languages_are_told_alike_by_array_and_word_by_word(parts: list[str]) -> None:
    codes = code_points("".join(parts))
    if not len(codes):
        return
    starts, letters = _sentences(Shape(codes)), letters_of(codes)
    for one, other in zip(_judged(letters, starts), _judged_by_word(letters.tobytes(), starts.tolist()), strict=True):
        assert np.allclose(one, other)
    first, length = words_in(letters)
    if len(first):
        each = [points_of_word(letters[at : at + long].tobytes()) for at, long in zip(first, length, strict=True)]
        assert judged_at_once(letters, first, length).tolist() == [[*points, stop] for points, stop in each]
    assert all(left < right for left, right in pairwise(starts.tolist()))
