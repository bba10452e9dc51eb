"""A text made ready for the finders: folded once, cut into languages once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import Protocol

import numpy as np

from discretio.detection.automaton import Hits
from discretio.detection.folding import fold
from discretio.detection.languages import segments_in
from discretio.detection.parts import Part, as_told
from discretio.detection.shapes import Positions, Shape, in_order
from discretio.detection.trigger_words import OneWalk, words_alone
from discretio.domain.detections import Detection, NotExamined, Segment
from discretio.domain.lexicon import LANGUAGES

_NUMBER_OF = {lang: position for position, lang in enumerate(LANGUAGES)}


class Passage:
    """One text, its folded form, its languages and the names that the dossier knows.

    Args:
        text: the text; offsets are code points of it.
        segments: its languages, in order, without gaps; None to tell them from the text.
        parts: the texts that it is made of; by default it is one text, of a dossier that knows no names.
        walk: finds the terms of a lexicon at once with the words that patterns are tried at.

    Attributes:
        unknown: the stretches that look like another language.
    """

    def __init__(
        self, text: str, segments: Sequence[Segment] | None, parts: Sequence[Part] = (), walk: OneWalk | None = None
    ) -> None:
        self.text = text
        self.folded = fold(text)
        self.parts = tuple(parts) or (Part(0, len(text)),)
        self.unknown: tuple[NotExamined, ...] = ()
        if segments is None:
            places = [(part.start, part.end) for part in self.parts]
            segments, self.unknown = as_told(*segments_in(self.folded.codes, self.shape, places), self.parts)
        self.segments = tuple(segments)
        self.found: dict[str, tuple[Detection, ...]] = {}
        self._walk = walk
        self._word_starts: dict[str, Positions] = {}
        self._starts = [segment.start for segment in self.segments]
        self._begins = np.array(self._starts, np.int64)
        self._langs = np.array([*(_NUMBER_OF.get(segment.lang, -1) for segment in self.segments), -1], np.int64)

    @cached_property
    def shape(self) -> Shape:
        """Which kind of character stands where."""
        return Shape(self.folded.codes)

    @property
    def word_groups(self) -> dict[str, Hits]:
        """The words of each group of `trigger_words`, in the order of their ends; offsets are those of the text."""
        return self._walked[1]

    def terms(self, walk: OneWalk) -> Hits:
        """The terms of a lexicon, with offsets in the folded text."""
        return self._walked[0] if walk is self._walk else walk.over(self.folded)[0]

    @cached_property
    def _walked(self) -> tuple[Hits, dict[str, Hits]]:
        return (self._walk or words_alone()).over(self.folded)

    def words(self, group: str) -> Positions:
        """Where the words of a group begin, as offsets in the text."""
        if group not in self._word_starts:
            self._word_starts[group] = in_order(self.word_groups[group].start)
        return self._word_starts[group]

    def lang_at(self, offset: int) -> str:
        """The language at an offset."""
        return self.segments[bisect_right(self._starts, offset) - 1].lang if self.segments else ""

    def langs_at(self, offsets: Positions) -> Positions:
        """The languages at many offsets, as positions in LANGUAGES; -1 for another one."""
        return self._langs[np.searchsorted(self._begins, offsets, side="right") - 1]

    def by(self, finder: Finder) -> tuple[Detection, ...]:
        """What a finder says of this text; asked once."""
        if finder.name not in self.found:
            self.found[finder.name] = tuple(finder.find(self))
        return self.found[finder.name]


class Finder(Protocol):
    """Finds detections of certain types in a passage; each type is one recogniser in Presidio's registry."""

    @property
    def name(self) -> str:
        """Unique among the finders."""
        ...

    @property
    def types(self) -> tuple[str, ...]:
        """The types of its detections."""
        ...

    def find(self, passage: Passage) -> Sequence[Detection]:
        """All detections in the passage, in any order."""
        ...
