"""Which language a stretch of text is in: stop-words sentence by sentence, steadied by the neighbours and the whole text.

All sentences are judged at once, by array: word by word this would take longer than everything else together.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from discretio.detection.folding import code_points
from discretio.detection.language_words import SURE, points_of_word, points_of_words
from discretio.detection.shapes import NEWLINE, SPACE, Shape
from discretio.detection.word_tables import Letters, letters_of, words_in
from discretio.domain.detections import NotExamined, Segment
from discretio.domain.lexicon import LANGUAGES

_LOOK_AT = 160  # characters of a sentence that are looked at: enough to tell four languages apart
_NEIGHBOUR, _WHOLE = 0.35, 1.5
_FOREIGN_WORDS, _FOREIGN_SHARE = 15, 0.06
_SHORT = 2_000  # characters from which arrays pay
_APOSTROPHE = 0x2019
_NO_WORD = np.zeros((1, len(LANGUAGES) + 1), np.float32)
_ELIDED = np.isin(np.arange(256), list(b"cdjlns"))
Points = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]


def segments_of(text: str) -> tuple[tuple[Segment, ...], tuple[NotExamined, ...]]:
    """Cut a text into stretches of one language.

    Args:
        text: any text.

    Returns:
        The segments, in order, without gaps; and the stretches that look like another language (`language_unknown`).
    """
    codes = code_points(text)
    return segments_in(codes, Shape(codes), [(0, len(codes))])


def segments_in(
    codes: npt.NDArray[np.uint32], shape: Shape, texts: Sequence[tuple[int, int]]
) -> tuple[tuple[Segment, ...], tuple[NotExamined, ...]]:
    """The same for the code points of one text or of several in a row, and their kinds.

    Args:
        codes: the code points of all texts.
        shape: their kinds.
        texts: where each text begins and ends; what lies between two of them goes with the former.
    """
    if not len(codes):
        return (), ()
    starts = _sentences(shape)
    letters = _without_lone_letters(letters_of(codes), codes)
    points, words, known = (
        _judged(letters, starts) if len(codes) >= _SHORT else _judged_by_word(letters.tobytes(), starts.tolist())
    )
    foreign = (words >= _FOREIGN_WORDS) & (known < _FOREIGN_SHARE * words)
    begins, text_ends = np.array(texts, np.int64).T
    first = np.searchsorted(starts, begins)
    ends = np.minimum(np.append(starts[1:], len(codes)), text_ends[np.searchsorted(begins, starts, side="right") - 1])
    unknown = tuple(NotExamined("language_unknown", *map(int, (starts[at], ends[at]))) for at in np.flatnonzero(foreign))
    return _joined(starts, _best(points, first), first, len(codes)), unknown


def _without_lone_letters(letters: Letters, codes: npt.NDArray[np.uint32]) -> Letters:
    """The letters without those that speak for French by an apostrophe alone: l'enfant, but not S1 or s p a c e d."""
    first, length = words_in(letters)
    alone = first[length == 1]
    alone = alone[_ELIDED[letters[alone]]]
    following = codes[np.minimum(alone + 1, len(codes) - 1)]
    letters[alone[(following != ord("'")) & (following != _APOSTROPHE)]] = 0
    return letters


def _sentences(shape: Shape) -> npt.NDArray[np.int64]:
    """Where sentences begin: behind a line's end, and behind a blank that follows a closing sign."""
    kinds = shape.kinds
    breaks = shape.where(NEWLINE)
    blanks = shape.where(SPACE)
    before = shape.around(blanks, -1)
    closing = (before == ord(".")) | (before == ord("!")) | (before == ord("?")) | (before == ord(";"))
    ends = np.concatenate([[0], np.sort(np.concatenate([breaks, blanks[closing]])) + 1])
    return ends[ends < len(kinds)] if len(kinds) > 1 else ends[:1]


def _judged(letters: Letters, starts: Rows) -> tuple[Points, Rows, Points]:
    """Per sentence: points per language, words looked at, and how many of them are stop-words."""
    first, length = words_in(letters)
    bounds = np.searchsorted(first, starts)
    seen = first - np.repeat(starts, np.diff(bounds, append=len(first))) < _LOOK_AT
    begins = np.append(0, np.cumsum(seen))[bounds]
    points = points_of_words(letters, first[seen], length[seen])
    words = np.diff(begins, append=len(points))
    sums = np.add.reduceat(np.append(points, _NO_WORD, axis=0), begins, axis=0).astype(np.float64)
    sums[words == 0] = 0.0
    return sums[:, :-1] / SURE, words, sums[:, -1]


def _judged_by_word(letters: bytes, starts: Sequence[int]) -> tuple[Points, Rows, Points]:
    """The same, word by word: for a short text that costs less than arrays."""
    points = np.zeros((len(starts), len(LANGUAGES)))
    words, known = np.zeros(len(starts), np.int64), np.zeros(len(starts))
    for sentence, (start, end) in enumerate(pairwise([*starts, len(letters)])):
        at = 0
        for word in letters[start:end].split(b"\0"):
            if at >= _LOOK_AT:
                break
            if word:
                said, stop = points_of_word(word)
                points[sentence] += said
                words[sentence] += 1
                known[sentence] += stop
            at += len(word) + 1
    return points / SURE, words, known


def _best(points: Points, first: Rows) -> Rows:
    """The language of each sentence, as a position in LANGUAGES; `first` are the first sentences of the texts."""
    same_text = np.ones((len(points), 1))
    same_text[first] = 0.0
    steadied = points.copy()
    steadied[1:] += _NEIGHBOUR * points[:-1] * same_text[1:]
    steadied[:-1] += _NEIGHBOUR * points[1:] * same_text[1:]
    whole = np.add.reduceat(points, first, axis=0)
    total = whole.sum(axis=1, keepdims=True)
    shares = _WHOLE * np.divide(whole, total, out=np.zeros_like(whole), where=total > 0)
    steadied += np.repeat(shares, np.diff(np.append(first, len(points))), axis=0)
    # Rounded, so that the order of additions decides nothing.
    best: npt.NDArray[np.int64] = np.argmax(np.round(steadied, 9), axis=1)
    return best


def _joined(starts: Rows, langs: Rows, first: Rows, length: int) -> tuple[Segment, ...]:
    """Neighbouring sentences of one language and text, as one segment."""
    changes = np.union1d(first, np.flatnonzero(np.diff(langs)) + 1)
    begins = [*starts[changes].tolist(), length]
    return tuple(
        Segment(start, end, LANGUAGES[lang])
        for (start, end), lang in zip(pairwise(begins), langs[changes].tolist(), strict=True)
    )
