"""Long texts in overlapping windows, so that no text costs more memory than a window."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WindowSize:
    """How texts are cut.

    Args:
        length: of a window, in code points.
        overlap: of a window with the next, in code points; more than the longest datum that detection looks for.
        whole_up_to: a text up to this size (bytes of a file, code points of a column) stays whole.
    """

    length: int = 1 << 20
    overlap: int = 4_096
    whole_up_to: int = 8_000_000


def windows(pieces: Iterable[str], size: WindowSize) -> Iterator[tuple[int, str]]:
    """Cut a text that comes in pieces into windows.

    Yields:
        The offset of each window in the whole text, and the window. An empty text is one empty window.
    """
    offset, pending = 0, ""
    for piece in pieces:
        pending += piece
        # One code point more than a window must be there, else the last window would hold nothing but overlap.
        while len(pending) > size.length:
            yield offset, pending[: size.length]
            step = size.length - size.overlap
            offset, pending = offset + step, pending[step:]
    yield offset, pending
