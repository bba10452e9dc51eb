from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from discretio.detection import Detector
from discretio.detection.passage import Passage
from discretio.detection.presidio_bridge import detection_of
from discretio.detection.statistical import LinearModel
from discretio.detection.statistical.judging import BLOCK, Judge
from discretio.domain.detections import Evidence, Segment

NOTES = {
    "fr": "Elle ne sort plus, passe ses journées seule dans son lit et ne répond plus à personne.",
    "nl": "Hij komt zijn afspraken niet na en reageert agressief op elke opmerking van de begeleiding.",
    "de": "Er hält Termine nicht ein und reagiert aggressiv auf jede Bemerkung der Betreuer.",
    "en": "He misses his appointments and gets aggressive whenever staff make a remark.",
}


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
@example("\n" * 50)
@example("\ud800 \udfff. " * 20)
@example("e\u0301" * 300)
@example("x" * 3000)
@example("")
def test_any_text_is_survived_and_offsets_lie_in_it(judged: Detector, text: str) -> None:
    for found in judged.detect(text).detections:
        assert 0 <= found.start < found.end <= len(text)


@pytest.mark.parametrize("lang", NOTES)
def test_conduct_that_no_word_names_is_found_and_explained(judged: Detector, lang: str) -> None:
    found = [each for each in judged.detect(NOTES[lang]).detections if each.category in (6, 11, 14)]
    assert found
    for each in found:
        if each.evidence is Evidence.MODEL:
            assert each.why.startswith("model: the sentence resembles labelled notes of ")
            assert "strongest words: '" in each.why
            assert 0.5 <= each.score < 1


def test_an_answer_is_the_same_each_time_and_for_decomposed_text(judged: Detector) -> None:
    text = " ".join(NOTES.values())
    assert judged.detect(text) == judged.detect(text)
    plain = {(each.category, each.flags, each.type) for each in judged.detect(text).detections}
    decomposed = {
        (each.category, each.flags, each.type) for each in judged.detect(unicodedata.normalize("NFD", text)).detections
    }
    assert plain == decomposed


def test_a_long_text_is_judged_sentence_by_sentence_as_a_short_one(model: LinearModel) -> None:
    judge = Judge(model, [])
    text = (NOTES["fr"] + "\n") * (3 * BLOCK // len(NOTES["fr"]))
    scores = judge.verdicts(Passage(text, (Segment(0, len(text), "fr"),))).scores
    assert all(abs(left - right).max() < 1e-3 for left, right in pairwise(scores[:-1]))  # the last unit is the last line's end


def test_a_proven_number_is_never_doubted(judged: Detector, finders_alone: Detector) -> None:
    text = "Lorem ipsum 85.01.01-999.84 dolor, IBAN BE68 5390 0754 7034."
    proven = [each for each in finders_alone.detect(text).detections if each.evidence is Evidence.CHECKSUM]
    assert proven
    kept = [each for each in judged.detect(text).detections if each.evidence is Evidence.CHECKSUM]
    assert kept == proven


def test_presidio_gives_the_same_answers(judged: Detector) -> None:
    recognisers = [each for each in judged.registry.recognizers if each.supported_language == "fr"]
    types = {name for each in recognisers for name in each.supported_entities}
    assert "MODEL_CATEGORY_14" in types
    results = judged.analyzer.analyze(NOTES["fr"], language="fr", entities=sorted(types))
    ours = {(each.start, each.end, each.type, each.score) for each in judged.detect(NOTES["fr"], lang="fr").detections}
    theirs = {(each.start, each.end, each.type, each.score) for each in map(detection_of, results)}
    assert ours <= theirs
