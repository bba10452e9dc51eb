"""A mapping held against the live database: everything that stops a scan, and what is to be known before one."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Inspector, inspect

from discretio.errors import MappingError
from discretio.stores.foreign.accounts import account_remarks, refuse_writer
from discretio.stores.foreign.content_remarks import content_remarks
from discretio.stores.foreign.database import ForeignDatabase
from discretio.stores.foreign.keys import TableKeys, keys_of, refuse_shared_keys
from discretio.stores.foreign.parts import Parts, part_of, parts_of
from discretio.stores.foreign.remarks import Gravity, Remark, remark_of
from discretio.stores.foreign.schema_remarks import schema_remarks
from discretio.stores.foreign.sources import MappedTables
from discretio.stores.mapping import FrameMapping, StoreMapping
from discretio.stores.relational import check_dates, check_keys


def refuse_what_cant_be_read(database: ForeignDatabase, mapping: StoreMapping, parts: Parts) -> None:
    """Refuse what stops a scan, with the first error found.

    Raises:
        MappingError: the mapping doesn't fit the schema.
        StoreContentError: a key is missing or shared, or a date can't be.
        StoreUnavailableError: the database can't be read, or its account may write where that is refused.
    """
    refuse_writer(database, tables_of(mapping.frames), mapping.manners)
    with database.reading("the keys") as connection:
        keys = _keys(inspect(connection), mapping.frames)
    for name, some in parts.items():
        for part in some:
            check_keys(database, {name: part.source})
            refuse_shared_keys(database, part, keys[part.mapping.table.name])
            check_dates(database, {name: part.source})


def remarks_on(database: ForeignDatabase, mapping: StoreMapping) -> list[Remark]:
    """Everything there is to say of a mapping and its database, errors first.

    Raises:
        StoreUnavailableError: the database can't be reached.
    """
    remarks: list[Remark] = []
    with database.reading("the tables") as connection:
        inspector = inspect(connection)
        fitting, misfits = _fitting(inspector, mapping, database.dialect)
        keys = _keys(inspector, fitting)
        for name, frames in fitting.items():
            for frame in frames:
                remarks += schema_remarks(MappedTables(inspector, name, frame), name, frame, keys[frame.table.name])
        parts = parts_of(inspector, StoreMapping(mapping.url, fitting, mapping.manners), database.dialect)
    for some in parts.values():
        for part in some:
            remarks += content_remarks(database, parts, part, keys[part.mapping.table.name])
    remarks += misfits + account_remarks(database, tables_of(fitting), mapping.manners)
    return sorted(remarks, key=lambda remark: list(Gravity).index(remark.gravity))


def _fitting(
    inspector: Inspector, mapping: StoreMapping, dialect: str
) -> tuple[dict[str, tuple[FrameMapping, ...]], list[Remark]]:
    """The parts whose tables and columns are there, and an error for each of the others."""
    misfits: list[Remark] = []
    fitting: dict[str, tuple[FrameMapping, ...]] = {}
    for name, frames in mapping.frames.items():
        for frame in frames:
            try:
                part_of(inspector, name, frame, mapping.manners, dialect)
            except MappingError as error:
                misfits.append(remark_of(error))
            else:
                fitting[name] = (*fitting.get(name, ()), frame)
    return fitting, misfits


def tables_of(frames: Mapping[str, tuple[FrameMapping, ...]]) -> list[str]:
    """Every table that a mapping reads, joined ones too."""
    parts = [part for some in frames.values() for part in some]
    return [table.name for part in parts for table in (part.table, *(join.table for join in part.joins.values()))]


def _keys(inspector: Inspector, frames: Mapping[str, tuple[FrameMapping, ...]]) -> dict[str, TableKeys]:
    names = {part.table.name for parts in frames.values() for part in parts}
    return {name: keys_of(inspector, name) for name in sorted(names)}
