"""Reading texts together saves time and changes nothing: each says what it says alone."""

from __future__ import annotations

import io
import json
from typing import cast

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from discretio.detection import Detector, build_detector, detect_lines
from discretio.detection.parts import LONGEST, TOGETHER, Text
from discretio.detection.statistical import load_model
from discretio.domain.lexicon import LANGUAGES, LexiconEntry
from discretio.domain.recognisers import RecogniserChoice
from discretio.policy_files.lexicon_files import load_lexicons
from discretio.resources import folder

# Each looks at what stands before or behind it: at the edge of a text, that is nothing.
_EDGES = [
    "dépression", "pas de dépression", "Dépression : néant", "ni dépression", "dépression.", "écartée", "geen", "rue de la",
    "Mme", "Prison", "né le", "le 4 mars 1990", "tél.", "0470 00 00 12", "depuis", "12 ans", "de prison", "(12 ans)",
    "paspoort",
    "EN 123456", "BE71 0961", "2345 6769", "rue des Lilas 4,", "6000 Charleroi", "S.", "Peeters", "PEETERS", "Tom", "jeûne",
    "jeune", "son frère", "il a été placé", "verslaafd", "niet", "Zijn moeder is", "arbeitslos", "nicht", "mais", "\n", " ",
    ",",
    "e\u0301", "\x01", "\x00", "🎉", "漢字", "1", "A", "-", "'",
]  # fmt: skip
_TEXTS = st.lists(st.lists(st.sampled_from(_EDGES) | st.text(max_size=8), max_size=8).map(" ".join), max_size=6)
_NAMES = st.lists(st.sampled_from(["Tom Peeters", "Ana"]), max_size=1)


@pytest.fixture(scope="module")
def judged() -> Detector:
    return build_detector(load_lexicons(folder("policies") / "lexicons"), None, load_model())


@settings(max_examples=80, deadline=None)
@given(_TEXTS, _NAMES, _NAMES)
@example(["pas de", "dépression", "écartée"], [], [])
@example(["Mme", "Peeters", "", "rue", "Prison"], ["Ana"], ["Tom Peeters"])
def test_texts_read_together_say_what_each_says_alone(
    judged: Detector, texts: list[str], one: list[str], other: list[str]
) -> None:
    asked = [(text, one if number % 3 else other) for number, text in enumerate(texts)]
    assert list(judged.detect_many(asked)) == [judged.detect(text, known_names=names) for text, names in asked]


@settings(max_examples=40, deadline=None)
@given(_TEXTS, st.lists(st.sampled_from([None, *LANGUAGES]), min_size=6, max_size=6))
def test_a_language_that_is_told_holds_beside_texts_without_one(
    judged: Detector, texts: list[str], langs: list[str | None]
) -> None:
    asked = [Text(text, (), lang) for text, lang in zip(texts, langs, strict=False)]
    assert list(judged.detect_many(asked)) == [judged.detect(text, lang) for text, _, lang in asked]


def test_lines_are_answered_together_as_one_by_one_and_in_their_order(judged: Detector) -> None:
    lines = [
        {"id": number, "text": f"{number} dépression de Tom Peeters", "lang": (None, "nl", "xx", 7)[number % 4]}
        for number in range(400)
    ]
    lines[3]["known_names"] = ["Tom Peeters", 7]
    raw = [json.dumps(line).encode() for line in lines]
    raw[10:10] = [b"{bad", b"", b'{"id": "no"}', b'"' + b"x" * 60_000]
    together = list(detect_lines(io.BytesIO(b"\n".join(raw)), judged, line_limit=50_000))
    alone = [answer for line in raw for answer in detect_lines(io.BytesIO(line), judged, line_limit=50_000)]
    assert [answer["id"] for answer in together] == [answer["id"] for answer in alone]
    assert [answer["detections"] for answer in together] == [answer["detections"] for answer in alone]
    assert [answer["segments"] for answer in together] == [answer["segments"] for answer in alone]


def test_few_lines_are_read_ahead_however_many_are_refused(judged: Detector) -> None:
    read = 0

    class Endless(io.RawIOBase):
        def readline(self, _size: int | None = -1, /) -> bytes:
            nonlocal read
            read += 1
            return b"{bad\n" if read % 2 else b'{"text": "depressie"}\n'

    answers = detect_lines(cast("io.BytesIO", Endless()), judged)
    for answered in range(1, 2_000):
        next(answers)
        assert read - answered <= 2


def test_long_unreadable_and_many_texts_keep_their_place(judged: Detector) -> None:
    texts = [
        "verslaafd",
        "a\x00b",
        "x" * (LONGEST + 1),
        "",
        "Élodie est dépressive. " * 40,
        *["née à Namur"] * (TOGETHER // 100),
    ]
    answers = list(judged.detect_many((text, ()) for text in texts))
    assert answers == [judged.detect(text) for text in texts]


def test_a_recogniser_taken_out_and_a_choice_hold_for_many_texts_too() -> None:
    lexicon = [LexiconEntry("dépress*", "fr", "health", 10)]
    own = {"discretio_health": LANGUAGES, "discretio_phone": ("nl",)}
    chosen = build_detector(lexicon, RecogniserChoice(own))
    touched = build_detector(lexicon)
    touched.registry.recognizers = [each for each in touched.registry.recognizers if "PHONE" not in each.supported_entities]
    texts = [("elle est en dépression, gsm 0470 00 00 12", ())] * 3
    for detector in (chosen, touched):
        assert [{found.type for found in said.detections} for said in detector.detect_many(texts)] == [{"health"}] * 3
