"""policies/lexicons/<lang>/<subject>.yaml -> lexicon entries. Strict: what is not understood is refused, with file and line.

A file holds groups of terms that share a class; `terms` is one block of text, a term a line, so that a lawyer can read and
sort it, and so that thousands of terms load in a moment.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from discretio.domain.lexicon import LANGUAGES, LexiconEntry
from discretio.errors import PolicyError
from discretio.law.special_classes import CATEGORY_NUMBERS, Flag
from discretio.policy_files.term_blocks import Block, set_aside

_FILE_KEYS = frozenset({"language", "subject", "category", "flags", "author", "groups"})
_GROUP_KEYS = frozenset({"register", "score", "category", "flags", "confirm", "cancel", "capitalised", "idiom", "terms"})
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class _Source:
    """Where in which file we are, for the error message."""

    path: Path

    def wrong(self, what: str, line: int, remedy: str) -> PolicyError:
        return PolicyError(what, where=f"{self.path.parent.name}/{self.path.name}:{line}", remedy=remedy)


def load_lexicons(folder: Path) -> tuple[LexiconEntry, ...]:
    """Read every lexicon below a folder, in the order of their paths.

    Args:
        folder: a folder with one folder per language, as `policies/lexicons`.

    Returns:
        The entries, in the order in which they stand.

    Raises:
        PolicyError: an unknown or repeated key or term, a class that doesn't exist, a file that is no YAML.
    """
    return tuple(entry for path in sorted(folder.glob("*/*.yaml")) for entry, _ in located_entries(path))


def located_entries(path: Path) -> Iterator[tuple[LexiconEntry, int]]:
    """The entries of one lexicon file, each with the line that it stands on.

    Raises:
        PolicyError: as `load_lexicons`.
    """
    source = _Source(path)
    text = _read(source)
    short, blocks = set_aside(text)
    try:
        located = list(_located(short, blocks, source))
    except PolicyError:
        located = []
    # What is wrong, or not where it was thought to be, is read again with every line in its place.
    yield from located if located and not blocks else _located(text, {}, source)


def _located(text: str, blocks: dict[str, Block], source: _Source) -> Iterator[tuple[LexiconEntry, int]]:
    path = source.path
    fields = _mapping(_compose(text, source), source, _FILE_KEYS)
    language = _text(fields, "language", source)
    if language not in LANGUAGES or language != path.parent.name:
        raise source.wrong(
            f"the language {language!r} is not that of its folder",
            1,
            f"write one of {', '.join(LANGUAGES)}, as the folder's name",
        )
    base = LexiconEntry(
        term="",
        lang=language,
        subject=_text(fields, "subject", source),
        category=_category(fields, source),
        flags=_flags(fields, source),
        source=_text(fields, "author", source),
    )
    groups = fields.get("groups")
    if not isinstance(groups, SequenceNode):
        raise source.wrong("a lexicon needs groups of terms", 1, "add groups: with a list of groups")
    seen: set[tuple[str, int | None]] = set()
    for node in groups.value:
        group = _mapping(node, source, _GROUP_KEYS)
        yield from _group(_shared(base, group, blocks, source), _terms(group, blocks, source), source, seen)


def _read(source: _Source) -> str:
    try:
        return source.path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise source.wrong("the file can't be read as UTF-8", 1, "save it as UTF-8 and make it readable") from None


def _compose(text: str, source: _Source) -> Node | None:
    try:
        node: Node | None = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise source.wrong("this is not well-formed YAML", line, "mind indentation, colons and quotes on this line") from None
    return node


def _mapping(node: Node | None, source: _Source, allowed: frozenset[str]) -> dict[str, Any]:
    if not isinstance(node, MappingNode):
        line = node.start_mark.line + 1 if node is not None else 1
        raise source.wrong("keys and values were expected here", line, f"use the keys {', '.join(sorted(allowed))}")
    fields: dict[str, Any] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if key.value not in allowed:
            raise source.wrong(f"unknown key {key.value!r}", line, f"use one of {', '.join(sorted(allowed))}")
        if key.value in fields:
            raise source.wrong(f"the key {key.value!r} stands here twice", line, "keep one of them")
        fields[key.value] = value
    return fields


def _text(fields: dict[str, Any], key: str, source: _Source) -> str:
    node = fields.get(key)
    if not isinstance(node, ScalarNode) or not node.value:
        raise source.wrong(f"the key {key!r} is missing or empty", 1, f"add {key}: with a value")
    return str(node.value)


def _category(fields: dict[str, Any], source: _Source) -> int | None:
    node = fields.get("category")
    if node is None or node.value in {"null", "~", ""}:
        return None
    if not str(node.value).isdigit() or int(node.value) not in CATEGORY_NUMBERS:
        raise source.wrong("no such category of art. 2 §2", node.start_mark.line + 1, "write a number from 1 to 16, or null")
    return int(node.value)


def _flags(fields: dict[str, Any], source: _Source) -> tuple[Flag, ...]:
    node = fields.get("flags")
    if node is None:
        return ()
    try:
        return tuple(Flag(item.value) for item in node.value)
    except (AttributeError, ValueError):
        raise source.wrong("no such special class", node.start_mark.line + 1, f"write a list of {', '.join(Flag)}") from None


def _score(fields: dict[str, Any], default: float, source: _Source) -> float:
    node = fields.get("score")
    if node is None:
        return default
    try:
        score = float(node.value)
    except ValueError:
        score = -1.0
    if not 0 <= score <= 1:
        raise source.wrong("a score lies between 0 and 1", node.start_mark.line + 1, "write 0.8, for example")
    return score


def _lines(fields: dict[str, Any], key: str, blocks: dict[str, Block]) -> tuple[str, ...]:
    node = fields.get(key)
    if node is None:
        return ()
    return tuple(line.strip() for line in _block(node, blocks).lines if line.strip())


def _block(node: Node, blocks: dict[str, Block]) -> Block:
    return blocks.pop(node.value, None) or Block(node.value.splitlines(), node.start_mark.line + 2)


def _truth(fields: dict[str, Any], key: str, source: _Source) -> bool:
    node = fields.get(key)
    if node is None:
        return False
    if node.value not in {"true", "false"}:
        raise source.wrong(f"{key} is true or false", node.start_mark.line + 1, "write true or false")
    return bool(node.value == "true")


def _shared(base: LexiconEntry, fields: dict[str, Any], blocks: dict[str, Block], source: _Source) -> LexiconEntry:
    """What all terms of a group have in common."""
    return replace(
        base,
        register=fields["register"].value if "register" in fields else base.register,
        score=_score(fields, base.score, source),
        category=_category(fields, source) if "category" in fields else base.category,
        flags=_flags(fields, source) if "flags" in fields else base.flags,
        confirm=_lines(fields, "confirm", blocks),
        cancel=_lines(fields, "cancel", blocks),
        capitalised=_truth(fields, "capitalised", source),
        idiom=_truth(fields, "idiom", source),
    )


def _terms(fields: dict[str, Any], blocks: dict[str, Block], source: _Source) -> Block:
    node = fields.get("terms")
    if node is None:
        raise source.wrong("a group needs terms", 1, "add terms: | and one term a line")
    return _block(node, blocks)


def _group(
    shared: LexiconEntry, terms: Block, source: _Source, seen: set[tuple[str, int | None]]
) -> Iterator[tuple[LexiconEntry, int]]:
    for number, line in enumerate(terms.lines, start=terms.first):
        term = line.strip()
        if term:
            yield _entry(shared, term, source, number, seen), number


def _entry(shared: LexiconEntry, term: str, source: _Source, line: int, seen: set[tuple[str, int | None]]) -> LexiconEntry:
    key = (term.casefold(), shared.category)
    if key in seen:
        raise source.wrong("this term stands in this file twice", line, "keep one of them")
    seen.add(key)
    if len(term.strip("*")) < _SHORTEST or "*" in term.strip("*"):
        raise source.wrong(
            "a term has two letters at least and a star only at its ends", line, "write verslav*, *problematiek or whole words"
        )
    # replace() costs ten times as much, and there are thousands of terms.
    return LexiconEntry(
        term, shared.lang, shared.subject, shared.category, shared.flags, shared.register, shared.score,
        shared.confirm, shared.cancel, shared.capitalised, shared.idiom, shared.source,
    )  # fmt: skip
