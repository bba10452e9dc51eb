"""What a file may hold, as data: small shapes that read a tree, note every problem with its line, and build a value.

A shape returns None once it has noted a problem; nobody uses the value of a file that has one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Generic, Protocol, TypeVar

from discretio.policy_files.trees import NOTHING, Leaf, Listing, MistakeError, Row, Table, Tree

Built = TypeVar("Built")
Built_co = TypeVar("Built_co", covariant=True)
Key = TypeVar("Key")


@dataclass(slots=True)
class Problems:
    """The mistakes found in one file."""

    found: list[MistakeError] = field(default_factory=list)

    def note(self, line: int, what: str, remedy: str) -> None:
        """Note one problem."""
        self.found.append(MistakeError(what, remedy, line))


class Shape(Protocol[Built_co]):
    """Reads a tree into a value, noting what doesn't fit."""

    def read(self, tree: Tree, problems: Problems) -> Built_co | None:
        """The value, or None once a problem is noted."""
        ...


@dataclass(frozen=True, slots=True)
class Scalar(Generic[Built]):
    """One value.

    Args:
        expected: what stands here, with its article ("a date").
        kinds: the kinds of YAML values accepted.
        convert: text to value; a ValueError means that it isn't one.
        remedy: how to write it.
    """

    expected: str
    kinds: tuple[str, ...]
    convert: Callable[[str], Built]
    remedy: str

    def read(self, tree: Tree, problems: Problems) -> Built | None:
        """The value."""
        if not isinstance(tree, Leaf) or tree.kind not in self.kinds:
            problems.note(tree.line, f"{self.expected} is expected here", self.remedy)
            return None
        try:
            return self.convert(tree.text)
        except ValueError:
            problems.note(tree.line, f"‘{tree.text}’ is not {self.expected}", self.remedy)
            return None


@dataclass(frozen=True, slots=True)
class OrNothing(Generic[Built]):
    """A value that may be null."""

    shape: Shape[Built]

    def read(self, tree: Tree, problems: Problems) -> Built | None:
        """The value, or None if the file says null."""
        if isinstance(tree, Leaf) and tree.kind == NOTHING:
            return None
        return self.shape.read(tree, problems)


@dataclass(frozen=True, slots=True)
class Each(Generic[Built]):
    """A list whose items have one shape."""

    item: Shape[Built]

    def read(self, tree: Tree, problems: Problems) -> tuple[Built, ...] | None:
        """The items, in order."""
        if not isinstance(tree, Listing):
            problems.note(tree.line, "a list is expected here", "write one item per line, each after a dash")
            return None
        before = len(problems.found)
        items = [self.item.read(item, problems) for item in tree.items]
        return None if len(problems.found) > before else tuple(item for item in items if item is not None)


@dataclass(frozen=True, slots=True)
class Keyed(Generic[Key, Built]):
    """A table whose keys have one shape, and whose values have another."""

    key: Scalar[Key]
    value: Shape[Built]

    def read(self, tree: Tree, problems: Problems) -> dict[Key, Built] | None:
        """The values by key."""
        if not isinstance(tree, Table) or not tree.rows:
            problems.note(tree.line, "a table is expected here", f"write {self.key.expected}, a colon, and what belongs to it")
            return None
        built: dict[Key, Built] = {}
        for row in tree.rows:
            key = self.key.read(Leaf(row.line, self.key.kinds[0], row.key), problems)
            value = self.value.read(row.value, problems)
            if key is not None and value is not None:
                built[key] = value
        return built


@dataclass(frozen=True, slots=True)
class Record(Generic[Built]):
    """A table with known keys; a key that nobody knows, and one that is missing, are problems.

    Args:
        into: builds the value from the keys as named arguments; it raises MistakeError where they contradict each other.
        fields: the shape of each key.
        optional: the keys that may be absent; `into` has a default for them.
    """

    into: Callable[..., Built]
    fields: Mapping[str, Shape[object]]
    optional: frozenset[str] = frozenset()

    def read(self, tree: Tree, problems: Problems) -> Built | None:
        """The value that `into` builds."""
        if not isinstance(tree, Table):
            known = ", ".join(self.fields)
            problems.note(tree.line, "a table is expected here", f"write its keys one per line: {known}")
            return None
        before = len(problems.found)
        self._note_missing(tree, problems)
        values = {row.key: self._field(row, problems) for row in tree.rows}
        if len(problems.found) > before:
            return None
        try:
            return self.into(**values)
        except MistakeError as mistake:
            problems.note(mistake.line or tree.line, mistake.what, mistake.remedy)
            return None

    def _note_missing(self, table: Table, problems: Problems) -> None:
        for key in self.fields:
            if key not in self.optional and table.row(key) is None:
                problems.note(table.line, f"the key {key} is missing", f"add a line ‘{key}: …’ to this table")

    def _field(self, row: Row, problems: Problems) -> object:
        if row.key in self.fields:
            return self.fields[row.key].read(row.value, problems)
        near = get_close_matches(row.key, self.fields, n=1)
        hint = f"did you mean {near[0]}?" if near else f"the keys are {', '.join(self.fields)}"
        problems.note(row.line, f"nobody knows the key {row.key}", hint)
        return None


@dataclass(frozen=True, slots=True)
class Switch(Generic[Built]):
    """A table whose shape depends on the word under one of its keys."""

    on: str
    shapes: Mapping[str, Shape[Built]]

    def read(self, tree: Tree, problems: Problems) -> Built | None:
        """The value of the shape that the word names."""
        row = tree.row(self.on) if isinstance(tree, Table) else None
        word = row.value.text if row and isinstance(row.value, Leaf) else ""
        if word in self.shapes:
            return self.shapes[word].read(tree, problems)
        line = row.line if row else tree.line
        what = f"‘{word}’ is no {self.on}" if word else f"the key {self.on} is missing or no word"
        problems.note(line, what, f"write ‘{self.on}: ’ and one of {', '.join(self.shapes)}")
        return None
