"""Dossiers, each with what its content weighs, cut into ranges of keys: no range holds much more than a limit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from discretio.errors import UsageError
from discretio.stores.port import Partition

EACH_CONTENT = 200
"""Bytes that each content weighs besides its own: its keys and dates are read too."""

EACH_FILE = 64_000
"""Bytes of text that a file is taken to hold whose size nobody knows."""

BYTES_TO_ONE_OF_TEXT = 16
"""Of the bytes of a document or an archive, most are no text."""


def cut(weighed: Iterable[tuple[str, int]], size: int, octets: int | None = None) -> list[Partition]:
    """Cut dossiers into ranges.

    Args:
        weighed: the key of each dossier, in the store's order, and about how many bytes of text it holds.
        size: dossiers of a range at most.
        octets: bytes of text after which a range ends; no limit by default. A dossier that alone holds more isn't divided.

    Raises:
        UsageError: no dossier fits into such a range.
    """
    if size < 1:
        raise UsageError("a partition holds at least one dossier")
    ranges = _ranges(weighed, size, octets)
    return [Partition(number, keys[0], keys[-1], len(keys)) for number, keys in enumerate(ranges)]


def _ranges(weighed: Iterable[tuple[str, int]], size: int, octets: int | None) -> Iterator[list[str]]:
    keys: list[str] = []
    held = 0
    for key, weight in weighed:
        if keys and (len(keys) == size or (octets is not None and held + weight > octets)):
            yield keys
            keys, held = [], 0
        keys.append(key)
        held += weight
    if keys:
        yield keys
