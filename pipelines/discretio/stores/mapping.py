"""The mapping file: where a foreign database keeps what our frames hold. Strict: what isn't understood is refused."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from discretio.domain.frames import STORE_FRAMES
from discretio.errors import MappingError
from discretio.stores.engines import safe_url


@dataclass(frozen=True, slots=True)
class Place:
    """A name in the mapping file (a table, a column), and where it stands there, as file:line."""

    name: str
    where: str


@dataclass(frozen=True, slots=True)
class FrameMapping:
    """The table behind a frame, and the columns behind its columns."""

    table: Place
    columns: Mapping[str, Place]


@dataclass(frozen=True, slots=True)
class StoreMapping:
    """A mapping file, read."""

    url: str
    frames: Mapping[str, FrameMapping]


def read_mapping(path: Path, environment: Mapping[str, str] | None = None) -> StoreMapping:
    """Read a mapping file.

    Args:
        path: the file.
        environment: where `url_environment` is looked up; the process's own by default.

    Raises:
        MappingError: the file is wrong; names file, line and how to mend it.
        SecretInUrlError: a password stands in the URL.
    """
    reader = _Reader(path.name)
    document = reader.table(_parse(path), "the file", 1)
    reader.known(document, {"store", "frames"}, "the file")
    url = _url(reader, reader.part(document, "store"), os.environ if environment is None else environment)
    frames = reader.part(document, "frames")
    reader.known(frames, set(STORE_FRAMES), "frames")
    mapped = {name: _frame(reader, name, reader.part(frames, name)) for name in frames}
    _require(reader, mapped)
    return StoreMapping(url, mapped)


def _parse(path: Path) -> object:
    try:
        return YAML(typ="rt", pure=True).load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        raise MappingError("the mapping file can't be read", where=path.name, remedy="it must be a text in UTF-8") from None
    except YAMLError as error:
        mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
        line = f":{mark.line + 1}" if mark else ""
        what = "a key stands twice" if isinstance(error, DuplicateKeyError) else "this is no YAML"
        raise MappingError(what, where=f"{path.name}{line}", remedy="mend that line") from None


class _Reader:
    """Takes a YAML document apart, and says where it stands when something is wrong."""

    def __init__(self, file: str) -> None:
        self.file = file

    def table(self, value: object, name: str, line: int) -> CommentedMap:
        if not isinstance(value, CommentedMap) or not value:
            raise MappingError(f"{name} must hold keys and values", where=f"{self.file}:{line}")
        return value

    def part(self, parent: CommentedMap, key: str) -> CommentedMap:
        if key not in parent:
            raise MappingError(f"{key} is missing", where=self.line(parent))
        return self.table(parent[key], key, parent.lc.key(key)[0] + 1)

    def word(self, parent: CommentedMap, key: str) -> Place:
        where = self.line(parent, key)
        if not isinstance(parent.get(key), str) or not parent[key]:
            raise MappingError(f"{key} must be a name", where=where, remedy="put it in quotes if it looks like a number")
        return Place(str(parent[key]), where)

    def known(self, table: CommentedMap, keys: set[str], name: str) -> None:
        for key in table:
            if key not in keys:
                raise MappingError(
                    f"{name} has no key {key}", where=self.line(table, key), remedy=f"use one of {', '.join(sorted(keys))}"
                )

    def line(self, table: CommentedMap, key: str | None = None) -> str:
        line = table.lc.line if key is None or key not in table else table.lc.key(key)[0]
        return f"{self.file}:{line + 1}"


def _url(reader: _Reader, store: CommentedMap, environment: Mapping[str, str]) -> str:
    reader.known(store, {"url", "url_environment"}, "store")
    if len(store) != 1:
        raise MappingError("store has either url or url_environment", where=reader.line(store))
    if "url" in store:
        url = reader.word(store, "url").name
    else:
        variable = reader.word(store, "url_environment")
        if not environment.get(variable.name):
            raise MappingError(f"the variable {variable.name} isn't set", where=variable.where, remedy="set it to the URL")
        url = environment[variable.name]
    safe_url(url)
    return url


def _frame(reader: _Reader, name: str, part: CommentedMap) -> FrameMapping:
    reader.known(part, {"table", "columns"}, name)
    columns = reader.part(part, "columns")
    reader.known(columns, set(STORE_FRAMES[name].column_names), f"{name}.columns")
    return FrameMapping(reader.word(part, "table"), {column: reader.word(columns, column) for column in columns})


def _require(reader: _Reader, frames: Mapping[str, FrameMapping]) -> None:
    for name, frame in frames.items():
        definition = STORE_FRAMES[name]
        needed = {definition.key} | ({"dossier_key", "entry_key"} & set(definition.column_names))
        if name == "attachments":
            needed -= {"dossier_key"}  # it is that of the entry
        missing = sorted(needed - set(frame.columns))
        if missing:
            raise MappingError(
                f"{name} needs {' and '.join(missing)}: without it no row can be told, or its dossier found",
                where=frame.table.where,
            )
        if "entry_key" in needed and "entries" not in frames:
            raise MappingError(f"{name} needs the frame entries", where=frame.table.where)
    if not {"dossiers", "entries"} & set(frames):
        raise MappingError("neither dossiers nor entries are mapped", where=reader.file, remedy="map at least one of them")
