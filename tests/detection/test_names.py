from __future__ import annotations

import pytest

from discretio.detection import Detector


def names(detector: Detector, text: str) -> list[str]:
    return [text[each.start : each.end] for each in detector.detect(text).detections if each.type == "PERSON"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Reçu ce matin M. Dethier au bureau, avec sa fille.", "Dethier"),
        ("Elle a parlé au Dr. Lemaire de son traitement.", "Lemaire"),
        ("Gesprek met mevr. Verhulst over de huur.", "Verhulst"),
        ("De moeder, Liesbet, komt morgen langs.", "Liesbet"),
        ("Brief von Frau Kollegin Schmitz liegt bei.", "Kollegin Schmitz"),
        ("Courrier de Mme de Wavrin, reçu hier soir.", "Wavrin"),
        ("Gezien door J. De Smet op het bureau.", "J. De Smet"),
    ],
)
def test_a_name_behind_a_title_or_an_initial_is_found(detector: Detector, text: str, name: str) -> None:
    assert any(each.endswith(name) for each in names(detector, text))


@pytest.mark.parametrize(
    "text",
    [
        "Il est rentré chez sa mère. Trois garçons jouaient dehors.",
        "Zij woont nu bij haar vader. Ouders zijn uit elkaar.",
        "The children stay with their aunt. Retention starts tomorrow.",
        "Er arbeitet im Moment nicht. Beide suchen eine Wohnung.",
        "Il a reçu son Attestation la semaine passée.",
        "Sehr geehrte Frau Kollegin, wir berichten Ihnen heute.",
        "Geachte heer Procureur, hierbij het verslag van de zitting.",
        "Die Mutter der Patientin war heute hier im Zentrum.",
        "Diagnose: M. Parkinson, seit Jahren in Behandlung.",
        "Er leidet unter Schmerzen, wie z. B. Rückenschmerzen.",
    ],
)
def test_the_end_of_a_sentence_and_a_form_of_address_are_no_names(detector: Detector, text: str) -> None:
    assert names(detector, text) == []
