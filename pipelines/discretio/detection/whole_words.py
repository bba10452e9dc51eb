"""A few terms as whole words, sought one after the other: compiling an automaton for them costs more than reading a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from discretio.detection.automaton import Hit, composed
from discretio.detection.folding import Folded, fold


class WholeWords:
    """Terms that are met as whole words, whatever their case and accents.

    Args:
        terms: as they are written; a hit names one by its position.
    """

    def __init__(self, terms: Sequence[str]) -> None:
        stems = list(map(composed, terms))
        # Folded in one go: that costs as much for twenty as for one.
        marked = fold("\n".join(stems)).marked
        ends = [-1]
        for stem in stems:
            ends.append(ends[-1] + 1 + len(stem))
        self._forms = [marked[before + 1 : end] for before, end in pairwise(ends)]

    def hits(self, folded: Folded, start: int, end: int) -> list[Hit]:
        """The terms between two offsets of folded data, in the order of their ends."""
        marked = folded.marked
        found = [
            Hit(at, at + len(form), number)
            for number, form in enumerate(self._forms)
            if form
            for at in _places(marked, form, start, end)
        ]
        return sorted(found, key=lambda hit: (hit.end, hit.start, hit.entry))


def _places(marked: bytes, form: bytes, start: int, end: int) -> Iterator[int]:
    at = marked.find(form, start, end)
    while at >= 0:
        yield at
        at = marked.find(form, at + 1, end)
