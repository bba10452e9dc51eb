"""From a mapping and the live schema to the queries for each frame; what the schema doesn't have is named, file and line."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Inspector, and_, column, func, or_, select, table, type_coerce
from sqlalchemy.exc import NoSuchTableError, SAWarning
from sqlalchemy.types import Date, DateTime, NullType, TypeEngine

from discretio.domain.frames import KNOWN_FRAMES, MOMENT
from discretio.errors import MappingError
from discretio.stores.foreign.expressions import holds, is_key, value_of
from discretio.stores.foreign.manners import Manners
from discretio.stores.foreign.table_forms import Condition
from discretio.stores.foreign.values import Converted, conversion
from discretio.stores.foreign.yaml_reader import Place
from discretio.stores.layout import Source
from discretio.stores.mapping import FrameMapping

Types = Mapping[str, TypeEngine[Any]]
_VERSION = "row_version"


def types_of(inspector: Inspector, place: Place) -> Types:
    """The columns of a table or view with their types; a type that SQLAlchemy doesn't know is NullType.

    Raises:
        MappingError: there is no such schema or table.
    """
    schema, _, bare = place.name.rpartition(".")
    if schema and schema not in inspector.get_schema_names():
        raise absent("schema", Place(schema, place.where), inspector.get_schema_names())
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SAWarning)  # a type that isn't known is read as text
            return {str(found["name"]): found["type"] for found in inspector.get_columns(bare, schema or None)}
    except NoSuchTableError:
        tables = [*inspector.get_table_names(schema or None), *inspector.get_view_names(schema or None)]
        prefix = f"{schema}." if schema else ""
        raise absent("table", place, [prefix + name for name in tables]) from None


def absent(what: str, place: Place, existing: list[str], inside: str = "") -> MappingError:
    """The error for a name that the database doesn't have, with the names that come near."""
    near = get_close_matches(place.name, existing, n=3) or sorted(existing)[:12]
    return MappingError(
        f"there is no {what} {place.name}{inside}",
        where=place.where,
        remedy=f"there is {', '.join(near)}" if near else "there is none at all: is this the right database?",
    )


class MappedTables:
    """The tables behind one part of a frame, joined; finds the columns that the mapping names.

    Args:
        inspector: of the live schema.
        name: the frame.
        mapping: what the mapping says of it.

    Raises:
        MappingError: a table or column isn't there.
    """

    def __init__(self, inspector: Inspector, name: str, mapping: FrameMapping) -> None:
        self._mapping = mapping
        # An alias of its own for each frame: two frames may lie in one table.
        suffix = f"{name}_{mapping.part}" if mapping.part else name
        own = types_of(inspector, mapping.table)
        self._types: dict[str, tuple[str, Types]] = {"": (mapping.table.name, own)}
        self._tables: dict[str, FromClause] = {"": _alias(mapping.table, own, f"frame_{suffix}")}
        for joined, join in mapping.joins.items():
            types = types_of(inspector, join.table)
            self._types[joined] = (join.table.name, types)
            self._tables[joined] = _alias(join.table, types, f"{joined}_{suffix}")

    def find(self, place: Place) -> ColumnElement[Any]:
        """The column that a place names: `column`, or `join.column`."""
        return self._found(place, place.name)

    def _found(self, place: Place, name: str) -> ColumnElement[Any]:
        joined, _, bare = name.rpartition(".")
        if joined not in self._tables or (not joined and name in self._tables[""].c):
            joined, bare = ("", name)
        called, types = self._types[joined]
        if bare not in types:
            raise absent("column", Place(bare, place.where), list(types), f" in the table {called}")
        return self._tables[joined].c[bare]

    @property
    def own(self) -> FromClause:
        """The frame's own table."""
        return self._tables[""]

    def joined(self) -> FromClause:
        """The frame's own table, with at most one row of each join beside each of its rows."""
        whole = self._tables[""]
        for name, join in self._mapping.joins.items():
            on = [self._found(theirs, f"{name}.{theirs.name}") == self.find(ours) for theirs, ours in join.on]
            on += [holds(each, self._found(each.column, f"{name}.{each.column.name}")) for each in join.where]
            whole = whole.outerjoin(self._tables[name], and_(*on))
        return whole

    def counted(self) -> list[ColumnElement[bool]]:
        """Which rows count: those that the mapping doesn't leave out, and that weren't erased by replacing what they held."""
        way = self._mapping.erase
        replaced = [Condition(place, (value,), negated=True) for place, value in way.constants] if way else []
        return self.conditions(self._mapping.where) + ([or_(*self.conditions(tuple(replaced)))] if replaced else [])

    def conditions(self, conditions: tuple[Condition, ...]) -> list[ColumnElement[bool]]:
        """The conditions as SQL."""
        return [holds(condition, self.find(condition.column)) for condition in conditions]


def _alias(place: Place, types: Types, name: str) -> FromClause:
    schema, _, bare = place.name.rpartition(".")
    return table(bare, *(column(one, types[one]) for one in types), schema=schema or None).alias(name)


def source_of(tables: MappedTables, name: str, mapping: FrameMapping, manners: Manners, dialect: str) -> Source:
    """The query for one part of a frame, as a table of our columns."""
    frame = KNOWN_FRAMES[name]
    definitions = {column.name: column for column in frame.columns}
    expressions: dict[str, ColumnElement[Any]] = {}
    written: set[str] = set()
    for ours, form in mapping.columns.items():
        date_form = mapping.columns[form.precision_of] if form.precision_of else None
        expression = value_of(date_form or form, definitions[ours], tables.find, dialect)
        if definitions[ours].dtype == MOMENT and not isinstance(expression.type, Date | DateTime):
            written.add(ours)
        if not is_key(definitions[ours]):
            convert = conversion(form, definitions[ours], date_form, manners.time_zone)
            expression = type_coerce(expression, Converted(convert, f"{name}.{ours}", form.where))
        expressions[ours] = expression.label(ours)
    # As the driver gives it: what is compared with itself alone needs no understanding.
    marks = [type_coerce(tables.find(mapping.version), NullType()).label(_VERSION)] if mapping.version else []
    query = select(*expressions.values(), *marks).select_from(tables.joined()).where(*tables.counted())
    rows = query.subquery(f"{name}_{mapping.part}" if mapping.part else name)
    version = rows.c[_VERSION] if mapping.version else None
    return Source(frame, rows, {ours: rows.c[ours] for ours in expressions}, frozenset(written), version)


def count_of(tables: MappedTables, conditions: tuple[Condition, ...]) -> Any:  # noqa: ANN401 - a select of one number
    """The query that counts the rows of the frame's own table under conditions."""
    own = tables.joined()
    return select(func.count()).select_from(own).where(*tables.conditions(conditions))
