"""What dossiers of a reference store say, hashed and streamed, and where a file of it may still hold what was erased."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from sqlalchemy import Select, Table, select

from discretio.domain.frames import TEXT, Frame
from discretio.stores.engines import ROWS_AT_ONCE
from discretio.stores.layout import FILE
from discretio.stores.port import Disk, Held
from discretio.stores.reference.registers import meta_of
from discretio.stores.reference.rows import batches, dossier_of, hash_art8, hash_dossiers
from discretio.stores.reference.schema import BASE, WHOLE, WITH_REGISTERS, Tables
from discretio.stores.relational import RelationalReader
from discretio.stores.sqlite_files import live_texts, stored_texts

SERVER_ADVICE = {"postgresql": "vacuum", "mysql": "innodb_purge", "mariadb": "innodb_purge"}
"""What the server of a dialect still has to do after an erasure, as a code."""

_FILES_AT_ONCE = 20


class ReferenceContents(RelationalReader):
    """The half of a reference store that looks into dossiers as a whole."""

    @cached_property
    def tables(self) -> Tables:
        """The tables that this store has: those of the base, or, if it keeps registers, all."""
        return WHOLE if meta_of(self.database).get("schema_version") == str(WITH_REGISTERS) else BASE

    def dossier_hashes(self, dossier_keys: Iterable[str], key: bytes) -> dict[str, str]:
        """HMAC-SHA256 of each dossier with all its rows, as the eraser computes it; one that doesn't exist has none."""
        with self.database.reading("dossiers") as connection:
            return hash_dossiers(connection, self.tables, dossier_keys, key)

    def art8_hashes(self, row_keys: Iterable[str], key: bytes) -> dict[str, str]:
        """HMAC-SHA256 of each row of the prosecutor's list, as the eraser computes it; one that doesn't exist has none."""
        with self.database.reading("art8_rows") as connection:
            return hash_art8(connection, self.tables, row_keys, key)

    def values(self, dossier_keys: Iterable[str]) -> Iterator[Held]:
        """The key of every row in these dossiers, and every text that it holds; of a document, what could be read of it."""
        for keys in batches(dossier_keys):
            for name in self.tables.of_dossiers:
                frame, table = self.tables.frames[name], self.tables.by_name[name]
                with self.database.reading(name) as connection:
                    yield from self._held(frame, connection.execute(_texts_of(frame, table, keys)))

    def disk(self) -> Disk:
        """The files of an SQLite store; of a server, what it still has to do."""
        if self.database.dialect == "sqlite":
            return Disk(lambda: stored_texts(self.database), lambda: live_texts(self.database))
        return Disk(advice=SERVER_ADVICE.get(self.database.dialect, "unknown"))

    def _held(self, frame: Frame, rows: Iterable[Any]) -> Iterator[Held]:
        columns = [frame.key, *_content(frame), FILE]
        for dossier, key, *texts in rows:
            for column, value in zip(columns, (key, *texts), strict=False):
                if isinstance(value, bytes):
                    for at in self._contents.windows_of(value):
                        yield Held(str(dossier), frame.name, str(key), column, at.text, at.not_examined)
                elif value is not None:
                    yield Held(str(dossier), frame.name, str(key), column, str(value))


def _content(frame: Frame) -> list[str]:
    return [column.name for column in frame.columns if column.content and column.dtype == TEXT]


def _texts_of(frame: Frame, table: Table, dossier_keys: list[str]) -> Select[Any]:
    tables, dossier = dossier_of(table)
    holds_files = FILE in table.c
    columns = [table.c[name] for name in (frame.key, *_content(frame), *([FILE] if holds_files else []))]
    query = select(dossier.label("of_dossier"), *columns).select_from(tables).where(dossier.in_(dossier_keys))
    return query.execution_options(yield_per=_FILES_AT_ONCE if holds_files else ROWS_AT_ONCE)
