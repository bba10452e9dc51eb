"""A database that isn't ours: read in transactions that can't write, seen to be such, with a limit on every statement."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, text
from sqlalchemy.exc import SQLAlchemyError

from discretio.errors import PurgeRefusedError, StoreUnavailableError
from discretio.stores.engines import LOCK_SECONDS, Database, Purpose, lenient, unavailable
from discretio.stores.foreign.manners import Manners

_INSTRUCTIONS_BETWEEN_LOOKS = 100_000
# What each dialect answers when it is asked whether this transaction can write, and what it says if it can't.
_PROOFS: Mapping[str, tuple[str, frozenset[str]]] = {
    "postgresql": ("SHOW transaction_read_only", frozenset({"on"})),
    "mysql": ("SELECT @@session.tx_read_only", frozenset({"1"})),
    "sqlite": ("PRAGMA query_only", frozenset({"1"})),
}
_NEWER_MYSQL = "SELECT @@session.transaction_read_only"


class ForeignDatabase(Database):
    """A database that is only ever read.

    Args:
        url: a SQLAlchemy URL without a password.
        manners: how gently it is read.
        environment: where the password may stand; the process's own by default.
    """

    def __init__(self, url: str, manners: Manners, environment: Mapping[str, str] | None = None) -> None:
        super().__init__(url, environment)
        self.manners = manners
        self._engines: dict[URL, Engine] = {}

    def connect(self, purpose: Purpose) -> Connection:
        """A connection that can't write, to be closed by the caller.

        Raises:
            StoreUnavailableError: the database can't be reached, or grants no read-only transaction.
            PurgeRefusedError: it was asked for to write.
        """
        if purpose is not Purpose.READ:
            raise PurgeRefusedError("this store is read only", remedy="erase in the system that it belongs to")
        connection = super().connect(purpose)
        if not self.is_proven_read_only(connection):
            connection.close()
            raise StoreUnavailableError(
                "the database grants no read-only transaction, so nothing was read",
                where=self.dialect,
                remedy="use an account and a server that allow START TRANSACTION READ ONLY",
            )
        return connection

    def is_proven_read_only(self, connection: Connection) -> bool:
        """Whether the database says that this transaction can't write; true of a dialect that can't say."""
        question, right = _PROOFS.get("mysql" if self.dialect == "mariadb" else self.dialect, ("", frozenset({""})))
        if not question:
            return True
        with unavailable(self.dialect):
            try:
                answer = connection.execute(text(question)).scalar()
            except SQLAlchemyError:
                connection.rollback()
                answer = connection.execute(text(_NEWER_MYSQL)).scalar()
        return str(answer) in right

    def _engine(self, purpose: Purpose) -> Engine:
        # Kept, since a new one asks the server about itself at length; it keeps no connection.
        if self.url not in self._engines:
            self._engines[self.url] = self._new_engine(purpose)
        return self._engines[self.url]

    def _new_engine(self, purpose: Purpose) -> Engine:
        if self.dialect == "sqlite":
            return _sqlite_reader(str(self.url.database), self.manners.statement_seconds)
        engine = super()._new_engine(purpose)
        limit = _limiter(self.dialect, self.manners.statement_seconds)

        @event.listens_for(engine, "connect")
        def prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own connection
            cursor = connection.cursor()
            for statement in limit(cursor):
                cursor.execute(statement)
            cursor.close()
            connection.commit()

        return engine


def _limiter(dialect: str, seconds: int) -> Any:  # noqa: ANN401 - a function of the driver's own cursor
    def statements(cursor: Any) -> list[str]:  # noqa: ANN401 - the driver's own cursor
        if dialect == "postgresql":
            return [f"SET statement_timeout = '{seconds}s'", f"SET lock_timeout = '{LOCK_SECONDS}s'"]
        if dialect not in ("mysql", "mariadb"):
            return []
        cursor.execute("SELECT VERSION()")
        mariadb = "mariadb" in str(cursor.fetchone()[0]).lower()
        limit = f"max_statement_time = {seconds}" if mariadb else f"max_execution_time = {seconds * 1000}"
        return [f"SET SESSION {limit}", f"SET SESSION lock_wait_timeout = {LOCK_SECONDS}"]

    return statements


def _sqlite_reader(path: str, seconds: int) -> Engine:
    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"file:{quote(path)}?mode=ro", uri=True, timeout=LOCK_SECONDS, isolation_level=None, check_same_thread=False
        )
        connection.text_factory = lenient
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA query_only = ON")
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool, hide_parameters=True)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    @event.listens_for(engine, "before_cursor_execute")
    def limit(connection: Connection, *_: object) -> None:
        # SQLite has no limit of its own: it asks from time to time whether it is to go on.
        end = time.monotonic() + seconds
        driver: Any = connection.connection.driver_connection
        driver.set_progress_handler(lambda: int(time.monotonic() > end), _INSTRUCTIONS_BETWEEN_LOOKS)

    return engine
