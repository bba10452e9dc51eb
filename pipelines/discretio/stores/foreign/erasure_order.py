"""In which order rows are deleted, by the foreign keys of the live schema; what these don't allow is refused beforehand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from sqlalchemy import Inspector

from discretio.errors import MappingError
from discretio.stores.foreign.erased_tables import ErasedTable

_SYSTEM_SCHEMAS = {"information_schema", "pg_catalog"}


@dataclass(frozen=True, slots=True)
class Reference:
    """That columns of one table point to another."""

    child: str
    columns: frozenset[str]
    parent: str


def in_order(inspector: Inspector, tables: Sequence[ErasedTable]) -> list[ErasedTable]:
    """The tables, those that point to others before them.

    Raises:
        MappingError: a table that the mapping doesn't name, or that stays, points to rows that would be deleted; or tables
            point to each other in a circle.
    """
    default = inspector.default_schema_name or ""
    found = list(references(inspector, tables))
    gone = {_full(one.name, default) for one in tables if one.way.deletes}
    for reference in found:
        if reference.parent in gone:
            _refuse_dangling(reference, [one for one in tables if _full(one.name, default) == reference.child])
    return sorted(tables, key=lambda one: _ranks(tables, found, default)[_full(one.name, default)])


def references(inspector: Inspector, tables: Sequence[ErasedTable]) -> Iterator[Reference]:
    """Every foreign key of the database, as far as the account sees it."""
    default = inspector.default_schema_name or ""
    schemas = {one.table.schema for one in tables} | {None}
    if inspector.dialect.name == "postgresql":  # elsewhere a schema is a database of its own
        schemas |= {name for name in inspector.get_schema_names() if name not in _SYSTEM_SCHEMAS and name != default}
    for schema in schemas:
        for (_, child), keys in inspector.get_multi_foreign_keys(schema=schema).items():
            for key in keys:
                child_name, columns = _full(_dotted(schema, child), default), frozenset(key["constrained_columns"])
                yield Reference(
                    child_name, columns, _full(_dotted(key["referred_schema"] or schema, key["referred_table"]), default)
                )


def _dotted(schema: str | None, name: str) -> str:
    return f"{schema}.{name}" if schema else name


def _full(name: str, default: str) -> str:
    schema, _, bare = name.rpartition(".")
    return f"{schema or default}.{bare}"


def _refuse_dangling(reference: Reference, children: Sequence[ErasedTable]) -> None:
    if not children:
        raise MappingError(
            f"{reference.child} points to {reference.parent}, whose rows would be deleted, and the mapping doesn't name it",
            where=reference.parent,
            remedy="say under `erase.also` what becomes of its rows",
        )
    for child in children:
        nulled = {place.name for place, value in child.way.constants if value is None}
        if not child.way.deletes and not reference.columns <= nulled:
            raise MappingError(
                f"rows of {reference.child} stay, and point to rows of {reference.parent} that would be deleted",
                where=child.way.where,
                remedy=f"set {', '.join(sorted(reference.columns))} to null, or let them go too",
            )


def _ranks(tables: Sequence[ErasedTable], found: Sequence[Reference], default: str) -> dict[str, int]:
    """The place of each table: what points to another comes before it, unless its columns are set to null first."""
    unlinked = {_full(one.name, default): {place.name for place in one.way.unlinked} for one in tables if one.way.deletes}
    before: dict[str, set[str]] = {_full(one.name, default): set() for one in tables}
    for reference in found:
        if {reference.child, reference.parent} <= unlinked.keys() and not reference.columns <= unlinked[reference.child]:
            before[reference.parent].add(reference.child)
    try:
        return {name: rank for rank, name in enumerate(TopologicalSorter(before).static_order())}
    except CycleError as error:
        circle = sorted({name.removeprefix(f"{default}.") for name in error.args[1]})
        raise MappingError(
            f"{', '.join(circle)} point to each other in a circle, so that none of their rows can be deleted first",
            where=next(one.way.where for one in tables if one.name in circle or _full(one.name, default) in error.args[1]),
            remedy="write erase: {unlink: [COLUMN]} for one of them: that column is set to null first",
        ) from None
