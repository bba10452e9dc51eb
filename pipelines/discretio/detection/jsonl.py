"""`discretio detect --jsonl`: one text a line in, its detections a line out; a bad line is named and the rest goes on."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from discretio.detection.detector import Detector
from discretio.detection.parts import Text
from discretio.domain.detections import Detection, DetectionResult

LINE_LIMIT = 32 * 1024 * 1024
_CHUNK = 1024 * 1024


def detect_lines(lines: BinaryIO, detector: Detector, line_limit: int = LINE_LIMIT) -> Iterator[dict[str, Any]]:
    """Answer each line of a JSON Lines stream, in their order; some lines are read ahead, as `detect_many` does.

    Args:
        lines: objects {"id", "text"[, "lang"][, "known_names"]}, UTF-8.
        detector: what detects.
        line_limit: bytes from which a line is passed over without being held in memory.

    Yields:
        {"id", "segments", "detections", "not_examined"}; a line that could not be read has a null id, its number and why.
    """
    pending: deque[_Asked] = deque()

    def read() -> Iterator[Text]:
        for number, line in enumerate(_bounded_lines(lines, line_limit), start=1):
            if line is None or line.strip():
                pending.append(_asked(number, line))
                yield pending[-1].text

    for said in detector.detect_many(read()):
        asked = pending.popleft()
        yield asked.refusal or {"id": asked.id_, **as_json(said)}


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a line asks: its text, or an empty one with what is to be answered instead."""

    text: Text
    id_: object = None
    refusal: dict[str, Any] | None = None


def _bounded_lines(lines: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """The lines of a stream; None for one over the limit, which is skipped chunk by chunk."""
    while line := lines.readline(limit + 1):
        if len(line) <= limit or line.endswith(b"\n"):
            yield line
            continue
        rest = line
        while rest and not rest.endswith(b"\n"):
            rest = lines.readline(_CHUNK)
        yield None


def _asked(number: int, line: bytes | None) -> _Asked:
    if line is None:
        return _refused(number, "line_too_large")
    try:
        asked = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        return _refused(number, "invalid_utf8")
    except (json.JSONDecodeError, RecursionError):
        return _refused(number, "invalid_json")
    if not isinstance(asked, dict) or not isinstance(asked.get("text"), str):
        return _refused(number, "no_text", asked.get("id") if isinstance(asked, dict) else None)
    names, lang = asked.get("known_names"), asked.get("lang")
    known = tuple(name for name in names if isinstance(name, str)) if isinstance(names, list) else ()
    return _Asked(Text(asked["text"], known, lang if isinstance(lang, str) else None), asked.get("id"))


def _refused(number: int, reason: str, id_: object = None) -> _Asked:
    refusal = {"id": id_, "segments": [], "detections": [], "not_examined": [{"reason": reason, "line": number}]}
    return _Asked(Text(""), refusal=refusal)


def as_json(result: DetectionResult) -> dict[str, Any]:
    """A result in the words of the command line's contract."""
    return {
        "segments": [{"start": part.start, "end": part.end, "lang": part.lang} for part in result.segments],
        "detections": [_detection(found) for found in result.detections],
        "not_examined": [{"reason": part.reason, "start": part.start, "end": part.end} for part in result.not_examined],
    }


def _detection(found: Detection) -> dict[str, Any]:
    return {
        "start": found.start, "end": found.end, "category": found.category, "flags": [flag.value for flag in found.flags],
        "type": found.type, "lang": found.lang, "score": round(found.score, 3), "negated": found.negated,
        "about": found.about.value, "why": found.why,
    }  # fmt: skip
