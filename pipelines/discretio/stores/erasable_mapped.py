"""A foreign database in which dossiers may be erased, since its mapping says where holds stand and what becomes of each row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property

import pandas as pd
from sqlalchemy import inspect

from discretio.errors import MappingError
from discretio.stores.engines import Database, Purpose, unavailable
from discretio.stores.erasing import NeverDemo
from discretio.stores.foreign.checking import tables_of
from discretio.stores.foreign.engines_of_tables import refuse_other_engines
from discretio.stores.foreign.erase_forms import ErasingMapping
from discretio.stores.foreign.erased_rows import hashes_of, rows_in
from discretio.stores.foreign.erased_tables import ART8, erased_tables, with_left_out
from discretio.stores.foreign.erasing import HOLDS, ErasurePlan, MappedEraser, no_holds, refuse_unclear_holds
from discretio.stores.foreign.erasure_order import in_order
from discretio.stores.foreign.held_values import values_beside, values_in
from discretio.stores.foreign.parts import Parts, parts_of
from discretio.stores.foreign.unlike_keys import refuse_unlike_keys
from discretio.stores.mapped import MappedReader
from discretio.stores.port import Disk, Held, Partition
from discretio.stores.reference.contents import SERVER_ADVICE
from discretio.stores.reference.scrubbing import rewrite
from discretio.stores.sqlite_files import live_texts, stored_texts


class _ErasableReader(MappedReader):
    """The reading half: what its mapping says of erasing, held against the database."""

    @cached_property
    def plan(self) -> ErasurePlan:
        """How it is erased in, verified against the database when it is first needed.

        Raises:
            MappingError: the mapping doesn't say what becomes of rows, or foreign keys don't allow it.
            PurgeRefusedError: the database can't lock its tables, doesn't roll back what was done in them, or compares keys
                otherwise in one than in another.
        """
        refuse_unclear_holds(self.database.dialect, self._erasing, mapped=HOLDS in self.mapping.frames)
        with self.database.reading("the tables") as connection:
            inspector = inspect(connection)
            tables = in_order(inspector, erased_tables(inspector, self.mapping, self.database.dialect))
            touched = {*tables_of(self.mapping.frames), *(one.name for one in tables)}
            refuse_other_engines(connection, touched)
            refuse_unlike_keys(connection, self.parts)
        return ErasurePlan(self.parts, tables, touched)

    def frames(self) -> frozenset[str]:
        """The frames that are mapped, and the holds, of which there are none where they all stand in the ledger."""
        return super().frames() | ({HOLDS} if self._erasing.holds_in_ledger else frozenset())

    def read(self, frame: str, partition: Partition | None = None, columns: Collection[str] | None = None) -> pd.DataFrame:
        """The rows of a frame, without content, ordered by key; part after part, if it has several."""
        if frame == HOLDS and self._erasing.holds_in_ledger:
            return no_holds() if columns is None else no_holds()[[one for one in no_holds() if one in {"hold_key", *columns}]]
        return super().read(frame, partition, columns)

    def check(self) -> None:
        """See whether it can be read, and erased in as the mapping says."""
        super().check()
        _ = self.plan

    @property
    def layout_sha256(self) -> str:
        """Of the mapping: a plan is bound to it."""
        return self.mapping.sha256

    @cached_property
    def _parts_that_go(self) -> Parts:
        """The parts with the rows that `where` leaves out of reading and an erasure takes along."""
        with self.database.reading("the tables") as connection:
            return parts_of(inspect(connection), with_left_out(self.mapping), self.database.dialect)

    @property
    def _erasing(self) -> ErasingMapping:
        if self.mapping.erasing is None:
            raise MappingError("the mapping doesn't say that anything may be erased", remedy="add `erase` to it")
        return self.mapping.erasing


class ErasableMappedStore(NeverDemo, _ErasableReader):
    """A mapped store whose mapping has a part `erase`. Only an erasing transaction writes."""

    @contextmanager
    def erasing(self) -> Iterator[MappedEraser]:
        """One write transaction to erase in, rolled back unless it is committed."""
        connection = Database(self.mapping.url, self._environment).connect(Purpose.WRITE)
        if connection.dialect.name in ("mysql", "mariadb"):
            connection = connection.execution_options(isolation_level="SERIALIZABLE")
        try:
            with unavailable(self.database.dialect):
                refuse_other_engines(connection, self.plan.locked)
                refuse_unlike_keys(connection, self.parts)
            yield MappedEraser(connection, self.plan)
        finally:
            with unavailable(self.database.dialect):
                connection.close()

    def dossier_hashes(self, dossier_keys: Iterable[str], key: bytes) -> dict[str, str]:
        """HMAC-SHA256 of each dossier with every column of all its rows that an erasure touches."""
        with self.database.reading("dossiers") as connection:
            return hashes_of(self.plan.rows(connection, set(dossier_keys)), key)

    def art8_hashes(self, row_keys: Iterable[str], key: bytes) -> dict[str, str]:
        """HMAC-SHA256 of each row of the prosecutor's list."""
        with self.database.reading(ART8) as connection:
            return hashes_of(self.plan.rows(connection, set(row_keys), listed=True), key)

    def remaining(self, dossier_keys: Iterable[str], row_keys: Iterable[str] = ()) -> dict[str, int]:
        """How many rows each table still holds of these dossiers and rows of the list; empty if nothing is left."""
        counts: Counter[str] = Counter()
        if self.database.dialect == "sqlite":
            rewrite(Database(self.mapping.url, self._environment))
        with self.database.reading("dossiers") as connection:
            for keys, listed in ((set(dossier_keys), False), (set(row_keys), True)):
                counts.update(one.name for one, _ in self.plan.rows(connection, keys, listed=listed))
        return dict(counts)

    def values(self, dossier_keys: Iterable[str]) -> Iterator[Held]:
        """The key of every row in these dossiers, and every text that it holds; also of those that `where` leaves out.

        Then the texts of the rows beside the frames that go with them.
        """
        keys = sorted({*dossier_keys})
        yield from values_in(self.database, self._parts_that_go, self.contents, keys)
        beside = [table for table in self.plan.tables if table.beside and not table.listed and not table.way.kept]
        with self.database.reading("dossiers") as connection:
            for table in beside:
                yield from values_beside(table, rows_in(connection, table, keys))

    def disk(self) -> Disk:
        """The files of an SQLite store; of a server, what it still has to do."""
        if self.database.dialect == "sqlite":
            return Disk(lambda: stored_texts(self.database), lambda: live_texts(self.database))
        return Disk(advice=SERVER_ADVICE.get(self.database.dialect, "unknown"))
