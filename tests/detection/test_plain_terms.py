"""A term of the lexicons is found in a plain sentence, whatever broader term or form of words stands beside it in them."""

from __future__ import annotations

import pytest

from discretio.detection import Detector


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("He is depressed.", 10),  # a stem that asks for another word shares it
        ("Hij heeft hartklachten sinds maart.", 10),
        ("Er geht zur Suchtberatung.", 10),
        ("Il a un diabète de type 1.", 10),  # a type of illness is no type of form
        ("Zij heeft diabetes type 2.", 10),
        ("Homme de 59 ans, amputé de deux orteils.", 10),
        ("Neemt Xarelto sinds vorig jaar.", 10),  # a medicine with its capital is no name
        ("Er steht wegen Einbruch vor Gericht.", 9),  # no Beinbruch
        ("Gezin uit Tirana, drie kinderen.", 12),  # no surname
    ],
)
def test_a_plain_term_is_found(detector: Detector, text: str, category: int) -> None:
    assert category in {found.category for found in detector.detect(text).detections if found.score >= 0.5}


def test_what_falls_with_the_night_is_no_offence(detector: Detector) -> None:
    found = detector.detect("Der Spielplatz schließt bei Einbruch der Dunkelheit.").detections
    assert not [each for each in found if each.category in {9, 11} and each.score >= 0.5]
