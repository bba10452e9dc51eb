"""The reference store: created, read, checked, and erased under lock."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import ClassVar

from sqlalchemy import insert, inspect, select

from discretio.errors import StoreContentError, StoreUnavailableError, UsageError
from discretio.stores.engines import Database, Purpose, unavailable
from discretio.stores.held_contents import HeldContents
from discretio.stores.layout import Layout, Source
from discretio.stores.port import Extractor
from discretio.stores.reference.contents import ReferenceContents
from discretio.stores.reference.erasing import ReferenceEraser
from discretio.stores.reference.registers import keep_registers, kept, meta_of
from discretio.stores.reference.rows import count_rows, hash_art8
from discretio.stores.reference.schema import BASE, SCHEMA_VERSION, STORE_META, WHOLE, WITH_REGISTERS
from discretio.stores.reference.scrubbing import scrub
from discretio.stores.relational import check_dates

SCRUBBED_AT_ONCE = 64_000_000


class ReferenceStore(ReferenceContents):
    """A reference store.

    Args:
        url: its SQLAlchemy URL, without a password.
        environment: where the password may stand; the process's own by default.
        extract: makes text of attached documents; only plain text is read by default.

    Raises:
        SecretInUrlError: a password stands in the URL.
        UsageError: the URL is wrong.
    """

    kind: ClassVar[str] = "reference_store"

    def __init__(self, url: str, environment: Mapping[str, str] | None = None, extract: Extractor | None = None) -> None:
        super().__init__(Database(url, environment), HeldContents(extract))

    @cached_property
    def layout(self) -> Layout:
        """Every frame that this store keeps, each in the table of its name."""
        if self.tables is BASE:
            return {name: Source(frame, BASE.by_name[name], dict(BASE.by_name[name].c)) for name, frame in BASE.frames.items()}
        with self.database.reading("registers") as connection:
            columns = kept(connection)
        found = {name: WHOLE.by_name[name] for name in columns}
        return {
            name: Source(WHOLE.frames[name], table, {key: column for key, column in table.c.items() if key in columns[name]})
            for name, table in found.items()
        }

    @property
    def layout_sha256(self) -> str:
        """Of the version of its schema."""
        version = SCHEMA_VERSION if self.tables is BASE else WITH_REGISTERS
        return hashlib.sha256(f"reference store {version}".encode()).hexdigest()

    def is_demo(self) -> bool:
        """Whether this store was created as the demo's own."""
        return meta_of(self.database).get("demo") == "yes"

    def check(self) -> None:
        """See whether all tables are there, in our version, and whether their dates can be."""
        with self.database.reading("the tables") as connection:
            there = set(inspect(connection).get_table_names())
        missing = sorted({table.name for table in self.tables.metadata.sorted_tables} - there)
        if missing:
            raise StoreContentError(
                f"the store lacks {len(missing)} of its tables",
                where=", ".join(missing),
                remedy="create it with `discretio store create URL`, or describe a store of your own by a mapping file",
            )
        if meta_of(self.database).get("schema_version") not in (str(SCHEMA_VERSION), str(WITH_REGISTERS)):
            raise StoreContentError("the store was made by another version of Discretio", where="store_meta.schema_version")
        check_dates(self.database, self.layout)

    @contextmanager
    def erasing(self) -> Iterator[ReferenceEraser]:
        """One write transaction to erase in, rolled back unless it is committed."""
        columns = {name: source.columns.keys() for name, source in self.layout.items()}
        connection = self.database.connect(Purpose.WRITE)
        try:
            yield ReferenceEraser(connection, self.tables, columns)
        finally:
            # What the caller's own block raises is not ours to translate, so only the closing is.
            with unavailable(self.database.dialect):
                connection.close()
        # What is committed stays committed: if scrubbing would take long, or has to wait for a reader, it stays noted as due.
        with suppress(StoreUnavailableError):
            scrub(self.database, bytes_at_most=SCRUBBED_AT_ONCE)

    def scrub(self) -> None:
        """Wipe what erased rows left in the store's file, if that is still to be done.

        On PostgreSQL and MariaDB the server's own vacuum or purge reuses the space; nothing is done here.

        Raises:
            StoreUnavailableError: somebody else is reading or writing the store.
        """
        scrub(self.database)

    def remaining(self, dossier_keys: Iterable[str], row_keys: Iterable[str] = ()) -> dict[str, int]:
        """How many rows each table still holds of these dossiers and rows of the list; empty if nothing is left.

        Scrubs first, if that is due: what is said to be gone is gone from the file as well.
        """
        self.scrub()
        with self.database.reading("dossiers") as connection:
            listed = len(hash_art8(connection, self.tables, row_keys, b""))
            return count_rows(connection, self.tables, dossier_keys) | ({"art8_rows": listed} if listed else {})


def create_store(
    url: str, *, demo: bool = False, registers: Iterable[str] = (), environment: Mapping[str, str] | None = None
) -> ReferenceStore:
    """Create the tables of an empty reference store.

    Args:
        url: where, as a SQLAlchemy URL without a password; an SQLite file is made, readable by its owner alone.
        demo: whether this is the demo's own store, where a purge may run with an `as_of` in the future.
        registers: what it keeps beyond the base: see `keep_registers`.
        environment: where the password may stand; the process's own by default.

    Raises:
        UsageError: there is a store already, the folder doesn't exist, or there is no such register.
        StoreUnavailableError: the database can't be reached or written.
    """
    store = ReferenceStore(url, environment)
    if store.database.dialect == "sqlite":
        _make_file(Path(str(store.database.url.database)))
    with store.database.writing("the tables") as connection:
        if inspect(connection).has_table(STORE_META.name) and connection.execute(select(STORE_META)).first():
            raise UsageError("there is a store already", remedy="choose another database, or use the store that is there")
        BASE.metadata.create_all(connection)
        # Written last: without it, a creation that was cut short is begun again.
        values = {"schema_version": str(SCHEMA_VERSION), "demo": "yes" if demo else "no"}
        connection.execute(insert(STORE_META), [{"name": name, "value": value} for name, value in values.items()])
        connection.commit()
    if registers := tuple(registers):
        keep_registers(store.database, registers)
    return ReferenceStore(url, environment)


def _make_file(path: Path) -> None:
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except FileNotFoundError:
        raise UsageError("the folder for the store doesn't exist", remedy="make it first") from None
    except OSError:
        raise StoreUnavailableError("the file of the store can't be written") from None
