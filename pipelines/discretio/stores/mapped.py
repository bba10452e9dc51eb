"""A foreign database, read through a mapping; never written."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from difflib import get_close_matches
from functools import cached_property
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Inspector, column, inspect, table
from sqlalchemy.exc import NoSuchTableError

from discretio.domain.frames import STORE_FRAMES
from discretio.errors import MappingError
from discretio.stores.engines import Database
from discretio.stores.erasing import Eraser, refuse_erasing
from discretio.stores.layout import Layout, Source
from discretio.stores.mapping import FrameMapping, Place, StoreMapping
from discretio.stores.relational import RelationalReader, check_dates, check_keys


class MappedStore(RelationalReader):
    """A database that somebody else designed.

    Args:
        mapping: where it is, and where it keeps what.
        environment: where the password may stand; the process's own by default.
    """

    kind: ClassVar[str] = "mapped_store"

    def __init__(self, mapping: StoreMapping, environment: Mapping[str, str] | None = None) -> None:
        super().__init__(Database(mapping.url, environment))
        self._mapping = mapping

    @property
    def layout(self) -> Layout:
        """The mapping, verified against the database when it is first needed.

        Raises:
            MappingError: a table or column isn't there.
        """
        return self._verified

    @cached_property
    def _verified(self) -> Layout:
        with self.database.reading("the tables") as connection:
            inspector = inspect(connection)
            return {name: _source(inspector, name, frame) for name, frame in self._mapping.frames.items()}

    def erasing(self) -> AbstractContextManager[Eraser]:
        """Refused: a mapped store is read only."""
        refuse_erasing(self.kind)

    def check(self) -> None:
        """See whether every table and column of the mapping is there, and whether its dates can be."""
        check_keys(self.database, self.layout)
        check_dates(self.database, self.layout)


def _source(inspector: Inspector, name: str, frame: FrameMapping) -> Source:
    schema, _, bare = frame.table.name.rpartition(".")
    if schema and schema not in inspector.get_schema_names():
        raise _absent("schema", Place(schema, frame.table.where), inspector.get_schema_names())
    try:
        there = {str(found["name"]): found["type"] for found in inspector.get_columns(bare, schema or None)}
    except NoSuchTableError:
        tables = [*inspector.get_table_names(schema or None), *inspector.get_view_names(schema or None)]
        prefix = f"{schema}." if schema else ""
        raise _absent("table", frame.table, [prefix + name for name in tables]) from None
    for place in frame.columns.values():
        if place.name not in there:
            raise _absent("column", place, list(there), f" in the table {frame.table.name}")
    wanted = {place.name for place in frame.columns.values()}
    # An alias of its own for each frame: two frames may lie in one table.
    found = table(bare, *(column(one, there[one]) for one in wanted), schema=schema or None).alias(f"frame_{name}")
    columns: dict[str, ColumnElement[Any]] = {ours: found.c[place.name] for ours, place in frame.columns.items()}
    return Source(STORE_FRAMES[name], found, columns)


def _absent(what: str, place: Place, existing: list[str], inside: str = "") -> MappingError:
    near = get_close_matches(place.name, existing, n=3) or sorted(existing)[:12]
    return MappingError(
        f"there is no {what} {place.name}{inside}",
        where=place.where,
        remedy=f"there is {', '.join(near)}" if near else "there is none at all: is this the right database?",
    )
