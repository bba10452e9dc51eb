from __future__ import annotations

from dataclasses import replace

import numpy as np

from discretio.detection import Detector
from discretio.detection.passage import Passage
from discretio.detection.statistical import LinearModel, with_model
from discretio.detection.statistical.belief import Placed, rows_of
from discretio.detection.statistical.claims import claims_of
from discretio.detection.statistical.doubting import DOUBTED_SCORE
from discretio.detection.statistical.features import word_hashes, words_in
from discretio.detection.statistical.model import CLASSES
from discretio.domain.detections import Detection, Evidence
from discretio.law.special_classes import Flag

NOTE = "Hij werd vorig jaar veroordeeld voor drugshandel."
EXPECTED = [124855, 38014, -1, -1]


def doubting(model: LinearModel, *classes: int | Flag) -> LinearModel:
    """The model, speaking of nothing and believing nobody in these classes."""
    doubts = np.array([np.inf if each in classes else -np.inf for each in CLASSES], np.float32)
    doubts[np.isposinf(doubts)] = 1e6
    return replace(model, thresholds=np.full(len(CLASSES), np.inf, np.float32), doubts=doubts)


def classes_said(detector: Detector, text: str, least: float) -> set[int | Flag | None]:
    found = [each for each in detector.detect(text).detections if each.score >= least]
    return {class_ for each in found for class_ in (each.category, *each.flags)} - {None}


def test_a_class_that_is_doubted_is_set_apart_and_the_others_of_its_detection_stay(
    finders_alone: Detector, model: LinearModel
) -> None:
    judged = Detector(with_model(finders_alone.finders, doubting(model, Flag.CRIMINAL)))
    before = classes_said(finders_alone, NOTE, 0.5)
    assert {9, Flag.CRIMINAL} <= before
    assert classes_said(judged, NOTE, 0.5) == before - {Flag.CRIMINAL}
    weak = [each for each in judged.detect(NOTE).detections if Flag.CRIMINAL in each.flags]
    assert weak
    assert all(each.category is None and each.score <= DOUBTED_SCORE and "; lowered: " in each.why for each in weak)


def test_where_all_classes_are_doubted_the_detection_stays_whole_below_the_threshold(
    finders_alone: Detector, model: LinearModel
) -> None:
    judged = Detector(with_model(finders_alone.finders, doubting(model, *CLASSES)))
    before, after = finders_alone.detect(NOTE).detections, judged.detect(NOTE).detections
    assert [(each.start, each.end, each.category, each.flags) for each in before] == [
        (each.start, each.end, each.category, each.flags) for each in after
    ]
    assert all(each.score < 0.5 for each in after if each.evidence is not Evidence.CHECKSUM)


def test_texts_read_together_are_doubted_as_each_alone(judged: Detector) -> None:
    texts = [NOTE, "La santé financière de l'asbl, dit-il, va mal.", "Er ist seit Jahren depressiv.", "rue de l'Hôpital"] * 3
    together = [each.detections for each in judged.detect_many((text, ()) for text in texts)]
    assert together == [judged.detect(text).detections for text in texts]


def test_a_claim_has_the_same_rows_on_every_machine() -> None:
    words = words_in(b"draagt een enkelband")
    one = np.array([1])
    placed = Placed(np.array([8]), np.array([[1, 2, 3]], np.uint64), one, one + 1, one - 1, one + 2)
    rows = rows_of(word_hashes(words), placed, 17)[0].tolist()
    assert rows[:4] == EXPECTED
    assert sum(row < 0 for row in rows) == 6 + 4 * 2  # three more words of the term, two more on either side, each twice


def test_only_what_may_be_doubted_is_a_claim(finders_alone: Detector) -> None:
    text = "NN 85.01.01-999.84. " + NOTE
    passage = Passage(text, None)
    found: list[Detection] = [each for finder in finders_alone.finders for each in passage.by(finder)]
    claims = claims_of(passage, found, [0], range(len(CLASSES)))
    assert any(each.evidence is Evidence.CHECKSUM for each in found)
    assert claims.found
    assert all(each.evidence is not Evidence.CHECKSUM for each in claims.found)
