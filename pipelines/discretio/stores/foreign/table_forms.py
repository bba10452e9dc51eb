"""The forms in which a mapping says which rows of which tables a frame holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from discretio.errors import MappingError
from discretio.stores.foreign.yaml_reader import Place, Plain, YamlReader

CONDITION_FORMS = "`COLUMN: value`, `COLUMN: null`, `COLUMN: [one, another]`, or any of these below `not:`"


@dataclass(frozen=True, slots=True)
class Condition:
    """That a column holds one of these values, or, if negated, none of them; null is a value like the others."""

    column: Place
    values: tuple[Plain, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Join:
    """Another table, at most one row of which belongs to a row of the frame's own.

    Attributes:
        table: the table.
        on: its column, and the column of ours (or of a join before it) that it equals.
        where: which of its rows count.
    """

    table: Place
    on: tuple[tuple[Place, Place], ...]
    where: tuple[Condition, ...]


def read_joins(reader: YamlReader, frame: CommentedMap) -> dict[str, Join]:
    """The joins of a frame, by the name that its columns use.

    Raises:
        MappingError: one isn't understood.
    """
    if "joins" not in frame:
        return {}
    joins = reader.part(frame, "joins")
    return {str(name): _join(reader, str(name), reader.part(joins, name)) for name in joins}


def _join(reader: YamlReader, name: str, part: CommentedMap) -> Join:
    reader.known(part, {"table", "on", "where"}, f"the join {name}")
    on = reader.part(part, "on")
    pairs = tuple((Place(str(theirs), reader.line(on, theirs)), reader.word(on, theirs)) for theirs in on)
    return Join(reader.word(part, "table"), pairs, read_conditions(reader, part, "where"))


def read_conditions(reader: YamlReader, parent: CommentedMap, key: str) -> tuple[Condition, ...]:
    """The conditions below a key, all of which must hold; none if the key is absent.

    Raises:
        MappingError: one isn't understood.
    """
    if key not in parent:
        return ()
    part = reader.part(parent, key)
    plain = {column: part[column] for column in part if column != "not"}
    found = [_condition(reader, part, str(column)) for column in plain]
    if "not" in part:
        refused = reader.part(part, "not")
        found += [
            Condition(condition.column, condition.values, negated=True)
            for condition in (_condition(reader, refused, str(column)) for column in refused)
        ]
    return tuple(found)


def _condition(reader: YamlReader, part: CommentedMap, column: str) -> Condition:
    where = reader.line(part, column)
    value = part[column]
    listed = list(value) if isinstance(value, CommentedSeq) else [value]
    if isinstance(value, CommentedMap) or not listed:
        raise MappingError("a condition isn't understood", where=where, remedy=f"write {CONDITION_FORMS}")
    return Condition(Place(column, where), tuple(reader.as_plain(item, column, where) for item in listed))


def places_of(joins: Mapping[str, Join]) -> list[Place]:
    """The tables that are joined."""
    return [join.table for join in joins.values()]
