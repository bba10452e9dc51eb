"""The files of an SQLite database as text: all their bytes, and beside them what a reader can see."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import inspect, text

from discretio.errors import StoreUnavailableError
from discretio.stores.engines import ROWS_AT_ONCE, Database

_CHUNK = 1 << 20
_OVERLAP = 256
"""Code points that two pieces share, so that a word across their border is whole in one of them."""
_BESIDE = ("", "-wal", "-journal")


def stored_texts(database: Database) -> Iterator[str]:
    """Every byte of the file and of the logs beside it, read as text in the file's own encoding.

    Raises:
        StoreUnavailableError: a file can't be read.
    """
    with database.reading("the file") as connection:
        encoding = str(connection.exec_driver_sql("PRAGMA encoding").scalar_one())
    for suffix in _BESIDE:
        path = Path(f"{database.url.database}{suffix}")
        if path.exists():
            yield from _pieces(path, encoding)


def live_texts(database: Database) -> Iterator[str]:
    """Every text in every table of the file, and the names of these."""
    with database.reading("the file") as connection:
        tables = ["sqlite_master", *inspect(connection).get_table_names()]
        quote = connection.dialect.identifier_preparer.quote
        for table in tables:
            query = text(f"SELECT * FROM {quote(table)}").execution_options(yield_per=ROWS_AT_ONCE)  # noqa: S608 - a name that the database gave, quoted
            for row in connection.execute(query):
                yield " ".join(_readable(value) for value in row if value is not None)


def _readable(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _pieces(path: Path, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    before = ""
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                piece = before + decoder.decode(chunk)
                yield piece
                before = piece[-_OVERLAP:]
    except OSError:
        raise StoreUnavailableError(
            "the store's file can't be read byte by byte", where="sqlite", remedy="verify where the file lies"
        ) from None
