"""Every key and text in dossiers of a foreign database: what a verification will look for once they are erased."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Select

from discretio.domain.frames import KNOWN_FRAMES
from discretio.stores.engines import ROWS_AT_ONCE
from discretio.stores.foreign.database import ForeignDatabase
from discretio.stores.foreign.erased_rows import OwnedRow
from discretio.stores.foreign.erased_tables import ErasedTable
from discretio.stores.foreign.parts import MappedPart, Parts, part_query
from discretio.stores.held_contents import FilePath, HeldContents
from discretio.stores.layout import as_key
from discretio.stores.port import Held
from discretio.stores.reference.rows import batches


def values_in(database: ForeignDatabase, parts: Parts, contents: HeldContents, dossier_keys: Iterable[str]) -> Iterator[Held]:
    """The key of every row in these dossiers, and every text; of a file, what could be read of it."""
    for keys in batches(dossier_keys):
        for name, some in parts.items():
            for part in some:
                found = _query(parts, part)
                if found is not None:
                    owner, query = found
                    query = query.where(owner.in_([as_key(owner, key) for key in keys]))
                    with database.reading(name) as connection:
                        rows = connection.execute(query.execution_options(yield_per=ROWS_AT_ONCE))
                        yield from _held(part, contents, rows)


def values_beside(table: ErasedTable, rows: Iterable[OwnedRow]) -> Iterator[Held]:
    """Every text of rows in a table beside the frames; they stand in none, so that they are told as texts of the dossier."""
    for row in rows:
        yield Held(row.owner, "dossiers", row.owner, "dossier_key", row.owner)
        texts = (value for value in row.values if isinstance(value, str))
        yield from (Held(row.owner, "dossiers", row.owner, table.beside, text) for text in texts)


def _content(part: MappedPart) -> list[str]:
    frame = part.source.frame.name
    return [one.name for one in KNOWN_FRAMES[frame].columns if one.content and one.name in part.source.columns]


def _query(parts: Parts, part: MappedPart) -> tuple[ColumnElement[Any], Select[Any]] | None:
    asked = part_query(parts, part, ())
    if asked.dossier is None or asked.written is None:
        return None
    texts = [part.source.columns[name] for name in _content(part)]
    key = part.source.columns[part.source.frame.key]
    return asked.dossier, asked.query.with_only_columns(asked.written.label("of_dossier"), key.label("own_key"), *texts)


def _held(part: MappedPart, contents: HeldContents, rows: Iterable[Any]) -> Iterator[Held]:
    frame = part.source.frame
    for owner, key, *texts in rows:
        own = part.own(key)
        yield Held(str(owner), frame.name, own, frame.key, own)
        for column, value in zip(_content(part), texts, strict=True):
            if isinstance(value, FilePath | bytes):
                for at in contents.windows_of(value):
                    yield Held(str(owner), frame.name, own, column, at.text, at.not_examined)
            elif value is not None:
                yield Held(str(owner), frame.name, own, column, str(value))
