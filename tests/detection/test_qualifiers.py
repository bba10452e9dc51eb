from __future__ import annotations

import pytest

from discretio.detection import Detector, build_detector
from discretio.domain.detections import About
from discretio.domain.lexicon import LexiconEntry


@pytest.mark.parametrize(
    ("lang", "text", "negated"),
    [
        ("fr", "Aucune dépression connue.", True),
        ("fr", "Dépression : néant.", True),
        ("fr", "Elle n'exclut pas une dépression.", False),
        ("fr", "Pas de fugue parce que la dépression l'épuise.", False),
        ("nl", "Geen depressie, angst of psychose.", True),
        ("nl", "Niet alleen depressie.", False),
        ("nl", "Depressie werd niet vastgesteld.", True),
        ("de", "Keine Depression bekannt.", True),
        ("de", "Nicht nur Depression.", False),
        ("en", "Depression was ruled out.", True),
        ("en", "No help, but depression since May.", False),
        ("fr", "Trouble de l'attention jamais traité.", False),
        ("nl", "Depressie? Nee.", True),
        ("en", "He cannot read and has depression.", False),
    ],
)
def test_negation_reaches_over_its_clause_and_no_further(detector: Detector, lang: str, text: str, *, negated: bool) -> None:
    found = [each for each in detector.detect(text, lang=lang).detections if each.category == 10]
    assert any(word in text[each.start : each.end] for each in found for word in ("epress", "épress", "attention"))
    assert any(each.negated for each in found) is negated


@pytest.mark.parametrize(("lang", "text"), [("fr", "Il ne jeûne pas, dit sa mère."), ("de", "Selma fastet nicht.")])
def test_a_negation_right_behind_its_verb_is_one(detector: Detector, lang: str, text: str) -> None:
    found = [each for each in detector.detect(text, lang=lang).detections if each.category == 13]
    assert found
    assert all(each.negated for each in found)


def test_a_home_that_lacks_something_is_no_negated_datum(detector: Detector) -> None:
    found = [each for each in detector.detect("De woning heeft geen verwarming.", lang="nl").detections if each.category == 8]
    assert found
    assert not any(each.negated for each in found)


@pytest.mark.parametrize(
    ("lang", "text", "word"),
    [
        ("fr", "Suspicion de dépression.", "suspicion"),
        ("nl", "Vermoeden van depressie.", "vermoeden"),
        ("de", "Verdacht auf Depression.", "verdacht auf"),
        ("en", "Possible depression.", "possible"),
    ],
)
def test_doubt_is_said_and_lowers_the_score(detector: Detector, lang: str, text: str, word: str) -> None:
    hedged = [each for each in detector.detect(text, lang=lang).detections if each.hedged]
    assert hedged
    assert all(f"doubted by '{word}" in each.why and "score lowered" in each.why for each in hedged)


def test_the_past_is_said(detector: Detector) -> None:
    assert any(each.past for each in detector.detect("History of depression.", lang="en").detections)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "Sa mère souffre de dépression."),
        ("nl", "Zijn moeder heeft een depressie."),
        ("de", "Seine Mutter hat eine Depression."),
        ("en", "His mother has depression."),
    ],
)
def test_a_datum_of_kin_is_about_a_relation(detector: Detector, lang: str, text: str) -> None:
    found = [each for each in detector.detect(text, lang=lang).detections if each.category == 10]
    assert {each.about for each in found} == {About.RELATION}


@pytest.mark.parametrize(("text", "found"), [("La jeune fille est agréable à l'école.", 0), ("Elle jeûne cette année.", 1)])
def test_an_accent_tells_words_apart(text: str, found: int) -> None:
    detector = build_detector([LexiconEntry("jeûne", "fr", "religion", 13)])
    assert len(detector.detect(text, lang="fr").detections) == found


def test_who_writes_without_accents_is_read_too() -> None:
    detector = build_detector([LexiconEntry("jeûne", "fr", "religion", 13)])
    assert detector.detect("elle jeune depuis lundi", lang="fr").detections


