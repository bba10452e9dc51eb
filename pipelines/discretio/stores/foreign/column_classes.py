"""What is known of a foreign column: which categories and special classes it holds, how sure that is, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from discretio.errors import MappingError
from discretio.law.special_classes import CATEGORY_NUMBERS, Flag
from discretio.stores.foreign.yaml_reader import YamlReader

CLASS_KEYS: Mapping[str, str] = {
    "categories": "categories of art. 2 §2 that its values fall in, as numbers",
    "flags": "special classes that its values belong to",
    "types": "kinds of data found in it, such as BE_NATIONAL_NUMBER",
    "confidence": "from 0 to 1: the highest, not the mean, of what speaks for it",
    "evidence": "what speaks for it: header, sample, checksum, or person (somebody confirmed it)",
    "read": "how much of it was read: sample, all, or the number of rows read before the cap",
}
EVIDENCE = ("header", "sample", "checksum", "person")


@dataclass(frozen=True, slots=True)
class ColumnClass:
    """What one column of a foreign table holds.

    Attributes:
        table: the table, with its schema if it was named so.
        column: the column.
        categories: of art. 2 §2.
        flags: special classes.
        types: kinds of data, as recognisers name them.
        confidence: from 0 to 1.
        evidence: some of EVIDENCE.
        read: how much of the column was read.
    """

    table: str
    column: str
    categories: tuple[int, ...] = ()
    flags: tuple[Flag, ...] = ()
    types: tuple[str, ...] = ()
    confidence: float = 1.0
    evidence: tuple[str, ...] = ()
    read: str = "sample"


def read_classes(reader: YamlReader, document: CommentedMap) -> tuple[ColumnClass, ...]:
    """Read the part `classes` of a mapping: {table: {column: {...}}}.

    Raises:
        MappingError: it isn't understood.
    """
    if "classes" not in document:
        return ()
    tables = reader.part(document, "classes")
    return tuple(
        _class(reader, str(table), str(column), reader.part(columns, column))
        for table in tables
        for columns in [reader.part(tables, table)]
        for column in columns
    )


def _class(reader: YamlReader, table: str, column: str, part: CommentedMap) -> ColumnClass:
    reader.known(part, CLASS_KEYS, f"classes.{table}.{column}")
    try:
        return ColumnClass(
            table,
            column,
            categories=tuple(_category(value) for value in _list(part, "categories")),
            flags=tuple(Flag(str(value)) for value in _list(part, "flags")),
            types=tuple(str(value) for value in _list(part, "types")),
            confidence=_confidence(part.get("confidence", 1.0)),
            evidence=tuple(EVIDENCE[EVIDENCE.index(str(value))] for value in _list(part, "evidence")),
            read=str(part.get("read", "sample")),
        )
    except (ValueError, TypeError):
        raise MappingError(
            "a class of a column can't be",
            where=reader.line(part),
            remedy=f"categories are 1 to 16; flags are {', '.join(Flag)}; evidence is {', '.join(EVIDENCE)}; "
            "confidence is 0 to 1",
        ) from None


def _list(part: CommentedMap, key: str) -> list[object]:
    value = part.get(key, [])
    return list(value) if isinstance(value, CommentedSeq | list) else [value]


def _category(value: object) -> int:
    number = int(str(value))
    if number not in CATEGORY_NUMBERS:
        raise ValueError("no category")
    return number


def _confidence(value: object) -> float:
    number = float(str(value))
    if not 0 <= number <= 1:
        raise ValueError("no confidence")
    return number
