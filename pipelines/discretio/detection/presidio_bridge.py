"""The finders as Presidio recognisers, usable in anyone's AnalyzerEngine: no model, no download, no network."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from presidio_analyzer import AnalyzerEngine, EntityRecognizer, RecognizerRegistry, RecognizerResult
from presidio_analyzer.analysis_explanation import AnalysisExplanation
from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine

from discretio.detection.chosen import chosen, recogniser_name
from discretio.detection.foreign import engine_of, recognisers_of
from discretio.detection.passage import Finder, Passage
from discretio.domain.detections import About, Detection, Evidence, Segment
from discretio.domain.lexicon import LANGUAGES
from discretio.domain.recognisers import RecogniserChoice
from discretio.law.special_classes import Flag


class _LastPassage:
    """The text in hand, prepared once for all recognisers that look at it in turn."""

    def __init__(self) -> None:
        self._passage: Passage | None = None

    def of(self, text: str, lang: str) -> Passage:
        last = self._passage
        if last is None or last.text != text or last.segments[0].lang != lang:
            last = self._passage = Passage(text, (Segment(0, len(text), lang),))
        return last


class FinderRecogniser(EntityRecognizer):
    """One type of one finder, for one language.

    Args:
        finder: what finds.
        type_: the entity that this recogniser answers for.
        lang: the language that Presidio asks it for.
        passages: shared between recognisers, so that a text is prepared once.
    """

    def __init__(self, finder: Finder, type_: str, lang: str, passages: _LastPassage | None = None) -> None:
        self._finder = finder
        self._passages = passages or _LastPassage()
        self._label = recogniser_name(type_)
        super().__init__(supported_entities=[type_], supported_language=lang, name=self._label)

    def load(self) -> None:
        """Nothing to load."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts | None = None) -> list[RecognizerResult]:
        """What the finder says of the text, as Presidio's results; the qualifiers stand in `recognition_metadata`."""
        del nlp_artifacts
        wanted = set(self.supported_entities).intersection(entities or self.supported_entities)
        if not text:
            return []
        passage = self._passages.of(text, self.supported_language)
        return [self._result(found) for found in passage.by(self._finder) if found.type in wanted]

    def _result(self, found: Detection) -> RecognizerResult:
        explanation = AnalysisExplanation(recognizer=self._label, original_score=found.score, textual_explanation=found.why)
        metadata: dict[str, Any] = {
            RecognizerResult.RECOGNIZER_NAME_KEY: self._label,
            RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
            "category": found.category,
            "flags": [flag.value for flag in found.flags],
            "lang": found.lang,
            "negated": found.negated,
            "hedged": found.hedged,
            "past": found.past,
            "about": found.about.value,
            "evidence": found.evidence.value,
            "why": found.why,
        }
        return RecognizerResult(found.type, found.start, found.end, found.score, explanation, metadata)


def detection_of(result: RecognizerResult) -> Detection:
    """Read a result of one of our recognisers back."""
    said = result.recognition_metadata
    return Detection(
        start=result.start, end=result.end, category=said["category"], flags=tuple(Flag(flag) for flag in said["flags"]),
        type=result.entity_type, lang=said["lang"], score=result.score, negated=said["negated"], about=About(said["about"]),
        evidence=Evidence(said["evidence"]), why=said["why"], hedged=said["hedged"], past=said["past"],
    )  # fmt: skip


def registry_of(
    finders: Sequence[Finder], choice: RecogniserChoice | None = None, engine: NlpEngine | None = None
) -> RecognizerRegistry:
    """A registry of the chosen types of these finders, one recogniser per type, finder and language, and of foreign ones."""
    passages = _LastPassage()
    own: list[EntityRecognizer] = [
        FinderRecogniser(finder, type_, lang, passages)
        for type_, lang in chosen(finders, choice)
        for finder in finders
        if type_ in finder.types
    ]
    foreign = recognisers_of(choice.foreign, engine or engine_of({})) if choice else []
    return RecognizerRegistry(recognizers=own + foreign, supported_languages=list(LANGUAGES))


def analyzer_of(registry: RecognizerRegistry, engine: NlpEngine | None = None) -> AnalyzerEngine:
    """Presidio's engine over a registry, with an engine that loads no model by default."""
    return AnalyzerEngine(registry=registry, nlp_engine=engine or engine_of({}), supported_languages=list(LANGUAGES))
