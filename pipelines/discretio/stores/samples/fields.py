"""Reading one JSON object strictly: a missing or misshapen field is named, its content never."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from discretio.errors import UsageError

LINE_LIMIT = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of one object in a line of a JSONL file; `path` says where in the line it is."""

    values: Mapping[str, Any]
    line: int
    path: str = ""

    def wrong(self, name: str, expected: str) -> UsageError:
        """The error that names the field and what it should hold."""
        field = f"{self.path}.{name}" if self.path else name
        return UsageError(
            f"field {field} is missing or is not {expected}",
            where=f"line {self.line}",
            remedy="mend the line; the format is described in the README of the samples",
        )

    def text(self, name: str, allowed: Iterable[str] | None = None) -> str:
        """A text that must be there, among the allowed ones if they are given."""
        value = self.values.get(name)
        if not isinstance(value, str) or (allowed is not None and value not in allowed):
            raise self.wrong(name, "a text" if allowed is None else f"one of {', '.join(sorted(allowed))}")
        return value

    def number(self, name: str, lowest: int, highest: int) -> int:
        """A whole number within bounds."""
        value = self.values.get(name)
        if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
            raise self.wrong(name, f"a whole number from {lowest} to {highest}")
        return value

    def truth(self, name: str) -> bool:
        """True or false."""
        value = self.values.get(name)
        if not isinstance(value, bool):
            raise self.wrong(name, "true or false")
        return value

    def day(self, name: str) -> date:
        """A date, YYYY-MM-DD."""
        try:
            return date.fromisoformat(self.text(name))
        except ValueError:
            raise self.wrong(name, "a date that exists, YYYY-MM-DD") from None

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self.values.get(name)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.wrong(name, "a list of texts")
        return tuple(value)

    def numbers(self, name: str, lowest: int, highest: int) -> tuple[int, ...]:
        """A list of whole numbers within bounds."""
        value = self.values.get(name)
        if not isinstance(value, list) or not all(type(item) is int and lowest <= item <= highest for item in value):
            raise self.wrong(name, f"a list of whole numbers from {lowest} to {highest}")
        return tuple(value)

    def object(self, name: str) -> Fields:
        """An object inside this one."""
        value = self.values.get(name)
        if not isinstance(value, dict):
            raise self.wrong(name, "an object")
        return Fields(value, self.line, f"{self.path}.{name}" if self.path else name)

    def objects(self, name: str) -> Iterator[Fields]:
        """A list of objects inside this one."""
        value = self.values.get(name)
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.wrong(name, "a list of objects")
        prefix = f"{self.path}.{name}" if self.path else name
        return (Fields(item, self.line, f"{prefix}[{index}]") for index, item in enumerate(value))


_Value = TypeVar("_Value")


def none_or(read: Callable[[str], _Value], fields: Fields, name: str) -> _Value | None:
    """What `read` makes of a field, or None where it is null or absent."""
    return None if fields.values.get(name) is None else read(name)


def file_lines(path: Path) -> Iterator[str]:
    """The lines of a UTF-8 file, each bounded in memory.

    Raises:
        UsageError: the file can't be opened, a line is longer than 32 MB, or isn't UTF-8; the line's number is told.
    """
    try:
        stream = path.open("rb")
    except OSError:
        raise UsageError("the file can't be opened", remedy="check that it exists and may be read") from None
    with stream:
        number = 0
        while line := stream.readline(LINE_LIMIT + 1):
            number += 1
            _within_limit(len(line), number)
            try:
                yield line.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError:
                raise UsageError("the line is not UTF-8", where=f"line {number}", remedy="save the file as UTF-8") from None


def json_lines(lines: Iterable[str]) -> Iterator[Fields]:
    """One object per line that isn't blank.

    Raises:
        UsageError: a line is too long, or is no JSON object; the line's number is told, its content never.
    """
    for number, line in enumerate(lines, start=1):
        _within_limit(len(line), number)
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            value = None
        if not isinstance(value, dict):
            raise UsageError("the line is no JSON object", where=f"line {number}", remedy="write one JSON object per line")
        yield Fields(value, number)


def _within_limit(length: int, number: int) -> None:
    if length > LINE_LIMIT:
        raise UsageError(
            "the line is longer than 32 MB", where=f"line {number}", remedy="split the dossier, or scan it as a document tree"
        )