def test_cues_are_no_subject_of_detections(detector: Detector) -> None:
    assert "cues" not in {name for finder in detector.finders for name in finder.types}


@pytest.mark.parametrize(
    ("lang", "text", "past"),
    [
        ("fr", "En 2014, elle a traversé une dépression.", True),
        ("fr", "Dépression il y a trois ans.", True),
        ("fr", "En dépression depuis 2014.", False),
        ("fr", "Il y a une dépression sévère.", False),
        ("nl", "2019: opgenomen wegens een depressie.", True),
        ("nl", "Depressie (in remissie), werkt opnieuw.", True),
        ("nl", "Depressie sinds 2014.", False),
        ("nl", "Opname gepland in 2026 wegens depressie.", False),
        ("de", "Vor drei Jahren eine Depression.", True),
        ("de", "Seit 2014 Depression.", False),
        ("en", "In 2014 he was treated for depression.", True),
        ("en", "As a teenager she suffered from depression.", True),
        ("en", "Depression since 2014.", False),
    ],
)
def test_a_date_puts_what_its_sentence_says_in_the_past(detector: Detector, lang: str, text: str, *, past: bool) -> None:
    found = [each for each in detector.detect(text, lang=lang).detections if each.category == 10]
    assert found
    assert any(each.past for each in found) is past


@pytest.mark.parametrize(
    ("lang", "text", "hedged"),
    [
        ("fr", "Dépression ?", True),
        ("nl", "Depressie (onwaarschijnlijk).", True),
        ("nl", "Depressie? Nee.", False),
        ("nl", "DD depressie.", True),
        ("nl", "Depressie, sertraline 3 dd 50 mg.", False),
        ("de", "Depression (fraglich).", True),
        ("en", "It is unclear whether this is depression.", True),
    ],
)
def test_doubt_stands_behind_a_term_too(detector: Detector, lang: str, text: str, *, hedged: bool) -> None:
    found = [each for each in detector.detect(text, lang=lang).detections if each.category == 10]
    assert found
    assert all(each.hedged for each in found) is hedged
    assert all(each.score >= 0.5 for each in found)


@pytest.mark.parametrize(
    ("lang", "text", "about"),
    [
        ("fr", "La dépression de sa mère inquiète.", About.RELATION),
        ("nl", "De depressie van zijn vader weegt op hem.", About.RELATION),
        ("de", "Die Depression seiner Mutter belastet sie.", About.RELATION),
        ("fr", "Sa mère dit qu'il fait une dépression.", About.SUBJECT),
        ("nl", "Praat met haar moeder over de depressie.", About.SUBJECT),
        ("en", "Her father says that she has depression.", About.SUBJECT),
        ("fr", "Un voisin souffre de dépression.", About.CONTACT),
        ("nl", "Zijn huisgenoot heeft een depressie.", About.CONTACT),
        ("de", "Sein Kumpel hat eine Depression.", About.CONTACT),
        ("en", "His flatmate has depression.", About.CONTACT),
    ],
)
def test_whose_a_datum_is_shows_before_and_behind_it(detector: Detector, lang: str, text: str, about: About) -> None:
    found = [each for each in detector.detect(text, lang=lang).detections if each.category == 10]
    assert {each.about for each in found} == {about}


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Dag Katrien, hij was er weer niet.", About.PROFESSIONAL),
        ("Bonjour Nathalie,\nil est absent.", About.PROFESSIONAL),
        ("hi Tom here, I am late.", About.SUBJECT),
        ("Ze is vandaag thuis.\nGroeten,\nKatrien", About.PROFESSIONAL),
        ("Lena: weißt du wo er ist\nPaul: nein, keine Ahnung", About.CONTACT),
        ("La mère de Nathalie est venue.", About.SUBJECT),
        ("Sa mère Nathalie est venue.", About.RELATION),
    ],
)
def test_a_name_in_a_letter_or_a_conversation_is_told_by_its_place(detector: Detector, text: str, about: About) -> None:
    first = next(each for each in detector.detect(text).detections if each.category == 1)
    assert first.about is about
