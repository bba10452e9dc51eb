from __future__ import annotations

import pytest

from discretio.detection import Detector


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Drei Nachbarn wurden heute ins Rathaus gewählt."),
        ("de", "Dort leben einige Leute."),
        ("de", "Wenn du müde bist, ruf mich an."),
        ("de", "Alle sollten früher kommen."),
        ("nl", "Ik heb het je toch gezegd."),
        ("nl", "Jullie zijn gewoon te laat."),
        ("fr", "Tu es en retard comme moi."),
        ("en", "These people just left me here."),
    ],
)
def test_the_language_of_a_short_sentence_is_told_by_its_small_words(detector: Detector, lang: str, text: str) -> None:
    assert {segment.lang for segment in detector.detect(text).segments} == {lang}
