"""A text of any length is read window by window, and says what it says in one piece."""

from __future__ import annotations

import io
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discretio.detection import Detector, build_detector
from discretio.detection.text_stream import detect_text
from discretio.detection.windows import LENGTH, OVERLAP, windows_of
from discretio.domain.lexicon import LexiconEntry

_LINE = "La pluie tombe sur les toits, et le vent souffle dans les arbres. "


@pytest.fixture(scope="module")
def small() -> Detector:
    return build_detector([LexiconEntry("dépress*", "fr", "health", 10)])


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(1, 900_000), max_size=6))
def test_windows_cover_a_text_once_and_overlap(sizes: list[int]) -> None:
    text = "0123456789" * (sum(sizes) // 10 + 1)
    pieces, at = [], 0
    for size in sizes:
        pieces.append(text[at : at + size])
        at += size
    windows = list(windows_of(pieces))
    assert [window.first for window in windows] == [0, *(window.end for window in windows[:-1])]
    assert windows[-1].end == sum(sizes)
    assert all(window.text == text[window.offset : window.offset + len(window.text)] for window in windows)
    assert all(window.offset + len(window.text) - window.end == OVERLAP // 2 for window in windows[:-1])


def test_a_datum_is_found_once_wherever_a_window_ends(small: Detector) -> None:
    filler = _LINE * (LENGTH // len(_LINE) + 1)
    borders = (LENGTH - OVERLAP, LENGTH - OVERLAP // 2, LENGTH, 2 * LENGTH - 2 * OVERLAP)
    for border in borders:
        for shift in (-6, -3, 0, 3):
            at = border + shift
            text = (filler * 3)[:at] + " dépression " + filler[: OVERLAP * 2]
            said = small.detect(text)
            assert [(found.start, found.end) for found in said.detections] == [(at + 1, at + 11)]
            assert [(part.start, part.end, part.lang) for part in said.segments] == [(0, len(text), "fr")]


def test_a_stream_is_answered_window_by_window_with_offsets_of_the_whole(small: Detector) -> None:
    text = "\ufeff" + _LINE * (LENGTH // len(_LINE) + 100) + "Une dépression."
    answers = list(detect_text(io.BytesIO(text.encode()), small))
    assert [answer["id"] for answer in answers] == [1, 2]
    (found,) = (each for answer in answers for each in answer["detections"])
    assert text[1:][found["start"] : found["end"]] == "dépression"


def test_what_is_no_text_is_said_and_not_silent(small: Detector) -> None:
    assert list(detect_text(io.BytesIO(b"d\xff"), small))[-1]["not_examined"] == [{"reason": "invalid_utf8"}]
    assert next(detect_text(io.BytesIO(b"d\x00"), small))["not_examined"][0]["reason"] == "binary"


def test_no_more_than_two_windows_are_held(small: Detector) -> None:
    held = 0

    class Endless(io.RawIOBase):
        def read(self, size: int = -1, /) -> bytes:
            nonlocal held
            held += size
            return _LINE.encode() * (size // len(_LINE)) if held < 40 * LENGTH else b""

    for number, _ in enumerate(detect_text(Endless(), small)):  # type: ignore[arg-type] - reads, which is all that is asked
        assert held <= (number + 2) * LENGTH + sys.getsizeof(_LINE) + (1 << 19)
        if number == 3:
            break
