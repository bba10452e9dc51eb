from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from discretio.detection import Detector
from discretio.domain.detections import DetectionResult

CASES = Path(__file__).parent / "cases"
PROVEN = {"BE_NATIONAL_NUMBER", "IBAN", "PHONE", "EMAIL", "PLATE", "NOTICE_NUMBER", "DATE_OF_BIRTH", "ADDRESS", "IP_ADDRESS"}


def cases(name: str) -> Any:  # noqa: ANN401 - a case file holds a mapping or a list
    return YAML(typ="safe", pure=True).load((CASES / name).read_text(encoding="utf-8"))


def classes(result: DetectionResult) -> set[str]:
    sure = [found for found in result.detections if found.score >= 0.5]
    return {str(found.category) for found in sure} | {flag.value for found in sure for flag in found.flags}


@pytest.mark.parametrize(
    ("class_", "lang", "text"),
    [(class_, lang, text) for class_, by_lang in cases("classes.yaml").items() for lang, text in by_lang.items()],
)
def test_every_class_is_found_in_every_language(detector: Detector, class_: str, lang: str, text: str) -> None:
    result = detector.detect(text)
    assert class_ in classes(result)
    assert {segment.lang for segment in result.segments} == {lang}


@pytest.mark.parametrize("case", cases("silent.yaml"), ids=lambda case: case["text"])
def test_what_only_looks_sensitive_is_silent(detector: Detector, case: dict[str, Any]) -> None:
    found = classes(detector.detect(case["text"]))
    assert not found & {str(number) for number in case["not"]}


@pytest.mark.parametrize("case", cases("identifiers.yaml"), ids=lambda case: case["text"])
def test_identifiers_with_proof(detector: Detector, case: dict[str, Any]) -> None:
    text = case["text"]
    found = [each for each in detector.detect(text).detections if each.type in PROVEN]
    if case["type"] is None:
        assert not found
    else:
        assert (case["type"], case["evidence"]) in [(each.type, text[each.start : each.end]) for each in found]


def test_a_high_score_says_which_proof_it_has(detector: Detector) -> None:
    for case in cases("identifiers.yaml"):
        for found in detector.detect(case["text"]).detections:
            if found.score >= 0.95:
                assert any(word in found.why for word in ("checksum", "confirmed", "valid", "form", "street"))


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Pas de dépression connue.", "dépression"),
        ("Geen depressie vastgesteld.", "depressie"),
        ("Keine Depression bekannt.", "Depression"),
        ("There is no depression.", "depression"),
        ("Depressie: uitgesloten. Depressie is uitgesloten.", "Depressie"),
    ],
)
def test_a_negated_datum_is_found_and_says_so(detector: Detector, text: str, term: str) -> None:
    health = [each for each in detector.detect(text).detections if each.category == 10]
    assert any(each.negated and text[each.start : each.end] == term for each in health)


@pytest.mark.parametrize(
    ("text", "class_"),
    [
        ("Il ne mange que halal.", "religious_philosophical"),
        ("Hij woont met zijn man.", "sex_life_orientation"),
        ("His husband Peter waits.", "sex_life_orientation"),
        ("Er wohnt mit seinem Mann.", "sex_life_orientation"),
        ("Il vit avec son mari.", "sex_life_orientation"),
        ("On nous dit qu'il vit avec son époux.", "sex_life_orientation"),
        ("Elle vit avec sa femme.", "sex_life_orientation"),
        ("Elle vit avec son épouse.", "sex_life_orientation"),
        ("Rendez-vous à la clinique psychiatrique Saint-Jean.", "health"),
    ],
)
def test_what_lets_infer_a_special_class_counts(detector: Detector, text: str, class_: str) -> None:
    assert class_ in classes(detector.detect(text))


@pytest.mark.parametrize(
    "text", ["Une photo de lui est jointe.", "Er is een foto bijgevoegd.", "Ein Foto liegt bei.", "A photo is here."]
)
def test_a_photo_is_no_biometric_datum(detector: Detector, text: str) -> None:
    assert "biometric" not in classes(detector.detect(text))


@pytest.mark.parametrize("text", ["Le profil ADN est joint.", "Het DNA-profiel uit het strafdossier."])
def test_dna_of_a_criminal_file_is_police_data_too(detector: Detector, text: str) -> None:
    assert {"genetic", "criminal", "9"} <= classes(detector.detect(text))


@pytest.mark.parametrize(
    "text",
    [
        "Il est suspect dans une enquête.",
        "Elle est victime de coups et blessures.",
        "Il a commis un FQI.",
        "Hij pleegde een MOF.",
        "Jongere met een als misdrijf omschreven feit.",
    ],
)
def test_suspects_victims_and_facts_of_youths_are_criminal_data(detector: Detector, text: str) -> None:
    assert "criminal" in classes(detector.detect(text))


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Ce document est confidentiel.", False),
        ("Alles is vertrouwelijk.", False),
        ("Je suis tenue au secret professionnel.", False),
        ("Het beroepsgeheim geldt.", False),
        ("SECRET – loi 11.12.1998\n\nNote.", True),
    ],
)
def test_words_of_secrecy_in_a_sentence_are_no_marking(detector: Detector, text: str, marked: bool) -> None:
    assert ("classified" in classes(detector.detect(text))) is marked


def test_negation_ends_with_its_clause(detector: Detector) -> None:
    text = "Pas de violence, mais une dépression sévère."
    health = [each for each in detector.detect(text).detections if each.category == 10]
    assert health
    assert not any(each.negated for each in health)


def test_names_of_professionals_are_told_apart(detector: Detector) -> None:
    result = detector.detect("Dr. Houbion a reçu Madame Lambiotte.")
    about = {found.about.value for found in result.detections if found.category == 1}
    assert about == {"professional", "subject"}


def test_known_names_are_found_whatever_their_case(detector: Detector) -> None:
    text = "vu hier zwxelbrock, très calme"
    found = detector.detect(text, known_names=("Zwxelbrock",)).detections
    assert ("KNOWN_NAME", "zwxelbrock") in [(each.type, text[each.start : each.end]) for each in found]


def test_a_mixed_text_has_a_segment_per_language(detector: Detector) -> None:
    french = "Monsieur dit qu'il ne veut pas voir son fils avant la prochaine audience. "
    dutch = "De moeder heeft gezegd dat zij het kind niet meer naar de school van haar zus wil brengen."
    result = detector.detect(french + dutch)
    assert [segment.lang for segment in result.segments] == ["fr", "nl"]
    assert result.segments[0].end in range(len(french) - 2, len(french) + 1)
    assert result.segments[-1].end == len(french + dutch)
