"""The parts of each frame of a mapped store: its query, and what stands before its keys."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, FromClause, Inspector, Select, Text, cast, func, null, select

from discretio.stores.casting import to_frame
from discretio.stores.foreign.database import ForeignDatabase
from discretio.stores.foreign.manners import Manners
from discretio.stores.foreign.sources import MappedTables, source_of
from discretio.stores.layout import Source, names_of, with_dossier, within
from discretio.stores.mapping import FrameMapping, StoreMapping
from discretio.stores.port import Partition

Parts = Mapping[str, tuple["MappedPart", ...]]
_DOSSIER = "dossier_key"
_WITHOUT_HOME = ("dossiers", "art8_rows")


@dataclass(frozen=True, slots=True)
class MappedPart:
    """One table behind a frame: what the mapping says of it, and the query for it."""

    mapping: FrameMapping
    source: Source

    def own(self, key: object) -> str:
        """A key of this part's own rows as the frame holds it."""
        return f"{self.mapping.part}:{key}" if self.mapping.part else str(key)

    def bare(self, key: str) -> str | None:
        """A key of the frame as this part's table holds it; null if it is another part's."""
        if not self.mapping.part:
            return key
        part, _, bare = key.partition(":")
        return bare if part == self.mapping.part else None

    def entry(self, key: object) -> str:
        """The key of an entry that a row of this part refers to."""
        return f"{self.mapping.of}:{key}" if self.mapping.of else str(key)


def parts_of(inspector: Inspector, mapping: StoreMapping, dialect: str) -> Parts:
    """Every part of every frame, verified against the live schema.

    Raises:
        MappingError: a table or column isn't there.
    """
    built = {
        name: tuple(part_of(inspector, name, frame, mapping.manners, dialect) for frame in frames)
        for name, frames in mapping.frames.items()
    }
    kinds = {
        _kind(part.source.columns[_DOSSIER]) for parts in built.values() for part in parts if _DOSSIER in part.source.columns
    }
    if len(kinds) < 2:
        return built
    # The tables hold the dossier's key in different types: as texts they compare alike.
    return {name: tuple(_with_text_key(part) for part in parts) for name, parts in built.items()}


def part_of(inspector: Inspector, name: str, frame: FrameMapping, manners: Manners, dialect: str) -> MappedPart:
    """One part, verified against the live schema.

    Raises:
        MappingError: a table or column isn't there.
    """
    return MappedPart(frame, source_of(MappedTables(inspector, name, frame), name, frame, manners, dialect))


def _kind(column: ColumnElement[Any]) -> type:
    try:
        return column.type.python_type
    except NotImplementedError:
        return str


def _with_text_key(part: MappedPart) -> MappedPart:
    if _DOSSIER not in part.source.columns:
        return part
    columns = {**part.source.columns, _DOSSIER: cast(part.source.columns[_DOSSIER], Text)}
    return replace(part, source=replace(part.source, columns=columns))


def entries_of(parts: Parts, part: MappedPart) -> MappedPart | None:
    """The part of the entries that a part refers to."""
    return next((entry for entry in parts.get("entries", ()) if entry.mapping.part == part.mapping.of), None)


def read_part(
    database: ForeignDatabase,
    parts: Parts,
    part: MappedPart,
    partition: Partition | None,
    columns: Collection[str] | None = None,
) -> pd.DataFrame:
    """The rows of one part without content, ordered by key; with the columns of all parts of its frame, or some of them."""
    asked = part_query(parts, part, columns)
    query = asked.query if asked.dossier is None else asked.query.where(within(asked.dossier, partition))
    with database.reading(part.source.frame.name) as connection:
        rows = connection.execute(query).all()
    return part_frame(part, asked.names, rows)


@dataclass(frozen=True, slots=True)
class PartQuery:
    """The query for the rows of a part, ordered by key.

    Attributes:
        names: the columns of its frame that are asked for.
        query: the query.
        dossier: the key of each row's dossier as its own table writes it; null if it has none.
        written: the same as the dossier itself writes it: many databases take D-7 and d-7 for one key, and we don't.
    """

    names: list[str]
    query: Select[Any]
    dossier: ColumnElement[Any] | None
    written: ColumnElement[Any] | None


def part_query(parts: Parts, part: MappedPart, columns: Collection[str] | None = None) -> PartQuery:
    """The query for the rows of a part, with the columns of all parts of its frame, or some of them."""
    source = part.source
    names = names_of(source.frame, {name for other in parts[source.frame.name] for name in other.source.columns}, columns)
    entries = entries_of(parts, part)
    tables, dossier = with_dossier({"entries": entries.source} if entries else {}, source)
    written = None
    if dossier is not None:
        tables, written = as_written(parts, source.frame.name, tables, dossier)
    selected = [
        written.label(name) if written is not None and name == _DOSSIER and name in source.columns else _labelled(source, name)
        for name in names
    ]
    query = select(*selected).select_from(tables).order_by(source.columns[source.frame.key])
    return PartQuery(names, query, dossier, written)


def as_written(
    parts: Parts, frame: str, tables: FromClause, dossier: ColumnElement[Any]
) -> tuple[FromClause, ColumnElement[Any]]:
    """The tables of a frame joined so that a row's dossier is known by the key that the dossier itself has, and that key.

    Where no dossier has it, it is the key in the row; numbers are written in one way only, and need no join.
    """
    homes = parts.get("dossiers", ())
    if frame in _WITHOUT_HOME or len(homes) != 1 or _kind(dossier) is not str:
        return tables, dossier
    key = homes[0].source.columns[_DOSSIER]
    return tables.outerjoin(homes[0].source.table, key == dossier), func.coalesce(key, dossier)


def part_frame(part: MappedPart, names: Sequence[str], rows: Sequence[Sequence[object]]) -> pd.DataFrame:
    """Rows of a part's query as a frame, its keys with the part's name before them."""
    return _with_prefixes(part, to_frame(part.source.frame, names, rows))


def _labelled(source: Source, name: str) -> ColumnElement[Any]:
    return source.columns[name] if name in source.columns else null().label(name)


def _with_prefixes(part: MappedPart, frame: pd.DataFrame) -> pd.DataFrame:
    own = part.source.frame.key
    prefixed: dict[str, list[str | None]] = {}
    for name, named in ((own, part.own), ("linked_to", part.own), ("entry_key", part.entry)):
        if name in frame.columns and name not in prefixed and named("") != "":
            prefixed[name] = [None if pd.isna(key) else named(key) for key in frame[name]]
    return frame.assign(**{name: pd.array(keys, dtype="str") for name, keys in prefixed.items()})
