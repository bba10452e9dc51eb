"""Wiping what erased rows leave in an SQLite file.

`secure_delete` overwrites a row that is deleted, but not the copies that were left behind when its page was once reorganised:
only rewriting the file does. Whether that is still to be done is noted in the erasing transaction itself, so that a program
killed between the commit and the rewriting does it later.
"""

from __future__ import annotations

import sqlite3

from sqlalchemy import Connection, delete, insert, select

from discretio.stores.engines import Database, Purpose, unavailable
from discretio.stores.reference.schema import STORE_META

_NOTE = "scrubbing"
_IN_MEMORY_UP_TO = 256_000_000


def note_scrubbing_due(connection: Connection) -> None:
    """Note, in an erasing transaction, that its file is to be rewritten."""
    if connection.dialect.name == "sqlite":
        connection.execute(delete(STORE_META).where(STORE_META.c.name == _NOTE))
        connection.execute(insert(STORE_META).values(name=_NOTE, value="due"))


def scrub(database: Database, bytes_at_most: int | None = None) -> None:
    """Rewrite the file of an SQLite store, if that is due.

    Args:
        database: the store's; nothing is done on a server.
        bytes_at_most: leave a bigger file for later; null for whatever size.

    Raises:
        StoreUnavailableError: somebody else is reading or writing the store.
    """
    if database.dialect != "sqlite":
        return
    with database.reading(STORE_META.name) as connection:
        due = connection.execute(select(STORE_META).where(STORE_META.c.name == _NOTE)).first()
        size = _file_bytes(connection)
    if due is None or (bytes_at_most is not None and size > bytes_at_most):
        return
    rewrite(database)
    with database.writing(STORE_META.name) as connection:
        connection.execute(delete(STORE_META).where(STORE_META.c.name == _NOTE))
        connection.commit()


def rewrite(database: Database) -> None:
    """Rewrite the file of an SQLite database, so that nothing of a deleted row is left in it.

    Raises:
        StoreUnavailableError: somebody else is reading or writing it.
    """
    with unavailable("the file"), database.connect(Purpose.WRITE) as connection:
        _rewrite(connection)


def _rewrite(connection: Connection) -> None:
    # The driver's own cursor, since SQLAlchemy would open a transaction, in which nothing can be rewritten.
    big = _file_bytes(connection) > _IN_MEMORY_UP_TO
    connection.rollback()
    cursor = connection.connection.cursor()
    if big:
        cursor.execute("PRAGMA temp_store = FILE")
    cursor.execute("VACUUM")
    # Where the file keeps a write-ahead log, the old pages are in it until it is emptied, which a reader can prevent.
    waiting = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    cursor.close()
    if waiting:
        raise sqlite3.OperationalError("database is locked")


def _file_bytes(connection: Connection) -> int:
    pages, size = (connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in ("page_count", "page_size"))
    return int(pages) * int(size)
