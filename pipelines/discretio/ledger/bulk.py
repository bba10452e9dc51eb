"""Rows by the ten thousand into one table, by the shortest way that its database has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table, insert

from discretio.errors import LedgerError


def insert_rows(connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows, in the transaction of the connection.

    Args:
        connection: a transaction that writes.
        table: whose columns hold plain values as the driver takes them: no JSON, no moments.
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


def _copy(connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    names = ", ".join(_quoted(connection, name) for name in columns)
    statement = f"COPY {_quoted(connection, table.name)} ({names}) FROM STDIN"
    driver: Any = connection.connection.cursor()
    with driver as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _insert(connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    statement = insert(table).compile(dialect=connection.dialect, column_keys=list(columns))
    order = statement.positiontup
    if order is None:  # a driver that names its parameters
        connection.execute(insert(table), [dict(zip(columns, row, strict=True)) for row in rows])
        return
    if order != list(columns):
        places = [list(columns).index(name) for name in order]
        rows = [tuple(row[place] for place in places) for row in rows]
    # By the driver itself: SQLAlchemy would make a dictionary of every row, and each of its values.
    connection.exec_driver_sql(str(statement), list(rows))


def _quoted(connection: Connection, name: str) -> str:
    return connection.dialect.identifier_preparer.quote(name)
