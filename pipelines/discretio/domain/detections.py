"""What a detector says about a text: segments, detections, and what it could not examine."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from discretio.law.special_classes import Flag


class About(StrEnum):
    """Whose datum it is."""

    SUBJECT = "subject"
    RELATION = "relation"
    CONTACT = "contact"
    PROFESSIONAL = "professional"
    NOBODY = "nobody"


class Evidence(StrEnum):
    """The kind of evidence behind a detection: all that a finding may keep of it."""

    CHECKSUM = "checksum"
    PATTERN = "pattern"
    LEXICON = "lexicon"
    CONTEXT = "context"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text in one language; offsets in code points, end exclusive."""

    start: int
    end: int
    lang: str


class Detection(NamedTuple):
    """One datum found: `text[start:end]` is the evidence, in code points. A tuple, since a text holds thousands.

    `why` says in words what produced the detection. It may name the matched term, so it leaves the process only through
    `discretio detect`; a finding keeps `type` and `evidence` alone. `hedged`: the text casts doubt on it; `past`: it says that
    it is over.
    """

    start: int
    end: int
    category: int | None
    flags: tuple[Flag, ...]
    type: str
    lang: str
    score: float
    negated: bool
    about: About
    evidence: Evidence
    why: str
    hedged: bool = False
    past: bool = False


@dataclass(frozen=True, slots=True)
class NotExamined:
    """What could not be read or examined, and why, as a code of lower_snake_case words."""

    reason: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class DetectionResult:
    """All that a detector says about one text."""

    segments: tuple[Segment, ...]
    detections: tuple[Detection, ...]
    not_examined: tuple[NotExamined, ...] = ()
