"""Open a ledger: make it, bring it up to date, or refuse it."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Row, column, insert, inspect, select, table, text
from sqlalchemy.engine.url import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from discretio.errors import DiscretioError, LedgerKeyError, LedgerVersionError, SecretInUrlError, UsageError
from discretio.ledger.audit_chain import append, begin_chain
from discretio.ledger.connection import Ledger, make_engine
from discretio.ledger.keys import LedgerKeys, keyed_hash, new_key, parse_key, read_key
from discretio.ledger.retired_keys import retired_masters
from discretio.ledger.scan_tables import identity
from discretio.ledger.surrogate_ids import new_id

__all__ = ["REVISIONS", "Ledger", "new_key", "open_ledger", "parse_key", "read_key"]

REVISIONS = tuple(f"{number:04}" for number in range(1, 24))
"""The migrations, oldest first; a ledger that names another one comes from a newer program."""

_IDENTITY_ID = 1
_Identity = tuple[int, str, str, str, datetime]
_MIGRATIONS = Path(__file__).parent / "migrations"
_IN_THIS_PROCESS = threading.Lock()  # Alembic keeps its context in module globals
_MIGRATION_LOCK = 4_580_003  # any number that nothing else in the database uses


def _system_clock() -> datetime:
    return datetime.now(UTC)


def open_ledger(url: str, key: bytes, *, clock: Callable[[], datetime] = _system_clock) -> Ledger:
    """Open the ledger at a URL; an empty database becomes a ledger, an older one is migrated.

    Args:
        url: a SQLAlchemy URL without password: sqlite:///FILE, postgresql://USER@HOST/DATABASE, mysql+pymysql://...
        key: the master key, 32 bytes.
        clock: says when a change was recorded; it dates the audit chain.

    Raises:
        SecretInUrlError: a password stands in the URL.
        UsageError: the URL is none.
        LedgerVersionError: the ledger comes from a newer program.
        LedgerKeyError: the key is not this ledger's.
        LedgerError: the database can't be reached, or refuses.
    """
    keys = LedgerKeys.derived_from(key)
    address = _checked_url(url)
    _prepare_file(address)
    unopened = Ledger(make_engine(address), keys, ledger_id="", clock=clock)
    try:
        known = _known(unopened)
        with unopened.reading() as connection:
            retired = retired_masters(connection, known.ledger_id, key)
    except DiscretioError:
        unopened.close()
        raise
    return Ledger(unopened.engine, LedgerKeys.derived_from(key, retired), ledger_id=known.ledger_id, clock=clock)


def _known(ledger: Ledger) -> Row[_Identity]:
    """The identity of the ledger, brought up to date first, or founded; the key is checked before anything is changed."""
    with ledger.reading() as connection:
        current = _revision(connection)
        known = None if current is None else connection.execute(select(identity)).one_or_none()
    if known is not None:
        _check_key(ledger.keys, known)
    if known is None or current != REVISIONS[-1]:
        with _alone(ledger), ledger.writing() as connection:
            _migrate(connection)
            known = connection.execute(select(identity)).one_or_none() or _found(ledger, connection)
        _check_key(ledger.keys, known)
    return known


@contextmanager
def _alone(ledger: Ledger) -> Iterator[None]:
    """One process at a time founds or migrates; SQLite's writers wait for each other anyway."""
    with _IN_THIS_PROCESS, ledger.reading() as connection:
        if ledger.engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})
            yield
        elif ledger.engine.dialect.name in ("mysql", "mariadb"):
            connection.execute(text("SELECT GET_LOCK('discretio ledger', 60)"))
            yield
            connection.execute(text("SELECT RELEASE_LOCK('discretio ledger')"))
        else:
            yield


def _check_key(keys: LedgerKeys, known: Row[_Identity]) -> None:
    if known.key_check != keyed_hash(keys.check, known.ledger_id):
        raise LedgerKeyError(
            "this is not the ledger's key",
            remedy="give the key file of this ledger; if its key was being rotated, type that again",
        )


def _checked_url(url: str) -> URL:
    try:
        address = make_url(url)
        address.get_dialect()
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError):
        raise UsageError("the ledger's URL is none that can be opened", remedy="give for example sqlite:///FILE") from None
    if address.password is not None or "password" in address.query:
        raise SecretInUrlError(
            "a password stands in the ledger's URL",
            remedy="leave it out; name a password file (PGPASSFILE) or use the database's own authentication",
        )
    return address


def _prepare_file(address: URL) -> None:
    """Make the SQLite file readable by its owner alone before anything is in it."""
    if address.get_backend_name() != "sqlite" or not address.database or address.database == ":memory:":
        return
    path = Path(address.database)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise UsageError(
            "the ledger's file can't be made or written", where=type(error).__name__, remedy="check its folder and its rights"
        ) from None


def _revision(connection: Connection) -> str | None:
    """The migration that the database is at; None if it is empty.

    Raises:
        LedgerVersionError: it is none of ours.
    """
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(select(column("version_num")).select_from(table("alembic_version"))).scalar_one_or_none()
    if found is not None and found not in REVISIONS:
        raise LedgerVersionError(
            "the ledger was written by a newer version of discretio", remedy="upgrade discretio; an older one can't read it"
        )
    return str(found) if found is not None else None


def _migrate(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - a tenth of a second that only a migration needs
    from alembic.config import Config  # noqa: PLC0415 - as above

    if _revision(connection) == REVISIONS[-1]:
        return  # another process was faster
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _found(ledger: Ledger, connection: Connection) -> Row[_Identity]:
    """Write the identity of a new ledger, and begin its chain."""
    ledger_id = new_id("ledger")
    values = {
        "identity_id": _IDENTITY_ID,
        "ledger_id": ledger_id,
        "key_check": keyed_hash(ledger.keys.check, ledger_id),
        "checkpoint_public_key": ledger.keys.public_key,
        "created_at": ledger.now(),
    }
    connection.execute(insert(identity).values(**values))
    begin_chain(connection, ledger.keys, ledger_id, ledger.now())
    founded = Ledger(ledger.engine, ledger.keys, ledger_id, ledger.clock)
    append(founded, connection, "ledger.founded", {"public_key": ledger.keys.public_key}, subject=ledger_id)
    return connection.execute(select(identity)).one()
