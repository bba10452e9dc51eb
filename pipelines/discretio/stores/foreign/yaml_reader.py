"""Takes a mapping file apart, and says file, line and field when something in it is wrong."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from discretio.errors import MappingError

Plain = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Place:
    """A name in the mapping file (a table, a column), and where it stands there, as file:line."""

    name: str
    where: str


def parse_file(path: Path) -> object:
    """Read a YAML file.

    Raises:
        MappingError: it can't be read, or is no YAML; names the line.
    """
    try:
        return YAML(typ="rt", pure=True).load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise MappingError("there is no such mapping file", where=path.name, remedy="see the folder and the spelling") from None
    except (OSError, UnicodeDecodeError):
        raise MappingError("the mapping file can't be read", where=path.name, remedy="it must be a text in UTF-8") from None
    except YAMLError as error:
        mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
        line = f":{mark.line + 1}" if mark else ""
        what = "a key stands twice" if isinstance(error, DuplicateKeyError) else "this is no YAML"
        raise MappingError(what, where=f"{path.name}{line}", remedy="mend that line") from None


class YamlReader:
    """Takes a YAML document apart. Every method raises MappingError with file and line when the document is otherwise.

    Args:
        file: the file's name, as errors give it.
    """

    def __init__(self, file: str) -> None:
        self.file = file

    def table(self, value: object, name: str, where: str) -> CommentedMap:
        """A value that must hold keys and values."""
        if not isinstance(value, CommentedMap) or not value:
            raise MappingError(f"{name} must hold keys and values", where=where, remedy="indent them below it")
        return value

    def part(self, parent: CommentedMap, key: str) -> CommentedMap:
        """The table below a key that must be there."""
        if key not in parent:
            raise MappingError(f"{key} is missing", where=self.line(parent), remedy=f"add {key}")
        return self.table(parent[key], key, self.line(parent, key))

    def word(self, parent: CommentedMap, key: str) -> Place:
        """The name below a key that must be there."""
        where = self.line(parent, key)
        if not isinstance(parent.get(key), str) or not parent[key]:
            raise MappingError(f"{key} must be a name", where=where, remedy="put it in quotes if it looks like a number")
        return Place(str(parent[key]), where)

    def words(self, parent: CommentedMap, key: str) -> tuple[Place, ...]:
        """The name or the list of names below a key."""
        if not isinstance(parent[key], CommentedSeq):
            return (self.word(parent, key),)
        where = self.line(parent, key)
        if not parent[key] or not all(isinstance(item, str) and item for item in parent[key]):
            raise MappingError(f"{key} must be a list of names", where=where, remedy="write it as [one, another]")
        return tuple(Place(str(item), where) for item in parent[key])

    def plain(self, parent: CommentedMap, key: str) -> Plain:
        """The word, number, truth value or null below a key."""
        return self.as_plain(parent[key], key, self.line(parent, key))

    def as_plain(self, value: object, name: str, where: str) -> Plain:
        """A value that must be a word, a number, a truth value or null."""
        if value is None or isinstance(value, bool):
            return value
        for kind in (int, float, str):
            if isinstance(value, kind):
                return kind(value)
        raise MappingError(f"{name} must be one value", where=where, remedy="put dates in quotes; lists don't belong here")

    def known(self, table: CommentedMap, keys: Collection[str], name: str) -> None:
        """Refuse keys that have no meaning here."""
        for key in table:
            if key not in keys:
                near = get_close_matches(str(key), keys, n=1)
                hint = f"did you mean {near[0]}? " if near else ""
                listed = ", ".join(sorted(keys))
                raise MappingError(f"{name} has no key {key}", where=self.line(table, key), remedy=f"{hint}use one of {listed}")

    def line(self, table: CommentedMap, key: str | None = None) -> str:
        """Where a table, or a key in it, stands."""
        line = table.lc.line if key is None or key not in table else table.lc.key(key)[0]
        return f"{self.file}:{line + 1}"
