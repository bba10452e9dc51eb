"""Which words of a unit made the model speak: the stretch that holds most of the weight, and its strongest words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from discretio.detection.statistical.model import Weighed

_TOLD = 3


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch that speaks for a class, and the words that weigh most in it.

    Attributes:
        start: offset in the folded data.
        end: one after the last.
        words: the offsets of the words, heaviest first.
    """

    start: int
    end: int
    words: tuple[tuple[int, int], ...]


def windows(weighed: Weighed, spoken: Iterator[tuple[int, int]], base: int) -> dict[tuple[int, int], Window]:
    """The strongest stretch of each unit for each class that the model speaks of there.

    Args:
        weighed: the words of the units.
        spoken: pairs of a unit and a class.
        base: where the stretch that the words were found in begins in the folded data.
    """
    return {pair: _window(weighed, pair, base) for pair in spoken if weighed.first[pair[0]] < weighed.first[pair[0] + 1]}


def _window(weighed: Weighed, pair: tuple[int, int], base: int) -> Window:
    unit, column = pair
    at = int(weighed.first[unit])
    weights = weighed.of_unit(unit, column)
    first, last = heaviest_run(weights)
    told = sorted((word for word in range(first, last) if weights[word] > 0), key=lambda word: -weights[word])[:_TOLD]
    starts, ends = weighed.words.starts, weighed.words.ends
    return Window(
        base + int(starts[at + first]), base + int(ends[at + last - 1]),
        tuple((base + int(starts[at + word]), base + int(ends[at + word])) for word in told),
    )  # fmt: skip


def heaviest_run(weights: Sequence[float]) -> tuple[int, int]:
    """The run with the largest sum, each word paying a toll, so that light words at its ends are left out."""
    toll = sum(weight for weight in weights if weight > 0) / len(weights) / 2
    best, run, total, first = float("-inf"), (0, len(weights)), 0.0, 0
    for at, weight in enumerate(weights):
        if total <= 0:
            total, first = 0.0, at
        total += weight - toll
        if total > best:
            best, run = total, (first, at + 1)
    return run
