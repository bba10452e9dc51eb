"""A class of false alarms becomes a proposal once it was dismissed often enough to be no incident."""

from __future__ import annotations

from discretio.domain.triage.proposals import Change, FindingClass, proposals
from discretio.domain.triage.words import Dismissal

WORDS = FindingClass("health", "health", "lexicon", "fr")
LAYER = FindingClass("category_14", "model_category_14", "model", "nl")


def test_only_what_was_dismissed_often_enough_as_a_false_alarm_is_proposed() -> None:
    judged = [(WORDS, Dismissal.OTHER_MEANING)] * 5 + [(WORDS, None)] * 2 + [(WORDS, Dismissal.DUPLICATE)] * 9
    judged += [(LAYER, Dismissal.OTHER_MEANING)] * 4
    (only,) = proposals(judged, 5)
    assert (only.of, only.reason, only.dismissed, only.confirmed) == (WORDS, Dismissal.OTHER_MEANING, 5, 2)
    assert only.change is Change.ADD_IDIOM


def test_the_layer_has_no_words_to_mend() -> None:
    (only,) = proposals([(LAYER, Dismissal.NOBODY_S_DATUM)], 1)
    assert only.change is Change.TRAIN_LAYER_AGAIN


def test_every_false_alarm_of_a_lexicon_has_a_change() -> None:
    judged = [(WORDS, reason) for reason in Dismissal]
    assert {one.reason for one in proposals(judged, 1)} == {
        Dismissal.OTHER_MEANING,
        Dismissal.NOBODY_S_DATUM,
        Dismissal.NAME_OR_PLACE,
        Dismissal.WRONG_CLASS,
        Dismissal.QUOTED_FORM,
    }
