"""YAML text -> a plain tree that knows its lines.

Only the part of YAML that a lawyer reads without a manual is accepted: tables, lists and values. Anchors, aliases, tags,
merges, several documents in a file and a key that stands twice are refused, since each can hide what a policy says.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

TEXT, DATE, INTEGER, FRACTION, TRUTH, NOTHING = "str", "timestamp", "int", "float", "bool", "null"
_KINDS = (TEXT, DATE, INTEGER, FRACTION, TRUTH, NOTHING)
_PREFIX = "tag:yaml.org,2002:"
_PLAIN = "write tables, lists and values only, each in full where it is used"


@dataclass(frozen=True, slots=True)
class Leaf:
    """One value, as it is written, with its kind in YAML."""

    line: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A list."""

    line: int
    items: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One key of a table, with the line that the key stands on."""

    line: int
    key: str
    value: Tree


@dataclass(frozen=True, slots=True)
class Table:
    """Keys and values; no key stands twice."""

    line: int
    rows: tuple[Row, ...]

    def row(self, key: str) -> Row | None:
        """The row with that key."""
        return next((row for row in self.rows if row.key == key), None)


Tree = Leaf | Listing | Table


class MistakeError(Exception):
    """What is wrong on a line, and how to mend it; `reading` turns it into a PolicyError that names the file."""

    def __init__(self, what: str, remedy: str, line: int = 0) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy
        self.line = line


@lru_cache(maxsize=1024)
def parse(content: bytes) -> Tree:
    """Read one YAML document; the same bytes give the same tree, so that each is composed once.

    Raises:
        MistakeError: it is no UTF-8, no YAML, or uses what a policy may not use.
    """
    text = _decode(content)
    try:
        node = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise MistakeError(f"this is no YAML: {error.problem}", "mend the indentation, quotes or brackets", line) from None
    except (YAMLError, RecursionError):
        raise MistakeError("this is no YAML that a policy can be written in", _PLAIN, 1) from None
    if node is None:
        raise MistakeError("the file is empty", "fill it in or delete it", 1)
    return _tree(node)


def canonical(tree: Tree) -> str:
    """The content without its order of keys, comments, quotes and line ends: what a hash is taken over."""
    return json.dumps(_plain(tree), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def line_of(tree: Tree, *path: str | int) -> int:
    """The line on which a key or an item of a list stands; the nearest line above it if it isn't there."""
    line = tree.line
    for step in path:
        if isinstance(tree, Table) and (row := tree.row(str(step))):
            line, tree = row.line, row.value
        elif isinstance(tree, Listing) and isinstance(step, int) and step < len(tree.items):
            tree = tree.items[step]
            line = tree.line
        else:
            break
    return line


def _decode(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise MistakeError("the file is not written in UTF-8", "save it again with the encoding UTF-8", line) from None


def _tree(node: Node) -> Tree:
    line = node.start_mark.line + 1
    if node.anchor:
        raise MistakeError("an anchor (&) or alias (*) stands here", _PLAIN, line)
    kind = str(node.tag or "").removeprefix(_PREFIX)
    if isinstance(node, ScalarNode) and kind in _KINDS:
        return Leaf(line, kind, node.value)
    if isinstance(node, SequenceNode) and kind == "seq":
        return Listing(line, tuple(_tree(item) for item in node.value))
    if isinstance(node, MappingNode) and kind == "map":
        return Table(line, tuple(_rows(node)))
    raise MistakeError("a tag (!) or a special value stands here", _PLAIN, line)


def _rows(node: MappingNode) -> Iterator[Row]:
    seen: dict[str, int] = {}
    for key_node, value_node in node.value:
        key = _tree(key_node)
        if not isinstance(key, Leaf):
            raise MistakeError("a key is one word, not a list or a table", _PLAIN, key.line)
        if key.text in seen:
            raise MistakeError(
                f"the key {key.text} stands twice (first on line {seen[key.text]})", "keep one of the two", key.line
            )
        seen[key.text] = key.line
        yield Row(key.line, key.text, _tree(value_node))


def _plain(tree: Tree) -> object:
    if isinstance(tree, Leaf):
        return None if tree.kind == NOTHING else tree.text
    if isinstance(tree, Listing):
        return [_plain(item) for item in tree.items]
    return {row.key: _plain(row.value) for row in tree.rows}
