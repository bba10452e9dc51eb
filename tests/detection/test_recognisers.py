from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from presidio_analyzer import Pattern, PatternRecognizer
from spacy.training import Example

from discretio.detection import Detector, build_detector
from discretio.detection.chosen import recogniser_name
from discretio.detection.merging import resolve
from discretio.detection.presidio_bridge import FinderRecogniser, detection_of
from discretio.domain.detections import Evidence
from discretio.domain.lexicon import LANGUAGES, LexiconEntry
from discretio.domain.recognisers import RecogniserChoice
from discretio.errors import UsageError
from discretio.policy_files.recogniser_files import OWN_CLASS, load_recognisers
from discretio.resources import folder

_TINY = {
    "@architectures": "spacy.TransitionBasedParser.v2", "state_type": "ner", "extra_state_tokens": False, "hidden_width": 16,
    "maxout_pieces": 2, "use_upper": False, "nO": None,
    "tok2vec": {
        "@architectures": "spacy.HashEmbedCNN.v2", "width": 16, "depth": 1, "embed_size": 200, "window_size": 1,
        "maxout_pieces": 2, "subword_features": True, "pretrained_vectors": None,
    },
}  # fmt: skip
TEXT = "Pas de dépression. IBAN BE71 0961 2345 6769, gsm 0470 00 00 12, dossier 12/345-A."
_SAMPLES = {
    "fr": "Mme Lambiotte, née le 4 mars 1990 à Namur, rue des Meuniers 41 bte 2, 6000 Charleroi, a 35 ans et doit 1.200 €.",
    "nl": "Dhr. Peeters belde op 0470 00 00 12; PV GE.43.L1.000000/2025, bestelwagen 1-ABC-234, geen depressie.",
    "de": "Herr Schmitz, geb. am 11.06.1986 in St. Vith, Kirchstraße 4, 4780 St. Vith, NN 86.06.11-999.09, Kokain.",
    "en": "Ms Okafor lives with her 12-year-old son, a@b.example, IP 198.51.100.44, passport EN 123456, and is depressed.",
}


def _small(choice: RecogniserChoice | None = None) -> Detector:
    return build_detector([LexiconEntry("dépress*", "fr", "health", 10), LexiconEntry("depress*", "nl", "health", 10)], choice)


def _both(detector: Detector, text: str, lang: str) -> tuple[object, object]:
    theirs = resolve(detection_of(result) for result in detector.analyzer.analyze(text, language=lang))
    return theirs, detector.detect(text, lang=lang).detections


def test_the_shipped_file_lists_every_recogniser_that_there_is(detector: Detector) -> None:
    choice = load_recognisers(folder("policies") / "lexicons" / "recognisers.yaml")
    assert choice is not None
    types = {type_ for finder in detector.finders for type_ in finder.types}
    assert {recogniser_name(type_) for type_ in types} - set(choice.own) == set()
    assert FinderRecogniser.__name__ == OWN_CLASS


@pytest.mark.parametrize("lang", LANGUAGES)
def test_presidio_and_the_batch_path_agree_on_samples(detector: Detector, lang: str) -> None:
    for text in (_SAMPLES[lang], "\n".join(_SAMPLES.values())):
        theirs, ours = _both(detector, text, lang)
        assert theirs == ours
        assert ours


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from([*_SAMPLES.values(), TEXT, "né", "rue ", "1-ABC-", "🎉", "\u0301", " ", "\n", "0470"])
        | st.text(max_size=30)
    )
)
def test_presidio_and_the_batch_path_agree_on_any_text(parts: list[str]) -> None:
    detector = _shared()
    text = "".join(parts).replace("\x00", "")
    for lang in LANGUAGES:
        theirs, ours = _both(detector, text, lang)
        assert theirs == ours


_KEPT: list[Detector] = []


def _shared() -> Detector:
    # Building a registry takes longer than all the examples.
    if not _KEPT:
        _KEPT.append(_small())
    return _KEPT[0]


