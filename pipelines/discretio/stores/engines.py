"""Databases as stores use them: no password in a URL, read-only unless erasing, and no library message reaches the user."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import Enum
from operator import methodcaller
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, inspect, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from discretio.errors import SecretInUrlError, StoreUnavailableError, UsageError
from discretio.stores.store_password import STORE_PASSWORD, STORE_PASSWORD_FILE, store_password

LOCK_SECONDS = 30
ROWS_AT_ONCE = 200

_SECRET = re.compile(r"pass(?!file)|pwd|secret|token|odbc_connect", re.IGNORECASE)


class Purpose(Enum):
    """What a connection is for."""

    READ = "read"
    WRITE = "write"


def safe_url(text: str) -> URL:
    """Read a SQLAlchemy URL that holds no secret.

    Raises:
        SecretInUrlError: a password stands in it.
        UsageError: it is no such URL.
    """
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise UsageError(
            "this is no SQLAlchemy URL", remedy="write it as dialect+driver://user@host/database, or sqlite:///file.db"
        ) from None
    if url.password is not None or any(_SECRET.search(name) for name in url.query):
        raise SecretInUrlError(
            "a password stands in the URL of the store, where process lists and shell histories show it",
            remedy=f"take it out, and put it into {STORE_PASSWORD}, a file named by {STORE_PASSWORD_FILE}, "
            "or PostgreSQL's own password file (PGPASSFILE)",
        )
    return url


class Database:
    """One database. Each use opens a connection of its own and closes it, so that nothing is shared between processes.

    Args:
        url: a SQLAlchemy URL without a password.
        environment: where the password may stand; the process's own by default.

    Raises:
        SecretInUrlError: a password stands in the URL.
        UsageError: the URL is wrong, or its driver isn't installed.
    """

    def __init__(self, url: str, environment: Mapping[str, str] | None = None) -> None:
        self.url = _absolute(safe_url(url))
        self.dialect = self.url.get_backend_name()
        self.locator = self.url.render_as_string(hide_password=True)
        self._environment = os.environ if environment is None else environment
        self._kept: dict[Purpose, Engine] = {}

    def default_schema(self) -> str:
        """The schema in which tables are that name none."""
        with self.reading("the tables") as connection:
            return str(inspect(connection).default_schema_name)

    @contextmanager
    def reading(self, where: str = "") -> Iterator[Connection]:
        """A connection in a read-only transaction.

        Args:
            where: the table concerned, for the error message.

        Raises:
            StoreUnavailableError: the database can't be reached, read, or died in the middle.
        """
        with unavailable(where or self.dialect), self.connect(Purpose.READ) as connection:
            yield connection

    @contextmanager
    def writing(self, where: str = "") -> Iterator[Connection]:
        """A connection in a write transaction, rolled back unless the caller commits; errors as for `reading`."""
        with unavailable(where or self.dialect), self.connect(Purpose.WRITE) as connection:
            yield connection

    def connect(self, purpose: Purpose) -> Connection:
        """A connection for this purpose, to be closed by the caller; errors as for `reading`."""
        with unavailable(self.dialect):
            return self._engine(purpose).connect()

    def _engine(self, purpose: Purpose) -> Engine:
        # Kept: it holds no connection (NullPool), but remembers what it compiled.
        if purpose not in self._kept:
            self._kept[purpose] = self._new_engine(purpose)
        return self._kept[purpose]

    def _new_engine(self, purpose: Purpose) -> Engine:
        if self.dialect == "sqlite":
            return _sqlite_engine(str(self.url.database), purpose)
        try:
            engine = create_engine(self.url, poolclass=NullPool, hide_parameters=True, connect_args=self._password())
        except (NoSuchModuleError, ModuleNotFoundError, ArgumentError):
            raise UsageError(
                "the driver of this store's URL isn't installed",
                where=self.url.drivername,
                remedy="use postgresql+psycopg:// (pip install discretio[postgresql]) or "
                "mysql+pymysql:// (pip install discretio[mariadb])",
            ) from None
        prepare = _PREPARATION.get((self.dialect, purpose))
        return prepare(engine) if prepare else engine

    def _password(self) -> dict[str, str]:
        password = store_password(self._environment)
        return {} if password is None else {"password": password}


@contextmanager
def unavailable(where: str) -> Iterator[None]:
    """Turn a library's exception, which may quote SQL and values, into ours, which doesn't."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error):
        raise StoreUnavailableError(
            "the store can't be reached or read, or died in the middle; nothing was changed",
            where=where,
            remedy="see that the database runs, that the account may read it and that nobody locks it, then try again",
        ) from None


def _absolute(url: URL) -> URL:
    if url.get_backend_name() != "sqlite":
        return url
    if not url.database or url.database == ":memory:" or url.query:
        raise UsageError("an SQLite store is a plain file", remedy="write sqlite:///file.db, without parameters")
    return url.set(drivername="sqlite", database=str(Path(url.database).resolve()))


def _sqlite_engine(path: str, purpose: Purpose) -> Engine:
    reading = purpose is Purpose.READ

    def connect() -> sqlite3.Connection:
        # mode=rw creates nothing; unlike mode=ro it can also roll back what a killed erasure left.
        connection = sqlite3.connect(
            f"file:{quote(path)}?mode=rw", uri=True, timeout=LOCK_SECONDS, isolation_level=None, check_same_thread=False
        )
        # A text of invalid UTF-8 must not end the scan: it is read with markers and declared not examined.
        connection.text_factory = lenient
        for pragma in ("foreign_keys = ON", "secure_delete = ON", "temp_store = MEMORY"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute(f"PRAGMA query_only = {'ON' if reading else 'OFF'}")
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool, hide_parameters=True)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


lenient: Callable[[bytes], str] = methodcaller("decode", "utf-8", "surrogateescape")
"""Text of a database, whatever its bytes: those that aren't UTF-8 become half characters. In C: each value asks."""


def _on_connect(engine: Engine, *statements: str) -> Engine:
    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own connection
        cursor = connection.cursor()
        for statement in statements:
            cursor.execute(statement)
        cursor.close()
        connection.commit()

    return engine


def _postgresql_reader(engine: Engine) -> Engine:
    return engine.execution_options(postgresql_readonly=True)


def _postgresql_writer(engine: Engine) -> Engine:
    return _on_connect(engine, f"SET lock_timeout = '{LOCK_SECONDS}s'").execution_options(isolation_level="READ COMMITTED")


def _mariadb_reader(engine: Engine) -> Engine:
    return _on_connect(engine, "SET SESSION TRANSACTION READ ONLY")


def _mariadb_writer(engine: Engine) -> Engine:
    strict = "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'"
    waiting = f"SET SESSION innodb_lock_wait_timeout = {LOCK_SECONDS}"
    return _on_connect(engine, strict, waiting).execution_options(isolation_level="READ COMMITTED")


_PREPARATION: Mapping[tuple[str, Purpose], Callable[[Engine], Engine]] = {
    ("postgresql", Purpose.READ): _postgresql_reader,
    ("postgresql", Purpose.WRITE): _postgresql_writer,
    ("mysql", Purpose.READ): _mariadb_reader,
    ("mysql", Purpose.WRITE): _mariadb_writer,
    ("mariadb", Purpose.READ): _mariadb_reader,
    ("mariadb", Purpose.WRITE): _mariadb_writer,
}
