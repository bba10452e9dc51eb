"""The open ledger: how it reads, how it writes, and what its database may say when it fails."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, create_engine, event, func, select, text
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.engine.url import URL
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from discretio.errors import LedgerError
from discretio.ledger.keys import LedgerKeys

_WRITING = "discretio_writing"
_BRUSSELS = ZoneInfo("Europe/Brussels")
_BUSY_SECONDS = 60
_SERVER_MOMENTS = {"postgresql": func.clock_timestamp(), "mysql": func.utc_timestamp(6), "mariadb": func.utc_timestamp(6)}
# Groups of a million entries stay in memory, unsorted; compiling a query that runs once takes longer than the query.
_COUNTING_ON_POSTGRESQL = text(
    "SELECT set_config('work_mem', '64MB', true), set_config('enable_sort', 'off', true), set_config('jit', 'off', true)"
)
# Two indexes that hold all that is asked are read side by side: hashing a million entries would spill to the disk.
_IN_ORDER_ON_POSTGRESQL = text("SELECT set_config('enable_hashjoin', 'off', true), set_config('random_page_cost', '1.1', true)")
_SQLITE_PRAGMAS = (
    f"busy_timeout={_BUSY_SECONDS * 1000}",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "temp_store=MEMORY",
    "cache_size=-65536",
)


@dataclass(frozen=True, slots=True)
class Ledger:
    """An open ledger: its database, its keys, its name for itself and its clock. Made by `open_ledger`."""

    engine: Engine
    keys: LedgerKeys = field(repr=False)
    ledger_id: str
    clock: Callable[[], datetime] = field(repr=False)

    def now(self) -> datetime:
        """The moment, in UTC."""
        return self.clock().astimezone(UTC)

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads."""
        with _named_failures(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def counting(self) -> Iterator[Connection]:
        """A transaction that only counts, over as many rows as there are."""
        with self.reading() as connection:
            if self.engine.dialect.name == "postgresql":
                connection.execute(_COUNTING_ON_POSTGRESQL)
            yield connection

    @contextmanager
    def counting_in_order(self) -> Iterator[Connection]:
        """As `counting`, where what is joined lies in the same order in its indexes."""
        with self.counting() as connection:
            if self.engine.dialect.name == "postgresql":
                connection.execute(_IN_ORDER_ON_POSTGRESQL)
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes: all of it happens, or nothing."""
        writer = self.engine.execution_options(**{_WRITING: True})
        with _named_failures(), writer.connect() as connection, connection.begin():
            yield connection


def server_date(ledger: Ledger) -> date:
    """Today in Brussels by the clock of the ledger's server (for SQLite, the ledger's own clock).

    A plan whose `as_of` lies after this day only ever dry-runs.
    """
    if ledger.engine.dialect.name == "sqlite":
        return ledger.now().astimezone(_BRUSSELS).date()
    with ledger.reading() as connection:
        moment: datetime = connection.execute(select(func.now())).scalar_one()
    return moment.astimezone(_BRUSSELS).date()


def server_clock(ledger: Ledger, steady: Callable[[], float] = time.monotonic) -> Callable[[], datetime]:
    """The clock of the ledger's server, asked once and kept up by this machine's counter, so that several machines agree.

    Args:
        ledger: on SQLite, whose clock is this machine's, its own clock is returned.
        steady: counts seconds, and is set by nobody.
    """
    question = _SERVER_MOMENTS.get(ledger.engine.dialect.name)
    if question is None:
        return ledger.clock
    with ledger.reading() as connection:
        moment: datetime = connection.execute(select(question)).scalar_one()
        counted = steady()
    begun = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    return lambda: begun + timedelta(seconds=steady() - counted)


def truncate_log(ledger: Ledger) -> None:
    """Empty SQLite's write-ahead log, which keeps old pages until then."""
    if ledger.engine.dialect.name == "sqlite":
        with ledger.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))


def make_engine(url: URL) -> Engine:
    """An engine for the ledger: parameters never shown in errors or logs, SQLite set up for evidence."""
    options: dict[str, Any] = {"hide_parameters": True, "pool_pre_ping": True}
    if url.get_backend_name() in ("mysql", "mariadb"):
        options["isolation_level"] = "READ COMMITTED"
    engine = create_engine(url, **options)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


class _BitOr:
    """The aggregate function that the other databases have: the bits that any row has."""

    def __init__(self) -> None:
        self.bits = 0

    def step(self, bits: int | None) -> None:
        """Take in a row."""
        self.bits |= bits or 0

    def finalize(self) -> int:
        """The bits of all rows."""
        return self.bits


def _prepare_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    connection.create_aggregate("bit_or", 1, _BitOr)
    # Python's own guesses about when a transaction begins are switched off: `_begin_sqlite` says it.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _SQLITE_PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    _log_ahead(cursor)
    cursor.close()


def _log_ahead(cursor: DBAPICursor) -> None:
    """Switch the file to a write-ahead log; SQLite waits for nobody at the first switch, so we do."""
    until = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes its lock at once: a reader that turns writer halfway would meet "database is locked" at once.
    writing = connection.get_execution_options().get(_WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextmanager
def _named_failures() -> Iterator[None]:
    # Messages of database drivers quote values and addresses: only the kind of failure leaves here.
    try:
        yield
    except SQLAlchemyError as error:
        cause = type(getattr(error, "orig", None) or error).__name__
        raise LedgerError(
            "the ledger's database refused the work or broke it off; nothing of it was kept",
            where=cause,
            remedy="look at the database's own log, free space and rights, then run the command again",
        ) from None
