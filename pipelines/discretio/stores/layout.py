"""Where the rows of frames are in a database, and how their dossier is found."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, and_, null, true

from discretio.domain.frames import Frame
from discretio.stores.port import CONTENT, Partition

FILE = "content"
"""The column behind no column of a frame: a document as bytes, which then is the content, whatever the text says."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a frame's rows are: a table, and the column of the database behind each column of the frame.

    `written` are the dates that the database holds as text or number: its order of them need not be that of time.
    `version` changes whenever a row's content does; null if nothing does.
    """

    frame: Frame
    table: FromClause
    columns: Mapping[str, ColumnElement[Any]]
    written: frozenset[str] = frozenset()
    version: ColumnElement[Any] | None = None

    def column(self, name: str) -> ColumnElement[Any]:
        """The column of that name, or null where the store lacks it."""
        return self.columns[name] if name in self.columns else null()


Layout = Mapping[str, Source]


def names_of(frame: Frame, there: Collection[str], columns: Collection[str] | None) -> list[str]:
    """The columns of a frame to be read, in its order, without content: all that are there, or the key and those asked for."""
    asked = there if columns is None else {frame.key, *columns}
    return [name for name in frame.column_names if name in there and name in asked and name != CONTENT]


def among(key: ColumnElement[Any], wanted: Collection[str] | None) -> ColumnElement[bool]:
    """The condition that a key is among these; none if all are wanted."""
    return true() if wanted is None else key.in_([as_key(key, one) for one in wanted])


def with_dossier(layout: Layout, source: Source) -> tuple[FromClause, ColumnElement[Any] | None]:
    """The table of a source, joined so that each row's dossier is known, and the dossier's key; null if it has none."""
    if "dossier_key" in source.columns:
        return source.table, source.columns["dossier_key"]
    entries = layout.get("entries")
    if "entry_key" not in source.columns or entries is None or "dossier_key" not in entries.columns:
        return source.table, None
    joined = source.table.join(entries.table, source.columns["entry_key"] == entries.columns["entry_key"])
    return joined, entries.columns["dossier_key"]


def within(dossier: ColumnElement[Any], partition: Partition | None) -> ColumnElement[bool]:
    """The condition that a row's dossier lies in the partition."""
    if partition is None:
        return true()
    first, last, before = partition.first, partition.last, partition.before
    conditions = [] if first is None else [dossier >= as_key(dossier, first)]
    if before is not None:
        conditions.append(dossier < as_key(dossier, before))
    elif last is not None:
        conditions.append(dossier <= as_key(dossier, last))
    return and_(true(), *conditions)


_KEY_KINDS: Mapping[type, Callable[[str], object]] = {int: int, Decimal: Decimal, UUID: UUID}


def as_key(column: ColumnElement[Any], key: str) -> object:
    """A key as the database holds it: a foreign store may number its dossiers."""
    try:
        return _KEY_KINDS.get(column.type.python_type, str)(key)
    except NotImplementedError:
        return key
