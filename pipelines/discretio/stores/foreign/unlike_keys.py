"""Keys that one table of an SQLite file takes for the same and another doesn't: whose rows these are can't be said.

A column compares by its own collation: whether a hold on `D-7` is one on `d-7` depends on which of the two tables is asked.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, FromClause, func, select

from discretio.errors import PurgeRefusedError
from discretio.stores.foreign.parts import MappedPart, Parts

_KEY = "dossier_key"
_COLLATING = "SELECT 1 FROM sqlite_master WHERE sql LIKE '%COLLATE%' LIMIT 1"


def refuse_unlike_keys(connection: Connection, parts: Parts) -> None:
    """See that no row names its dossier in a way that only one of both tables takes for the dossier's own key.

    Raises:
        PurgeRefusedError: some do; says how many and in which table.
    """
    # Other databases compare both columns by one collation, or refuse to.
    if connection.dialect.name != "sqlite" or connection.exec_driver_sql(_COLLATING).first() is None:
        return
    (home,) = parts["dossiers"]
    for name, some in parts.items():
        for part in some:
            if name != "dossiers" and _KEY in part.source.columns and (number := _unlike(connection, home, part)):
                raise PurgeRefusedError(
                    f"{number} rows write the key of a dossier otherwise than it, and the two tables don't compare them alike",
                    where=f"{part.mapping.table.name}, beside {home.mapping.table.name}",
                    remedy="give both columns the same collation, or write the key in the rows as the dossier has it",
                )


def _unlike(connection: Connection, home: MappedPart, part: MappedPart) -> int:
    theirs, own = home.source.columns[_KEY], part.source.columns[_KEY]
    tables = (part.source.table, home.source.table)
    # The left column of a comparison says how it is made.
    return _count(connection, tables, theirs == own, own != theirs) + _count(connection, tables, own == theirs, theirs != own)


def _count(
    connection: Connection, tables: tuple[FromClause, FromClause], alike: ColumnElement[bool], unlike: ColumnElement[bool]
) -> int:
    return connection.execute(select(func.count()).select_from(tables[0].join(tables[1], alike)).where(unlike)).scalar_one()
