"""Recognisers that aren't ours - Presidio's, a controller's, a model's - run by `detect` beside our own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from presidio_analyzer import EntityRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpEngine, NlpEngineProvider, NoOpNlpEngine
from presidio_analyzer.recognizer_registry import RecognizerRegistryProvider
from spacy.util import is_package

from discretio.detection.passage import Passage
from discretio.domain.detections import About, Detection, Evidence
from discretio.domain.lexicon import LANGUAGES
from discretio.errors import UsageError

_PERSON = frozenset({"PERSON", "PER"})
_MODELS = frozenset({"SpacyRecognizer", "TransformersRecognizer", "StanzaRecognizer", "GLiNERRecognizer"})
_OTHER = 16


def engine_of(configuration: Mapping[str, Any]) -> NlpEngine:
    """An engine by Presidio's own configuration, with models that are installed already; without one, an engine with no model.

    Raises:
        UsageError: a model is neither an installed package nor a folder; nothing is ever downloaded.
    """
    if not configuration:
        engine: NlpEngine = NoOpNlpEngine([{"lang_code": lang, "model_name": "no_op"} for lang in LANGUAGES])
        engine.load()
        return engine
    for model in configuration.get("models", ()):
        named = model.get("model_name")
        for name in named.values() if isinstance(named, Mapping) else [named]:
            if not Path(str(name)).is_dir() and not is_package(str(name)):
                raise UsageError(
                    "a model of the NLP configuration is not installed",
                    where="recognisers.yaml, nlp_configuration",
                    remedy="install the model's package or give its folder; nothing is downloaded",
                )
    return NlpEngineProvider(nlp_configuration=dict(configuration)).create_engine()


def recognisers_of(configuration: Mapping[str, Any], engine: NlpEngine) -> list[EntityRecognizer]:
    """The recognisers of a configuration of Presidio's registry provider, and nothing beside them.

    Raises:
        UsageError: Presidio refuses the configuration.
    """
    if not configuration:
        return []
    try:
        provider = RecognizerRegistryProvider(registry_configuration=dict(configuration), nlp_engine=engine)
        return list(provider.create_recognizer_registry().recognizers)
    except Exception as error:  # noqa: BLE001 - a recogniser may be anyone's code, and its message may quote values
        raise UsageError(
            f"Presidio refuses a recogniser ({type(error).__name__})",
            where="recognisers.yaml",
            remedy="compare it with the documentation of Presidio's recogniser registry",
        ) from None


def foreign_detections(
    passage: Passage, recognisers: Sequence[EntityRecognizer], engine: NlpEngine, categories: Mapping[str, int]
) -> Iterator[Detection]:
    """What foreign recognisers say of a text, segment by segment, each in its language."""
    for segment in passage.segments:
        spoken = [each for each in recognisers if each.supported_language == segment.lang]
        if not spoken:
            continue
        text = passage.text[segment.start : segment.end]
        artifacts = engine.process_text(text, segment.lang)
        for recogniser in spoken:
            for result in recogniser.analyze(text, recogniser.supported_entities, artifacts) or ():
                category = categories.get(result.entity_type, 1 if result.entity_type in _PERSON else _OTHER)
                yield _detection(result, recogniser, (segment.start, segment.lang), category)


def _detection(result: RecognizerResult, recogniser: EntityRecognizer, place: tuple[int, str], category: int) -> Detection:
    offset, lang = place
    name: str = getattr(recogniser, "name", "")
    model = type(recogniser).__name__ in _MODELS
    return Detection(
        start=offset + result.start, end=offset + result.end, category=category, flags=(), type=result.entity_type, lang=lang,
        score=min(1.0, max(0.0, float(result.score))), negated=False, about=About.SUBJECT,
        evidence=Evidence.MODEL if model else Evidence.PATTERN, why=f"found by the recogniser {name}",
    )  # fmt: skip
