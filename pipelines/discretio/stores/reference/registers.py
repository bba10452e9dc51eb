"""The registers that a reference store keeps beyond its base: protocols, logs, agreements on terms, grounds of entries, ...

A register that is kept and empty says that there is nothing; one that isn't kept says nothing, and its rules are NOT_CHECKABLE.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import Connection, Table, insert, inspect, select, update
from sqlalchemy.schema import CreateColumn

from discretio.domain.frames import STORE_FRAMES
from discretio.errors import UsageError
from discretio.stores.engines import Database
from discretio.stores.layout import FILE
from discretio.stores.reference.schema import BASE, REGISTERS, STORE_META, WHOLE, WITH_REGISTERS

ALL = "all"


def keep_registers(database: Database, names: Iterable[str]) -> None:
    """Make a reference store keep registers, from now on; what it kept already, it still keeps.

    Args:
        database: that of a reference store.
        names: frames (`legal_bases`), columns that the base lacks (`entries.legal_ground`), all such columns of a frame of the
            base (`entries`), or `all`.

    Raises:
        UsageError: there is no such register.
        StoreUnavailableError: the database can't be written.
    """
    wanted = sorted({one for name in names for one in _registers_of(name)})
    with database.writing("the tables") as connection:
        WHOLE.metadata.create_all(connection)
        for name in STORE_FRAMES:
            _add_columns(connection, WHOLE.by_name[name])
        kept_already = set(connection.execute(select(REGISTERS.c.name)).scalars())
        new = [{"name": name} for name in wanted if name not in kept_already]
        if new:
            connection.execute(insert(REGISTERS), new)
        # Written last: from here on an older Discretio refuses the store, which it would erase by half.
        version = update(STORE_META).where(STORE_META.c.name == "schema_version")
        connection.execute(version.values(value=str(WITH_REGISTERS)))
        connection.commit()


def meta_of(database: Database) -> Mapping[str, str]:
    """What a reference store says of itself: the version of its schema, whether it is a demo, what is still to be done.

    Nothing where no such table is: that it is no reference store is for the reader of its tables to say, by their names.
    """
    with database.reading(STORE_META.name) as connection:
        if not inspect(connection).has_table(STORE_META.name):
            return {}
        return {row.name: row.value for row in connection.execute(select(STORE_META))}


def kept(connection: Connection) -> Mapping[str, Collection[str]]:
    """By frame that a store with registers delivers, the columns that it keeps."""
    names = set(connection.execute(select(REGISTERS.c.name)).scalars())
    found: dict[str, Collection[str]] = {}
    for name, frame in WHOLE.frames.items():
        if name in STORE_FRAMES:
            base = {*STORE_FRAMES[name].column_names, *({FILE} & {*BASE.by_name[name].c.keys()})}
            found[name] = base | {column for column in frame.column_names if f"{name}.{column}" in names}
        elif name in names:
            found[name] = frame.column_names
    return found


def _registers_of(name: str) -> list[str]:
    known = {frame: _own_registers(frame) for frame in WHOLE.frames}
    listed = [one for registers in known.values() for one in registers]
    found = listed if name == ALL else known.get(name, [name] if name in listed else [])
    if not found:
        raise UsageError(
            "there is no such register", where=name, remedy=f"one of {ALL}, entries.legal_ground, {', '.join(known)}"
        )
    return found


def _own_registers(name: str) -> list[str]:
    """The registers in a frame: itself, or the columns that the base lacks."""
    if name not in STORE_FRAMES:
        return [name]
    base = STORE_FRAMES[name].column_names
    return [f"{name}.{column}" for column in WHOLE.frames[name].column_names if column not in base]


def _add_columns(connection: Connection, table: Table) -> None:
    there = {column["name"] for column in inspect(connection).get_columns(table.name)}
    prepared = connection.dialect.identifier_preparer.format_table(table)
    for column in table.c:
        if column.name not in there:
            connection.exec_driver_sql(f"ALTER TABLE {prepared} ADD COLUMN {CreateColumn(column).compile(connection)}")
