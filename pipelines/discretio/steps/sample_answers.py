"""A reviewer's sheet: one line per entry, with the categories of art. 2 §2 that he found there."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from discretio.errors import UsageError
from discretio.law.special_classes import CATEGORY_NUMBERS, categories_mask

NONE = "none"
_HEAD = ("entry", "categories")
_LARGEST = 10_000_000
_REMEDY = "write numbers from 1 to 16 with spaces between, none where nothing is there, or leave it empty for later"


def read_answers(path: Path, known: Mapping[str, int]) -> dict[int, int]:
    """Read a sheet: categories as bits, by the number of the entry in the sample. Lines without an answer are passed over.

    Args:
        path: the CSV file.
        known: number in the sample, by entry, of those that the reviewer may answer.

    Raises:
        UsageError: the file can't be read, or a line is wrong; says which. Nothing of what it holds is quoted but its number.
    """
    answers: dict[int, int] = {}
    for line, entry, categories in _lines(path):
        if entry not in known:
            raise UsageError("an entry is not this reviewer's in this sample", where=f"line {line}", remedy="write a new sheet")
        if known[entry] in answers:
            raise UsageError("an entry is answered twice", where=f"line {line}", remedy="keep one line per entry")
        if categories:
            answers[known[entry]] = _mask(categories, line)
    return answers


def _lines(path: Path) -> Iterator[tuple[int, str, str]]:
    try:
        if path.stat().st_size > _LARGEST:
            raise UsageError("the sheet is larger than any sample", remedy="give the file that discretio sample sheet wrote")
        rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    except (OSError, UnicodeDecodeError, csv.Error):
        raise UsageError(
            "the sheet can't be read", remedy="give a CSV file in UTF-8, as discretio sample sheet writes it"
        ) from None
    if not rows or tuple(cell.strip() for cell in rows[0]) != _HEAD:
        raise UsageError("the sheet doesn't begin with its heads", where="line 1", remedy=f"begin with {','.join(_HEAD)}")
    for line, row in enumerate(rows[1:], start=2):
        if len(row) != len(_HEAD):
            raise UsageError("a line has not two columns", where=f"line {line}", remedy=_REMEDY)
        yield line, row[0].strip(), row[1].strip()


def _mask(text: str, line: int) -> int:
    if text.casefold() == NONE:
        return 0
    words = text.replace(";", " ").split()
    if any(not word.isdecimal() or int(word) not in CATEGORY_NUMBERS for word in words):
        raise UsageError("something is no category of art. 2 §2", where=f"line {line}", remedy=_REMEDY)
    return categories_mask(int(word) for word in set(words))
