"""How the tests look at what was read."""

from __future__ import annotations

from collections import defaultdict
from typing import BinaryIO

from discretio.documents import DocumentPart, Limits, read_document


def parts_of(data: bytes | BinaryIO, name: str = "", **limits: object) -> list[DocumentPart]:
    """All parts."""
    return list(read_document(data, name, Limits(**limits)))  # type: ignore[arg-type]  # each test gives what the field takes


def texts_of(data: bytes, name: str = "", **limits: object) -> dict[str, str]:
    """The text of each part by its label, whatever its path."""
    found: dict[str, str] = defaultdict(str)
    for part in parts_of(data, name, **limits):
        found[part.part] += part.text
    return dict(found)


def gaps_in(data: bytes | BinaryIO, name: str = "", **limits: object) -> list[tuple[tuple[int, ...], str, str]]:
    """Where and why something was not examined."""
    return [(part.path, part.part, part.not_examined) for part in parts_of(data, name, **limits) if part.not_examined]
