from __future__ import annotations

import pytest

from discretio.detection import build_detector

_DETECTOR = build_detector([])


def _evidence(text: str, name: str = "Saskia Hilgers") -> list[str]:
    found = _DETECTOR.detect(text, known_names=(name,)).detections
    return [text[each.start : each.end] for each in found if each.type == "KNOWN_NAME"]


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("gezien: saskia hilgers, kalm", "saskia hilgers"),
        ("HILGERS Saskia kwam niet", "HILGERS Saskia"),
        ("Frau Hilgers war da", "Hilgers"),
        ("Saskias Mutter rief an", "Saskias"),
        ("Saskia's moeder belde", "Saskia's"),
        ("S.H. ging weg", "S.H."),
        ("S. Hilgers ging weg", "S. Hilgers"),
        ("Saskia H. ging weg", "Saskia H."),
    ],
)
def test_a_name_that_the_dossier_knows_is_found_in_its_forms(text: str, evidence: str) -> None:
    assert evidence in _evidence(text)


@pytest.mark.parametrize("text", ["Hilgersberg", "de Saskiastraat", "SH ging weg"])
def test_a_name_is_no_part_of_a_word(text: str) -> None:
    assert not _evidence(text)


def test_a_particle_alone_is_no_name() -> None:
    assert not _evidence("van de moeder", "Jan Van De Velde")
    assert "Van De Velde" in _evidence("mijnheer Van De Velde", "Jan Van De Velde")
