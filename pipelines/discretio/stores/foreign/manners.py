"""How gently a foreign database is read: the part of a mapping about the store itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ruamel.yaml.comments import CommentedMap

from discretio.errors import MappingError
from discretio.stores.foreign.written_dates import BRUSSELS
from discretio.stores.foreign.yaml_reader import YamlReader


@dataclass(frozen=True, slots=True)
class Manners:
    """What may be asked of the database, and how its clock goes.

    Attributes:
        statement_seconds: after which the database is to give a statement up.
        page_rows: rows that one statement asks for.
        rows_per_second: at most so many, by a pause after each page; null for no limit.
        reconnections: how often in a row a lost connection is made again, from the page where it broke off.
        read_only_account: whether an account that may write is refused, and not only reported.
        time_zone: of moments that say none.
        files: the place of the files whose paths the database holds: a folder, or a URL; empty if there is none.
    """

    statement_seconds: int = 300
    page_rows: int = 1_000
    rows_per_second: int | None = None
    reconnections: int = 3
    read_only_account: bool = False
    time_zone: ZoneInfo = BRUSSELS
    files: str = ""

    FIELDS: ClassVar[Mapping[str, str]] = {
        "statement_seconds": "seconds after which the database gives up one statement; 300 by default",
        "page_rows": "rows that one statement asks for; 1000 by default",
        "rows_per_second": "at most so many rows a second, by a pause after each page; no limit by default",
        "reconnections": "how often in a row a lost connection is made again, going on after the last row; 3 by default",
        "read_only_account": "true: an account that may write is refused, and not only reported",
        "time_zone": "of moments that say none, such as UTC; Europe/Brussels by default",
        "files": "the place below which the files lie whose paths the database holds: a folder (from this file on), or a URL",
    }


_NUMBERS = ("statement_seconds", "page_rows", "rows_per_second", "reconnections")


def read_manners(reader: YamlReader, store: CommentedMap) -> Manners:
    """Read how the store is to be treated.

    Raises:
        MappingError: a value can't be.
    """
    given: dict[str, Any] = {name: _number(reader, store, name) for name in _NUMBERS if name in store}
    if "read_only_account" in store:
        given["read_only_account"] = _truth(reader, store)
    if "time_zone" in store:
        given["time_zone"] = _zone(reader, store)
    if "files" in store:
        given["files"] = reader.word(store, "files").name
    return Manners(**given)


def _number(reader: YamlReader, store: CommentedMap, name: str) -> int:
    value = store[name]
    least = 0 if name == "reconnections" else 1
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= 1_000_000:
        raise MappingError(
            f"{name} must be a whole number from {least} to 1000000", where=reader.line(store, name), remedy="correct it"
        )
    return int(value)


def _truth(reader: YamlReader, store: CommentedMap) -> bool:
    value = store["read_only_account"]
    if not isinstance(value, bool):
        raise MappingError(
            "read_only_account is true or false", where=reader.line(store, "read_only_account"), remedy="write true"
        )
    return value


def _zone(reader: YamlReader, store: CommentedMap) -> ZoneInfo:
    place = reader.word(store, "time_zone")
    try:
        return ZoneInfo(place.name)
    except (ZoneInfoNotFoundError, ValueError):
        raise MappingError("there is no such time zone", where=place.where, remedy="write UTC, or Europe/Brussels") from None