def test_a_recogniser_that_the_choice_leaves_out_finds_nothing() -> None:
    choice = RecogniserChoice({"discretio_phone": ("fr",), "discretio_health": ("nl",)})
    assert {found.type for found in _small(choice).detect(TEXT, lang="fr").detections} == {"PHONE"}
    assert {found.type for found in _small(choice).detect("depressie", lang="nl").detections} == {"health"}


def test_the_registry_of_a_choice_holds_the_choice() -> None:
    detector = _small(RecogniserChoice({"discretio_phone": ("fr",)}))
    assert {each.name for each in detector.registry.recognizers} == {"discretio_phone"}
    assert {found.type for found in detector.detect(TEXT, lang="fr").detections} == {"PHONE"}


def test_a_foreign_recogniser_of_the_file_detects_too() -> None:
    custom = {
        "name": "Dossier", "type": "custom", "supported_entity": "FILE", "supported_languages": ["fr"],
        "patterns": [{"name": "form", "regex": r"\d{2}/\d{3}-[A-Z]", "score": 0.7}],
    }  # fmt: skip
    provider = {"supported_languages": list(LANGUAGES), "global_regex_flags": 26, "recognizers": [custom]}
    detector = _small(RecogniserChoice({"discretio_phone": ("fr",)}, provider, {"FILE": 9}))
    found = {(each.type, TEXT[each.start : each.end], each.category) for each in detector.detect(TEXT, lang="fr").detections}
    assert {("PHONE", "0470 00 00 12", 2), ("FILE", "12/345-A", 9)} <= found
    assert {type_ for type_, _, _ in found} == {"PHONE", "FILE"}


def test_a_foreign_recogniser_added_to_the_registry_detects_too() -> None:
    detector = _small()
    detector.registry.add_recognizer(
        PatternRecognizer("FILE", patterns=[Pattern("form", r"\d{2}/\d{3}-[A-Z]", 0.7)], supported_language="fr")
    )
    assert "FILE" in {found.type for found in detector.detect(TEXT, lang="fr").detections}
    assert "FILE" not in {found.type for found in detector.detect(TEXT, lang="nl").detections}


def test_a_model_that_the_operator_installed_finds_names(tmp_path: Path) -> None:
    sentences = [("Hier soir Zorglub est parti.", (10, 17)), ("Zorglub dort.", (0, 7)), ("On a vu Zorglub.", (8, 15))]
    spacy.util.fix_random_seed(0)
    model = spacy.blank("fr")
    model.add_pipe("ner", config={"model": _TINY}).add_label("PER")
    examples = [Example.from_dict(model.make_doc(text), {"entities": [(*span, "PER")]}) for text, span in sentences]
    optimizer = model.initialize(lambda: examples)
    for _ in range(80):
        model.update(examples, sgd=optimizer)
    model.to_disk(tmp_path / "names")
    engine = {
        "nlp_engine_name": "spacy",
        "models": [{"lang_code": "fr", "model_name": str(tmp_path / "names")}],
        "ner_model_configuration": {"model_to_presidio_entity_mapping": {"PER": "PERSON"}, "labels_to_ignore": []},
    }
    recogniser = {"name": "SpacyRecognizer", "type": "predefined", "supported_languages": ["fr"]}
    provider = {"supported_languages": ["fr"], "global_regex_flags": 26, "recognizers": [recogniser]}
    detector = _small(RecogniserChoice({}, provider, engine=engine))
    found = detector.detect("Hier soir Zorglub est parti.", lang="fr").detections
    # A model this small may also call another word a name, depending on the processor's arithmetic.
    assert ("PERSON", 1, Evidence.MODEL, 10) in {(each.type, each.category, each.evidence, each.start) for each in found}


def test_a_model_that_is_not_installed_is_refused_and_not_fetched() -> None:
    recogniser = {"name": "SpacyRecognizer", "type": "predefined", "supported_languages": ["fr"]}
    provider = {"supported_languages": ["fr"], "global_regex_flags": 26, "recognizers": [recogniser]}
    engine = {"nlp_engine_name": "spacy", "models": [{"lang_code": "fr", "model_name": "no_such_model"}]}
    with pytest.raises(UsageError, match="not installed"):
        _small(RecogniserChoice({}, provider, engine=engine)).detect("Hier soir.", lang="fr")
