"""Long texts in overlapping windows: a text of any length costs the memory of one window, and time in proportion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from discretio.domain.detections import Detection, DetectionResult, NotExamined, Segment

LENGTH, OVERLAP = 1 << 20, 4_096
"""Code points of a window, and of what it shares with the next: more than the longest datum and what is looked at around it."""


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a long text: `text` begins at `offset`, and what begins from `first` on, up to `end`, is its own.

    Two windows share their overlap half and half: a datum across that border is whole in both, and counts where it begins.
    """

    text: str
    offset: int
    first: int
    end: int


def windows_of(pieces: Iterable[str]) -> Iterator[Window]:
    """Cut a text that comes in pieces into windows; a short one is one window, an empty one an empty window."""
    offset = first = 0
    pending = ""
    for piece in pieces:
        pending += piece
        # One code point more than a window must be there, else the last window would hold nothing but overlap.
        while len(pending) > LENGTH:
            end = offset + LENGTH - OVERLAP // 2
            yield Window(pending[:LENGTH], offset, first, end)
            offset, first, pending = offset + LENGTH - OVERLAP, end, pending[LENGTH - OVERLAP :]
    yield Window(pending, offset, first, offset + len(pending))


def own_share(window: Window, said: DetectionResult) -> DetectionResult:
    """What a window says of its own stretch, with offsets in the whole text."""
    if not window.first and window.end == len(window.text):
        return said
    offset = window.offset
    return DetectionResult(
        tuple(
            Segment(max(each.start + offset, window.first), min(each.end + offset, window.end), each.lang)
            for each in said.segments
            if each.start + offset < window.end and each.end + offset > window.first
        ),
        tuple(
            found._replace(start=found.start + offset, end=found.end + offset)
            for found in said.detections
            if window.first <= found.start + offset < window.end
        ),
        tuple(
            NotExamined(each.reason, max(each.start + offset, window.first), min(each.end + offset, window.end))
            for each in said.not_examined
            if each.start + offset < window.end and each.end + offset > window.first
        ),
    )


def as_one(shares: Iterable[DetectionResult]) -> DetectionResult:
    """What the windows of a text say together, in order."""
    first, *others = shares
    if not others:
        return first
    segments: list[Segment] = []
    detections: list[Detection] = []
    unknown: list[NotExamined] = []
    for share in (first, *others):
        detections += share.detections
        unknown += share.not_examined
        for each in share.segments:
            if segments and segments[-1].lang == each.lang:
                each = Segment(segments.pop().start, each.end, each.lang)  # noqa: PLW2901 - goes on where the last one ended
            segments.append(each)
    return DetectionResult(tuple(segments), tuple(detections), tuple(unknown))
