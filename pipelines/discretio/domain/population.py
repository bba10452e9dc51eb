"""The exact population of a plan, as hashes: what was approved is what is deleted, or it isn't deleted (design, promise 3)."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from discretio.errors import PurgeRefusedError

Value = str | bytes | int | float | bool | date | None

_DOSSIER = b"discretio/dossier/v1"
_POPULATION = b"discretio/population/v1"


@dataclass(frozen=True, slots=True)
class Differences:
    """How a population differs from an earlier one, by surrogate id."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def dossier_hash(rows_by_frame: Mapping[str, Iterable[Mapping[str, Value]]], key: bytes) -> str:
    """The keyed hash of a dossier: of every row that would be deleted, by frame (table) and column.

    It changes with any row, column or value, and doesn't depend on the order of frames, rows or columns. It is keyed, since the
    hash of a short text gives the text away.

    Args:
        rows_by_frame: the rows by the name of their frame; values are plain, null is None.
        key: the ledger's key.
    """
    frames = []
    for name, rows in rows_by_frame.items():
        frames.append(_packed([_text(name), *sorted(_row(row) for row in rows)]))
    return hmac.new(key, _packed([_DOSSIER, *sorted(frames)]), hashlib.sha256).hexdigest()


def root_hash(items: Iterable[tuple[str, str]]) -> str:
    """The hash of a population of pairs (surrogate id, dossier hash), in whatever order they come.

    Raises:
        PurgeRefusedError: a dossier occurs twice.
    """
    listed = sorted(items)
    _unique(listed)
    leaves = [_packed([_text(dossier_id), _text(digest)]) for dossier_id, digest in listed]
    return hashlib.sha256(_packed([_POPULATION, *leaves])).hexdigest()


def differences(old: Iterable[tuple[str, str]], new: Iterable[tuple[str, str]]) -> Differences:
    """What was added to a population, removed from it, or changed in it.

    Raises:
        PurgeRefusedError: a dossier occurs twice in one of them.
    """
    before, after = _unique(old), _unique(new)
    return Differences(
        added=tuple(sorted(after.keys() - before.keys())),
        removed=tuple(sorted(before.keys() - after.keys())),
        changed=tuple(sorted(one for one in before.keys() & after.keys() if before[one] != after[one])),
    )


def _unique(items: Iterable[tuple[str, str]]) -> dict[str, str]:
    listed = list(items)
    by_id = dict(listed)
    if len(by_id) < len(listed):
        raise PurgeRefusedError("A dossier occurs twice in the population of one plan.", remedy="Make a new plan.")
    return by_id


def _row(row: Mapping[str, Value]) -> bytes:
    cells = [_packed([_text(column), _value(value)]) for column, value in row.items()]
    return _packed(sorted(cells))


def _packed(parts: Iterable[bytes]) -> bytes:
    """Parts with their number and lengths before them, so that no two lists of parts give the same bytes."""
    listed = list(parts)
    lengths = [len(listed), *map(len, listed)]
    return b"".join(length.to_bytes(8, "big") for length in lengths) + b"".join(listed)


def _text(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _value(value: Value) -> bytes:
    """A value with its kind, so that 1, '1', True and null differ."""
    if isinstance(value, bytes):
        return b"bytes:" + value
    if isinstance(value, date):
        return b"date:" + _text(value.isoformat())
    return _text(f"{type(value).__name__}:{value}")
