"""The detector: all finders over one text, and the same finders as recognisers of Presidio."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from discretio.detection.chosen import OWN_CLASS, chosen
from discretio.detection.contact_details import CONTACT_DETAILS
from discretio.detection.identifiers import IDENTIFIERS
from discretio.detection.known_names import KnownNames
from discretio.detection.lexicon_finder import LexiconFinder
from discretio.detection.merging import resolve
from discretio.detection.names import NamesByContext
from discretio.detection.passage import Finder, Passage
from discretio.detection.person_data import PERSON_DATA
from discretio.detection.statistical import LinearModel, with_model
from discretio.domain.detections import Detection, DetectionResult, NotExamined, Segment
from discretio.domain.lexicon import LANGUAGES, LexiconEntry
from discretio.domain.recognisers import RecogniserChoice

if TYPE_CHECKING:  # importing Presidio costs seconds, which a caller of detect() alone need not spend
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import NlpEngine

SIZE_LIMIT = 32 * 1024 * 1024
"""Code points of one text; a longer one is to be cut into windows by its reader."""


class Detector:
    """Finds personal data in text, by finders that are recognisers of a Presidio registry at the same time.

    Args:
        finders: all finders, in any order.
        choice: which of them detect, and which foreign recognisers beside them; all of them and none by default.
        size_limit: code points from which a text is not examined.
    """

    def __init__(self, finders: Sequence[Finder], choice: RecogniserChoice | None = None, size_limit: int = SIZE_LIMIT) -> None:
        self.finders = tuple(finders)
        self._choice = choice
        self._size_limit = size_limit

    def detect(self, text: str, lang: str | None = None, known_names: Sequence[str] = ()) -> DetectionResult:
        """All personal data of the 16 categories and 12 flags in a text.

        Args:
            text: any text; offsets of the result are its code points.
            lang: its language, if the caller knows it; otherwise each stretch is judged on its own.
            known_names: names of the persons of the dossier, found as whole words whatever their case.

        Returns:
            Segments, detections sorted by start, and what could not be examined, with its reason.
        """
        refusal = self._refusal(text)
        if refusal:
            return DetectionResult((), (), (NotExamined(refusal, 0, len(text)),))
        passage = Passage(text, _told(text, lang), known_names)
        active = self._active()
        types = {type_ for type_, _ in active}
        found = [detection for finder in self.finders if types.intersection(finder.types) for detection in passage.by(finder)]
        kept = [detection for detection in found if (detection.type, detection.lang) in active]
        return DetectionResult(passage.segments, resolve(kept + self._foreign(passage)), passage.unknown)

    @cached_property
    def registry(self) -> RecognizerRegistry:
        """The recognisers in Presidio's form; taking one out, or adding one, changes what `detect` finds too."""
        from discretio.detection.presidio_bridge import registry_of  # noqa: PLC0415 - importing Presidio costs seconds

        return registry_of(self.finders, self._choice, self._engine)

    @cached_property
    def analyzer(self) -> AnalyzerEngine:
        """Presidio's engine over the same registry, without network."""
        from discretio.detection.presidio_bridge import analyzer_of  # noqa: PLC0415 - importing Presidio costs seconds

        return analyzer_of(self.registry, self._engine)

    @cached_property
    def _engine(self) -> NlpEngine:
        from discretio.detection.foreign import engine_of  # noqa: PLC0415 - importing Presidio costs seconds

        return engine_of(self._choice.engine if self._choice else {})

    def _foreign(self, passage: Passage) -> list[Detection]:
        if "registry" not in self.__dict__ and not (self._choice and self._choice.foreign):
            return []
        from discretio.detection.foreign import foreign_detections  # noqa: PLC0415 - importing Presidio costs seconds
        from discretio.detection.presidio_bridge import FinderRecogniser  # noqa: PLC0415 - importing Presidio costs seconds

        foreign = [each for each in self.registry.recognizers if not isinstance(each, FinderRecogniser)]
        categories = self._choice.categories if self._choice else {}
        return list(foreign_detections(passage, foreign, self._engine, categories)) if foreign else []

    def _refusal(self, text: str) -> str:
        if len(text) > self._size_limit:
            return "too_large"
        return "binary" if "\x00" in text else ""

    def _active(self) -> frozenset[tuple[str, str]]:
        """The types that are looked for, each with its language."""
        if "registry" in self.__dict__:
            own = [each for each in self.registry.recognizers if type(each).__name__ == OWN_CLASS]
            return frozenset((type_, each.supported_language) for each in own for type_ in each.supported_entities)
        # An untouched registry holds what was chosen: it is built only when somebody asks for it.
        return frozenset(chosen(self.finders, self._choice))


def build_detector(
    lexicons: Sequence[LexiconEntry], choice: RecogniserChoice | None = None, model: LinearModel | None = None
) -> Detector:
    """The detector of the product: identifiers, contact details, data of a person, names, and these lexicons.

    Args:
        lexicons: the terms.
        choice: which recognisers detect; all of Discretio's by default.
        model: the statistical layer; none by default.
    """
    finders: list[Finder] = [*IDENTIFIERS, *CONTACT_DETAILS, *PERSON_DATA]
    finders += [KnownNames(), NamesByContext(), LexiconFinder(lexicons)]
    return Detector(with_model(finders, model) if model else finders, choice)


def _told(text: str, lang: str | None) -> tuple[Segment, ...] | None:
    """The one segment of a text whose language the caller knows."""
    if lang not in LANGUAGES:
        return None
    return (Segment(0, len(text), lang),) if text else ()
