r"""JSON: names and values with their escapes resolved, since "caf\u00e9" would hide a word."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from discretio.documents import plain_text
from discretio.documents.encodings import decode
from discretio.documents.parts import DocumentPart, Reason
from discretio.documents.reading import Reading
from discretio.documents.sources import Source


def read(source: Source, reading: Reading) -> Iterator[DocumentPart]:
    """One line per name and value; JSON in lines is read line by line; what is no JSON is read as it stands."""
    if source.size > reading.limits.member_bytes:
        yield from plain_text.read(source, reading)
        return
    text, certain = decode(source.whole(reading.budget))
    try:
        lines = list(_lines(_documents(text)))
    except (ValueError, RecursionError):
        yield from reading.part("body", text)
        yield reading.missing(Reason.DAMAGED, "body")
        return
    yield from reading.part("body", "\n".join(lines))
    if not certain:
        yield reading.missing(Reason.UNCERTAIN_ENCODING, "body")


def _documents(text: str) -> list[Any]:
    # Numbers stay as written: an account number must not lose its leading digits to a float.
    try:
        return [json.loads(text, parse_float=str, parse_int=str)]
    except ValueError:
        return [json.loads(line, parse_float=str, parse_int=str) for line in text.splitlines() if line.strip()]


def _lines(pending: list[Any]) -> Iterator[str]:
    pending.reverse()
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            for name, inner in reversed(value.items()):
                pending += [f"{name}: {inner}"] if isinstance(inner, str) else [inner, name]
        elif isinstance(value, list):
            pending += reversed(value)
        elif value is not None and not isinstance(value, bool):
            yield str(value)
