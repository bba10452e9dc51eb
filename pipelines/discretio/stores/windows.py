"""Long texts in overlapping windows, so that no text costs more memory than a window."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, groupby
from operator import itemgetter

from discretio.stores.port import Extracted


@dataclass(frozen=True, slots=True)
class WindowSize:
    """How texts are cut.

    Args:
        length: of a window, in code points.
        overlap: of a window with the next, in code points; more than the longest datum that detection looks for.
        whole_up_to: a text of a column up to this size, in code points, stays whole.
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


def document_windows(pieces: Iterable[Extracted], size: WindowSize) -> Iterator[Extracted]:
    """Cut each part of a document into windows.

    Yields:
        The same parts, with windows that overlap within a part and never reach into the next; `offset` counts from the
        beginning of the document, all parts together.
    """
    begin = 0
    for _, group in groupby(_numbered(pieces), key=itemgetter(0)):
        _, first = next(group)
        if first.not_examined is not None:
            yield Extracted(first.part, "", first.not_examined, begin)
            continue
        end = begin
        for offset, text in windows(chain((first.text,), (piece.text for _, piece in group)), size):
            end = begin + offset + len(text)
            yield Extracted(first.part, text, None, begin + offset)
        begin = end


def _numbered(pieces: Iterable[Extracted]) -> Iterator[tuple[int, Extracted]]:
    """The pieces with the number of the part that they belong to; a gap is a part of its own."""
    number, before = 0, Extracted(None, "", "nothing yet")
    for piece in pieces:
        both_texts = before.not_examined is None and piece.not_examined is None
        number += not (both_texts and piece.part == before.part and piece.offset > 0)
        yield number, piece
        before = piece
