"""Rows by the ten thousand into one table, by the shortest way that its database has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Boolean, Connection, Float, Table, insert

from discretio.errors import LedgerError


def insert_rows(connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows, in the transaction of the connection.

    Args:
        connection: a transaction that writes.
        table: what they go into.
        columns: the names of the columns that the rows have, in their order.
        rows: a tuple each.

    Raises:
        LedgerError: the database refused a row.
    """
    if not rows:
        return
    driver_errors: type[Exception] = connection.dialect.loaded_dbapi.Error
    try:
        if connection.dialect.name == "postgresql":
            _copy(connection, table, columns, rows)
        else:
            _insert(connection, table, columns, rows)
    except driver_errors as error:
        # Past SQLAlchemy, so that its own translation of what a driver says, which quotes values, isn't there.
        raise LedgerError(
            "the ledger's database refused rows; nothing of them was kept",
            where=f"{table.name}, {type(error).__name__}",
            remedy="look at the database's own log, free space and rights, then run the command again",
        ) from None


def _as_the_driver_takes_them(
    connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> Sequence[tuple[Any, ...]]:
    """The rows, with the values of those columns changed whose type says so: moments, JSON."""
    made = {place: _processor(connection, table, name) for place, name in enumerate(columns)}
    changed = {place: processor for place, processor in made.items() if processor is not None}
    if not changed:
        return rows
    sides = list(zip(*rows, strict=True))
    for place, processor in changed.items():
        sides[place] = tuple(map(processor, sides[place]))
    return list(zip(*sides, strict=True))


def _processor(connection: Connection, table: Table, name: str) -> Callable[[Any], Any] | None:
    kind = table.c[name].type
    if isinstance(kind, Boolean | Float):  # every driver takes a truth value and a number as they are
        return None
    return kind.dialect_impl(connection.dialect).bind_processor(connection.dialect)


def _copy(connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    names = ", ".join(_quoted(connection, name) for name in columns)
    statement = f"COPY {_quoted(connection, table.name)} ({names}) FROM STDIN"
    driver: Any = connection.connection.cursor()
    with driver as cursor, cursor.copy(statement) as copy:
        for row in _as_the_driver_takes_them(connection, table, columns, rows):
            copy.write_row(row)


def _insert(connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    statement = insert(table).compile(dialect=connection.dialect, column_keys=list(columns))
    order = statement.positiontup
    if order is None:  # a driver that names its parameters
        connection.execute(insert(table), [dict(zip(columns, row, strict=True)) for row in rows])
        return
    rows = _as_the_driver_takes_them(connection, table, columns, rows)
    if order != list(columns):
        places = [list(columns).index(name) for name in order]
        rows = [tuple(row[place] for place in places) for row in rows]
    # By the driver itself: SQLAlchemy would make a dictionary of every row, and each of its values.
    connection.exec_driver_sql(str(statement), list(rows))


def _quoted(connection: Connection, name: str) -> str:
    return connection.dialect.identifier_preparer.quote(name)
