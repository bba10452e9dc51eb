"""Detect in a stream of texts, reading a few ahead: short ones are looked at together, at several times the speed."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from discretio.detection.detector import Detector
from discretio.domain.detections import DetectionResult
from discretio.stores.port import TextUnit

_NOTHING = DetectionResult((), ())


class Looked(NamedTuple):
    """A text and what was detected in it; nothing in one that the store could not read."""

    text: TextUnit
    result: DetectionResult


def looked_at(
    texts: Iterable[TextUnit], detector: Callable[[], Detector], names: Callable[[TextUnit], Sequence[str]]
) -> Iterator[Looked]:
    """What is detected in each text, in order.

    Args:
        texts: as a store delivers them.
        detector: makes the detector; asked only if there is a text.
        names: the persons whom the dossier of a text knows.
    """
    waiting: deque[TextUnit] = deque()

    def readable() -> Iterator[tuple[str, Sequence[str]]]:
        for text in texts:
            waiting.append(text)
            if not text.not_examined:
                yield text.text, names(text)

    coming = iter(readable())
    first = next(coming, None)
    if first is not None:
        for result in detector().detect_many(_again(first, coming)):
            yield from _unreadable(waiting)
            yield Looked(waiting.popleft(), result)
    yield from _unreadable(waiting)


def _again(first: tuple[str, Sequence[str]], rest: Iterator[tuple[str, Sequence[str]]]) -> Iterator[tuple[str, Sequence[str]]]:
    yield first
    yield from rest


def _unreadable(waiting: deque[TextUnit]) -> Iterator[Looked]:
    while waiting and waiting[0].not_examined:
        yield Looked(waiting.popleft(), _NOTHING)
