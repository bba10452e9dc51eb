"""`discretio detect --text`: a plain text of any length in, its detections out window by window; nothing is held longer."""

from __future__ import annotations

from codecs import getincrementaldecoder
from collections.abc import Iterator
from typing import Any, BinaryIO

from discretio.detection.detector import Detector
from discretio.detection.jsonl import as_json

_CHUNK = 1 << 18


def detect_text(stream: BinaryIO, detector: Detector) -> Iterator[dict[str, Any]]:
    """Answer a stream of text.

    Args:
        stream: UTF-8, of any length.
        detector: what detects.

    Yields:
        {"id", "segments", "detections", "not_examined"} for each window; the id is its number, offsets are those of the whole
        text. What is no UTF-8 ends the answers with the reason.
    """
    number = 0
    try:
        for number, said in enumerate(detector.detect_stream(_pieces(stream)), start=1):
            yield {"id": number, **as_json(said)}
    except UnicodeDecodeError:
        yield {"id": number + 1, "segments": [], "detections": [], "not_examined": [{"reason": "invalid_utf8"}]}


def _pieces(stream: BinaryIO) -> Iterator[str]:
    decoder = getincrementaldecoder("utf-8-sig")()
    while chunk := stream.read(_CHUNK):
        yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)
