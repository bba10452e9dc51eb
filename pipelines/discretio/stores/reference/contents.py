"""What dossiers of a reference store say, hashed and streamed, and where a file of it may still hold what was erased."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Select, Table, select

from discretio.domain.frames import STORE_FRAMES
from discretio.stores.engines import ROWS_AT_ONCE
from discretio.stores.port import Disk, Held
from discretio.stores.reference.rows import DOSSIER_TABLES, batches, dossier_of, hash_art8, hash_dossiers
from discretio.stores.reference.schema import TABLES
from discretio.stores.relational import RelationalReader
from discretio.stores.sqlite_files import live_texts, stored_texts

_ADVICE = {"postgresql": "vacuum", "mysql": "innodb_purge", "mariadb": "innodb_purge"}


class ReferenceContents(RelationalReader):
    """The half of a reference store that looks into dossiers as a whole."""

    def dossier_hashes(self, dossier_keys: Iterable[str], key: bytes) -> dict[str, str]:
        """HMAC-SHA256 of each dossier with all its rows, as the eraser computes it; one that doesn't exist has none."""
        with self.database.reading("dossiers") as connection:
            return hash_dossiers(connection, dossier_keys, key)

    def art8_hashes(self, row_keys: Iterable[str], key: bytes) -> dict[str, str]:
        """HMAC-SHA256 of each row of the prosecutor's list, as the eraser computes it; one that doesn't exist has none."""
        with self.database.reading("art8_rows") as connection:
            return hash_art8(connection, row_keys, key)

    def values(self, dossier_keys: Iterable[str]) -> Iterator[Held]:
        """The key of every row in these dossiers, and every text that it holds."""
        for keys in batches(dossier_keys):
            for name in DOSSIER_TABLES:
                with self.database.reading(name) as connection:
                    yield from self._held(name, connection.execute(_texts_of(TABLES[name], keys)))

    def disk(self) -> Disk:
        """The files of an SQLite store; of a server, what it still has to do."""
        if self.database.dialect == "sqlite":
            return Disk(lambda: stored_texts(self.database), lambda: live_texts(self.database))
        return Disk(advice=_ADVICE.get(self.database.dialect, "unknown"))

    @staticmethod
    def _held(name: str, rows: Iterable[Any]) -> Iterator[Held]:
        columns = [STORE_FRAMES[name].key, *_content(name)]
        for dossier, key, *texts in rows:
            for column, value in zip(columns, (key, *texts), strict=True):
                if value is not None:
                    yield Held(str(dossier), name, str(key), column, str(value))


def _content(name: str) -> list[str]:
    return [column.name for column in STORE_FRAMES[name].columns if column.content]


def _texts_of(table: Table, dossier_keys: list[str]) -> Select[Any]:
    tables, dossier = dossier_of(table)
    columns = [table.c[name] for name in (STORE_FRAMES[table.name].key, *_content(table.name))]
    query = select(dossier.label("of_dossier"), *columns).select_from(tables).where(dossier.in_(dossier_keys))
    return query.execution_options(yield_per=ROWS_AT_ONCE)
