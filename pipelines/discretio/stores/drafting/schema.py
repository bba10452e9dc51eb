"""An unknown schema as it is read: tables, columns, keys and references, the undeclared ones too."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Inspector
from sqlalchemy.exc import SAWarning
from sqlalchemy.types import (
    JSON,
    Boolean,
    Date,
    DateTime,
    Integer,
    NullType,
    Numeric,
    String,
    Time,
    TypeEngine,
    _Binary,
)  # fmt: skip

from discretio.stores.drafting.names import alike, words_of
from discretio.stores.foreign.keys import keys_of

_SHORTEST_TEXT = 200
_KINDS: tuple[tuple[type[Any], str], ...] = (
    (Boolean, "truth"), (JSON, "json"), (DateTime, "moment"), (Date, "moment"), (Time, "time"), (Integer, "number"),
    (Numeric, "number"), (String, "text"), (_Binary, "bytes"), (NullType, "unknown"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SketchColumn:
    """A column: name, the words of it, kind (truth, json, moment, time, number, text, bytes, unknown), and greatest length."""

    name: str
    words: tuple[str, ...]
    kind: str
    length: int | None
    nullable: bool

    @property
    def is_long(self) -> bool:
        """Whether it may hold a sentence."""
        return self.kind in ("json", "unknown") or (
            self.kind == "text" and (self.length is None or self.length >= _SHORTEST_TEXT)
        )


@dataclass(frozen=True, slots=True)
class Reference:
    """A column that names a row of another table; `declared` if the schema says so, else told by its name."""

    column: str
    table: str
    target: str
    declared: bool


@dataclass(frozen=True, slots=True)
class SketchTable:
    """A table or view of an unknown schema."""

    name: str
    words: tuple[str, ...]
    columns: tuple[SketchColumn, ...]
    primary: tuple[str, ...]
    references: tuple[Reference, ...] = ()
    is_view: bool = False

    def column(self, name: str) -> SketchColumn | None:
        """The column of that name."""
        return next((column for column in self.columns if column.name == name), None)


def read_schema(inspector: Inspector, schema: str | None = None) -> tuple[SketchTable, ...]:
    """The tables of a schema, then its views.

    Args:
        inspector: of the live database.
        schema: which schema; the connection's own by default.
    """
    prefix = f"{schema}." if schema else ""
    names = [*inspector.get_table_names(schema), *inspector.get_view_names(schema)]
    tables = [_table(inspector, schema, prefix, name) for name in sorted(names)]
    return tuple(_with_told_references(table, tables) for table in tables)


def _table(inspector: Inspector, schema: str | None, prefix: str, name: str) -> SketchTable:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)  # a type that isn't known is one of the kinds
        columns = inspector.get_columns(name, schema)
        keys = keys_of(inspector, prefix + name)
        foreign = [] if keys.is_view else inspector.get_foreign_keys(name, schema)
    references = tuple(
        Reference(one["constrained_columns"][0], prefix + one["referred_table"], one["referred_columns"][0], declared=True)
        for one in foreign
        if len(one["constrained_columns"]) == 1 and one["referred_columns"]
    )
    sketched = tuple(_column(str(found["name"]), found["type"], nullable=bool(found["nullable"])) for found in columns)
    return SketchTable(prefix + name, words_of(name), sketched, keys.primary, references, keys.is_view)


def _column(name: str, kind: TypeEngine[object], *, nullable: bool) -> SketchColumn:
    known = next((word for type_, word in _KINDS if isinstance(kind, type_)), "unknown")
    if str(kind).startswith("TINYINT") and getattr(kind, "display_width", None) == 1:
        known = "truth"
    return SketchColumn(name, words_of(name), known, getattr(kind, "length", None), nullable)


def _with_told_references(table: SketchTable, tables: Iterable[SketchTable]) -> SketchTable:
    """The table with the references that only names tell: patient_id is one to patient, pid one to a table with a pid."""
    declared = {reference.column for reference in table.references}
    told = []
    for column in table.columns:
        if column.name in declared or column.name in table.primary:
            continue
        found = next((one for one in (_told(column, table, other) for other in tables) if one), None)
        if found:
            told.append(found)
    return replace(table, references=(*table.references, *told))


def _told(column: SketchColumn, table: SketchTable, other: SketchTable) -> Reference | None:
    if other.name == table.name or other.is_view or len(other.primary) != 1:
        return None
    key = other.primary[0]
    stem = column.words[:-1] if column.words[-1:] in (("id",), ("nr",), ("key",), ("no",)) else ()
    if stem and (alike(stem[-len(other.words) :], other.words) or alike(stem, other.words[-len(stem) :])):
        return Reference(column.name, other.name, key, declared=False)
    same = other.column(column.name)
    if same is None or same.kind != column.kind or not _is_short_id(column) or not _is_own(same, other):
        return None
    return Reference(column.name, other.name, column.name, declared=False)


def _is_short_id(column: SketchColumn) -> bool:
    return len(column.words) == 1 and column.words[0].endswith("id") and column.words[0] != "id"


def _is_own(column: SketchColumn, table: SketchTable) -> bool:
    """Whether a column like pid is the table's own key, and not a reference of its own: it tells it by its first letters."""
    initial = column.words[0].removesuffix("id")
    return bool(initial) and table.words[0].startswith(initial)


def routes_to(tables: Iterable[SketchTable], target: str, longest: int = 2) -> dict[str, tuple[Reference, ...]]:
    """By table the references that lead to a target table, the shortest and best declared first; the target itself has none."""
    listed = {table.name: table for table in tables}
    routes: dict[str, tuple[Reference, ...]] = {target: ()}
    for _ in range(longest):
        known = dict(routes)
        for table in listed.values():
            if table.name in routes:
                continue
            steps = [reference for reference in table.references if reference.table in known]
            if steps:
                best = min(steps, key=lambda step: (len(known[step.table]), not step.declared, _is_nullable(table, step)))
                routes[table.name] = (best, *known[best.table])
    return routes


def _is_nullable(table: SketchTable, reference: Reference) -> bool:
    column = table.column(reference.column)
    return column is None or column.nullable
