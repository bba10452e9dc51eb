from __future__ import annotations

import io
import json
import socket
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discretio.detection import Detector, build_detector, detect_lines
from discretio.detection.automaton import TermAutomaton
from discretio.detection.folding import fold
from discretio.detection.merging import resolve
from discretio.detection.presidio_bridge import detection_of
from discretio.domain.lexicon import LexiconEntry

TEXT_WITHOUT_NUL = st.text(st.characters(exclude_characters="\x00"), max_size=40)
NOTE = (
    "Élodie 🎉 souffre d'une dépression sévère depuis 2019. NN 85.01.01-999.84, gsm 0470 00 00 12. "
    "Ze gaat elke vrijdag naar de moskee en is van Marokkaanse afkomst, PV GE.43.L1.000000/2025. "
    "Er wurde wegen Körperverletzung verurteilt, Straße: Gospertstraße 96, 4700 Eupen."
)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_survived_and_offsets_lie_in_it(text: str) -> None:
    result = _small().detect(text)
    for found in result.detections:
        assert 0 <= found.start < found.end <= len(text)
    assert [found.start for found in result.detections] == sorted(found.start for found in result.detections)
    if result.segments:
        assert (result.segments[0].start, result.segments[-1].end) == (0, len(text))
        assert all(left.end == right.start for left, right in pairwise(result.segments))


@settings(max_examples=60, deadline=None)
@given(prefix=TEXT_WITHOUT_NUL, suffix=TEXT_WITHOUT_NUL)
def test_a_term_is_found_at_its_offset_wherever_it_stands(prefix: str, suffix: str) -> None:
    text = f"{prefix} | dépression | {suffix}"
    start = text.index("dépression", len(prefix))
    assert (start, start + 10) in [(found.start, found.end) for found in _small().detect(text, lang="fr").detections]


def _small() -> Detector:
    return build_detector([LexiconEntry("dépress*", "fr", "health", 10), LexiconEntry("verslav*", "nl", "health", 10)])


def test_offsets_are_exact_with_accents_emoji_and_decomposed_letters(detector: Detector) -> None:
    for text in (NOTE, unicodedata.normalize("NFD", NOTE), "🎉" * 50 + NOTE):
        found = {unicodedata.normalize("NFC", text[each.start : each.end]) for each in detector.detect(text).detections}
        assert any("dépression" in evidence for evidence in found)
        assert {"85.01.01-999.84", "0470 00 00 12", "GE.43.L1.000000/2025"} <= found


def test_case_and_accents_do_not_matter(detector: Detector) -> None:
    for text in ("DEPRESSION severe", "depression sévère", "Dépression sévère"):
        assert any(found.category == 10 for found in detector.detect(text, lang="fr").detections)


@pytest.mark.parametrize(
    ("term", "text", "evidence"),
    [
        ("verslav*", "een verslavingsproblematiek dus", "verslavingsproblematiek"),
        ("*problematiek", "een verslavingsproblematiek dus", "verslavingsproblematiek"),
        ("*verslav*", "zijn drankverslaving blijft", "drankverslaving"),
        ("arm", "een alarm en een arm", "arm"),
        ("arm", "het alarm", None),
    ],
)
def test_stars_open_a_word_and_nothing_else_does(term: str, text: str, evidence: str | None) -> None:
    hits = TermAutomaton([LexiconEntry(term, "nl", "x", 10)]).hits(fold(text))
    assert [text[hit.start : hit.end] for hit in hits] == ([evidence] if evidence else [])


@pytest.mark.parametrize("text", ["sale t4rlouze", "Schwul3n", "0pa heeft d3pressie", "U13 en 3e 14/88 B12 1488"])
def test_a_digit_for_a_letter_inside_a_word_is_read_as_it_is_meant(text: str) -> None:
    meant = {"sale t4rlouze": "sale tarlouze", "Schwul3n": "schwulen", "0pa heeft d3pressie": "0pa heeft depressie"}
    assert fold(text).data.decode() == meant.get(text, text.lower())


def test_both_paths_give_the_same_detections(detector: Detector) -> None:
    for lang in ("fr", "nl", "de", "en"):
        theirs = resolve(detection_of(result) for result in detector.analyzer.analyze(NOTE, language=lang))
        assert theirs == detector.detect(NOTE, lang=lang).detections
        assert theirs


def test_a_recogniser_taken_out_takes_its_detections_along() -> None:
    detector = _small()
    text = "dépression, gsm 0470 00 00 12"
    assert {found.type for found in detector.detect(text, lang="fr").detections} == {"health", "PHONE"}
    for recogniser in list(detector.registry.recognizers):
        if "PHONE" in recogniser.supported_entities:
            detector.registry.recognizers.remove(recogniser)
    assert {found.type for found in detector.detect(text, lang="fr").detections} == {"health"}


def test_no_network_is_tried(detector: Detector, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("a connection was tried")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)
    assert detector.detect("a.b@c.example, " + NOTE).detections
    assert build_detector([]).analyzer.analyze("a.b@c.example", language="fr")


def test_limits_are_said_and_not_silent() -> None:
    detector = build_detector([])
    assert [each.reason for each in detector.detect("a\x00b").not_examined] == ["binary"]
    detector._size_limit = 10
    assert [each.reason for each in detector.detect("x" * 11).not_examined] == ["too_large"]


def test_a_foreign_language_is_said() -> None:
    finnish = (
        "Hänen äitinsä kertoi eilen illalla puhelimessa että poika oli taas karannut kotoaan eikä kukaan tiennyt minne hän "
    )
    result = build_detector([]).detect(finnish * 2)
    assert {each.reason for each in result.not_examined} == {"language_unknown"}


@pytest.mark.parametrize("killer", [".", "1", '"', "«", "a.", "0 ", "@", "-", "A", "é1.", "rue ", "(1) ", "1.1."])
def test_killer_texts_are_answered(detector: Detector, killer: str) -> None:
    # A pattern that isn't bounded needs ten thousand million steps here, and this test would not come to its end.
    assert detector.detect(killer * (100_000 // len(killer))).segments


def test_lines_are_answered_one_by_one_and_bad_ones_are_named() -> None:
    lines = [
        json.dumps({"id": "a", "text": "une dépression", "lang": "fr"}).encode(),
        b"{not json",
        b'{"id": "c", "text": "\xff"}',
        b'{"id": "d"}',
        b'{"id": "e", "text": "' + b"x" * 500 + b'"}',
        b"",
        json.dumps({"id": "f", "text": "dépression"}).encode(),
    ]
    answers = list(detect_lines(io.BytesIO(b"\n".join(lines)), _small(), line_limit=200))
    assert [answer["id"] for answer in answers] == ["a", None, None, "d", None, "f"]
    reasons = [(each["reason"], each["line"]) for answer in answers[1:5] for each in answer["not_examined"]]
    assert reasons == [("invalid_json", 2), ("invalid_utf8", 3), ("no_text", 4), ("line_too_large", 5)]
    assert set(answers[0]["detections"][0]) == {
        "start", "end", "category", "flags", "type", "lang", "score", "negated", "about", "why",
    }  # fmt: skip
