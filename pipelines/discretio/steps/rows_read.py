"""How far a search reached: the rows whose contents could be read, and those of which some could not, with the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from discretio.domain.frames import KNOWN_FRAMES
from discretio.stores.port import Held


@dataclass(slots=True)
class RowsRead:
    """What has been read so far.

    Attributes:
        whole: rows that were read whole.
        unread: rows of which nothing could be read, or not all of it.
        reasons: why not; a row counts once for each.
    """

    whole: int = 0
    unread: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    def texts(self, values: Iterable[Held]) -> Iterator[Held]:
        """The keys and texts among these values; what could not be read is counted."""
        told: set[str] = set()
        for held in values:
            if is_key(held):
                told = set()
                self.whole += 1
            if held.not_examined is None:
                yield held
            elif held.not_examined not in told:
                self._count(held.not_examined, first=not told)
                told.add(held.not_examined)

    def _count(self, reason: str, *, first: bool) -> None:
        self.reasons[reason] += 1
        self.whole -= first
        self.unread += first


def is_key(held: Held) -> bool:
    """Whether a value is the store's own key of its row, and no text."""
    return KNOWN_FRAMES[held.frame].key == held.column
