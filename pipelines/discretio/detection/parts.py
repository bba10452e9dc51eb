"""The texts that a passage holds: one, or many short ones in a row with walls between them.

Preparing a text costs a few hundred calls however short it is, so that a note of three lines costs as much as a page. Short
texts are therefore read together. A wall is longer than anything that a finder looks at around a datum, and made of what joins
no word, no number and no sentence: so that each text says what it says alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from discretio.domain.detections import Detection, DetectionResult, NotExamined, Segment

LONGEST, TOGETHER = 8_192, 65_536
"""Code points of a text that is read beside others, and of all that are read at once."""
WALL = "\n" + "\x01" * 140 + "\n"


# One decomposed letter would change how the offsets, and the lines, of all texts beside it are told.
_DECOMPOSED = re.compile("[\u0300-\u036f]")


@dataclass(frozen=True, slots=True)
class Part:
    """One text of a passage: `passage.text[start:end]`, the names that its dossier knows, and its language if it is told."""

    start: int
    end: int
    known_names: tuple[str, ...] = ()
    lang: str | None = None


Said = TypeVar("Said", Segment, Detection, NotExamined)


class Text(NamedTuple):
    """A text, the names that its dossier knows, and its language if the caller knows it."""

    text: str
    known_names: tuple[str, ...] = ()
    lang: str | None = None


def gathered(texts: Iterable[Text], readable: Callable[[str], bool]) -> Iterator[tuple[bool, list[Text]]]:
    """Gather texts that can be read together, in their order.

    Args:
        texts: the texts.
        readable: whether a text can be read beside others as far as its reader is concerned.

    Yields:
        Whether a group is to be read together, and the group.
    """
    group: list[Text] = []
    size = 0
    for text in texts:
        together = 0 < len(text.text) <= LONGEST and not _DECOMPOSED.search(text.text) and readable(text.text)
        if group and (not together or size >= TOGETHER):
            yield True, group
            group, size = [], 0
        if together:
            group.append(text)
            size += len(text.text) + len(WALL)
        else:
            yield False, [text]
    if group:
        yield True, group


def parted(result: DetectionResult, parts: Sequence[Part]) -> Iterator[DetectionResult]:
    """What was said of texts that were read together, for each of them."""
    segments, detections = _by_part(result.segments, parts), _by_part(result.detections, parts)
    unknown = _by_part(result.not_examined, parts)
    make = Detection._make
    for part in parts:
        start = part.start
        yield DetectionResult(
            tuple(Segment(each.start - start, min(each.end, part.end) - start, each.lang) for each in next(segments)),
            tuple(make((found[0] - start, found[1] - start, *found[2:])) for found in next(detections)),
            tuple(NotExamined(each.reason, each.start - start, each.end - start) for each in next(unknown)),
        )


def _by_part(said: Sequence[Said], parts: Sequence[Part]) -> Iterator[Sequence[Said]]:
    """What begins in each part; what begins in a wall belongs to none."""
    starts = [each.start for each in said]
    for part in parts:
        yield said[bisect_left(starts, part.start) : bisect_left(starts, part.end)]


def walled(texts: Sequence[Text]) -> tuple[str, tuple[Part, ...]]:
    """Join texts, each with its known names.

    Returns:
        The joined text, and where each text lies in it.
    """
    parts, start = [], 0
    for text, names, lang in texts:
        parts.append(Part(start, start + len(text), names, lang))
        start += len(text) + len(WALL)
    return WALL.join(each.text for each in texts), tuple(parts)


def as_told(
    segments: Sequence[Segment], unknown: Sequence[NotExamined], parts: Sequence[Part]
) -> tuple[tuple[Segment, ...], tuple[NotExamined, ...]]:
    """Segments in which each text whose language is told has that one alone, and the unknown stretches of the others."""
    if not any(part.lang for part in parts):
        return tuple(segments), tuple(unknown)
    said: list[Segment] = []
    open_: list[NotExamined] = []
    for part, own, foreign in zip(parts, _by_part(segments, parts), _by_part(unknown, parts), strict=True):
        said += [Segment(own[0].start, own[-1].end, part.lang)] if part.lang else own
        open_ += [] if part.lang else foreign
    return tuple(said), tuple(open_)
