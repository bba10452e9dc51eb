"""The detector: all finders over one text, and the same finders as recognisers of Presidio."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from discretio.detection.chosen import OWN_CLASS, chosen
from discretio.detection.contact_details import CONTACT_DETAILS
from discretio.detection.identifiers import IDENTIFIERS
from discretio.detection.known_names import KnownNames
from discretio.detection.lexicon_finder import LexiconFinder
from discretio.detection.merging import resolve
from discretio.detection.names import NamesByContext
from discretio.detection.parts import Part, Text, gathered, parted, walled
from discretio.detection.passage import Finder, Passage
from discretio.detection.person_data import PERSON_DATA
from discretio.detection.statistical import LinearModel, with_model
from discretio.detection.trigger_words import OneWalk
from discretio.detection.windows import as_one, own_share, windows_of
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
        walk: the one of the finder of a lexicon, if they hold one: its terms are found at once with the words of patterns.
    """

    def __init__(
        self,
        finders: Sequence[Finder],
        choice: RecogniserChoice | None = None,
        size_limit: int = SIZE_LIMIT,
        walk: OneWalk | None = None,
    ) -> None:
        self.finders = tuple(finders)
        self._choice = choice
        self._size_limit = size_limit
        self._chosen = frozenset(chosen(self.finders, choice))
        self._walk = walk
        self._all_types = len({type_ for finder in self.finders for type_ in finder.types}) * len(LANGUAGES)

    def detect(self, text: str, lang: str | None = None, known_names: Sequence[str] = ()) -> DetectionResult:
        """All personal data of the 16 categories and 12 flags in a text.

        Args:
            text: any text; offsets of the result are its code points.
            lang: its language, if the caller knows it; otherwise each stretch is judged on its own.
            known_names: names of the persons of the dossier, found as whole words whatever their case.

        Returns:
            Segments, detections sorted by start, and what could not be examined, with its reason.
        """
        refusal = _refusal(text, self._size_limit)
        if refusal:
            return DetectionResult((), (), (NotExamined(refusal, 0, len(text)),))
        return as_one(self.detect_stream((text,), lang, known_names))

    def detect_stream(
        self, pieces: Iterable[str], lang: str | None = None, known_names: Sequence[str] = ()
    ) -> Iterator[DetectionResult]:
        """The same for a text of any length that comes in pieces: window by window, with offsets in the whole text."""
        for window in windows_of(pieces):
            text = window.text
            refusal = _refusal(text, self._size_limit)
            if refusal:
                yield own_share(window, DetectionResult((), (), (NotExamined(refusal, 0, len(text)),)))
                continue
            part = Part(0, len(text), tuple(known_names))
            yield own_share(window, self._of(Passage(text, _told(text, lang), (part,), self._walk)))

    def detect_many(self, texts: Iterable[tuple[str, Sequence[str]] | Text]) -> Iterator[DetectionResult]:
        """What `detect` says of each of many texts, several times as fast where they are short.

        Args:
            texts: texts, each with the names of the persons of its dossier, and its language if the caller knows it; a few
                are read ahead.
        """

        def fits(text: str) -> bool:
            return _only_ours(self.__dict__, self._choice) and not _refusal(text, self._size_limit)

        for short, group in gathered(map(_asked, texts), fits):
            if not short:
                yield from (self.detect(text, lang, names) for text, names, lang in group)
                continue
            joined, parts = walled(group)
            yield from parted(self._of(Passage(joined, None, parts, self._walk)), parts)

    def _of(self, passage: Passage) -> DetectionResult:
        # An untouched registry holds what was chosen: it is built only when somebody asks for it.
        active = _types_of(self.registry) if "registry" in self.__dict__ else self._chosen
        types = {type_ for type_, _ in active}
        found = [detection for finder in self.finders if types.intersection(finder.types) for detection in passage.by(finder)]
        if len(active) < self._all_types:
            found = [detection for detection in found if (detection.type, detection.lang) in active]
        return DetectionResult(passage.segments, resolve(found + self._foreign(passage)), passage.unknown)

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
        if _only_ours(self.__dict__, self._choice):
            return []
        from discretio.detection.foreign import foreign_detections  # noqa: PLC0415 - importing Presidio costs seconds
        from discretio.detection.presidio_bridge import FinderRecogniser  # noqa: PLC0415 - importing Presidio costs seconds

        foreign = [each for each in self.registry.recognizers if not isinstance(each, FinderRecogniser)]
        categories = self._choice.categories if self._choice else {}
        return list(foreign_detections(passage, foreign, self._engine, categories)) if foreign else []


def _only_ours(made: Mapping[str, object], choice: RecogniserChoice | None) -> bool:
    """Whether no recogniser can be another's than ours; those know no walls, so that texts can't be read together."""
    return "registry" not in made and not (choice and choice.foreign)


def _types_of(registry: RecognizerRegistry) -> frozenset[tuple[str, str]]:
    """The types that the recognisers of ours in a registry look for, each with its language."""
    own = [each for each in registry.recognizers if type(each).__name__ == OWN_CLASS]
    return frozenset((type_, each.supported_language) for each in own for type_ in each.supported_entities)


def _refusal(text: str, limit: int) -> str:
    if len(text) > limit:
        return "too_large"
    return "binary" if "\x00" in text else ""


def build_detector(
    lexicons: Sequence[LexiconEntry], choice: RecogniserChoice | None = None, model: LinearModel | None = None
) -> Detector:
    """The detector of the product: identifiers, contact details, data of a person, names, and these lexicons.

    Args:
        lexicons: the terms.
        choice: which recognisers detect; all of Discretio's by default.
        model: the statistical layer; none by default.
    """
    lexicon = LexiconFinder(lexicons)
    finders: list[Finder] = [*IDENTIFIERS, *CONTACT_DETAILS, *PERSON_DATA, KnownNames(), NamesByContext(), lexicon]
    return Detector(with_model(finders, model) if model else finders, choice, walk=lexicon.walk)


def _asked(each: tuple[str, Sequence[str]] | Text) -> Text:
    text, names, *lang = each
    return Text(text, tuple(names), lang[0] if lang and lang[0] in LANGUAGES else None)


def _told(text: str, lang: str | None) -> tuple[Segment, ...] | None:
    """The one segment of a text whose language the caller knows."""
    if lang not in LANGUAGES:
        return None
    return (Segment(0, len(text), lang),) if text else ()
