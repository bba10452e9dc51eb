"""A foreign database, read through a mapping."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cached_property, partial
from typing import ClassVar

import pandas as pd
from sqlalchemy import inspect

from discretio.errors import StoreUnavailableError, UsageError
from discretio.stores.cutting import cut
from discretio.stores.erasing import NeverErased
from discretio.stores.foreign.checking import refuse_what_cant_be_read
from discretio.stores.foreign.database import ForeignDatabase
from discretio.stores.foreign.losses import Pause, again
from discretio.stores.foreign.manners import Manners
from discretio.stores.foreign.part_contents import Asked, contents_of
from discretio.stores.foreign.part_weights import weighed
from discretio.stores.foreign.parts import Parts, parts_of, read_part
from discretio.stores.held_contents import HeldContents
from discretio.stores.mapping import StoreMapping
from discretio.stores.port import Partition, TextUnit, UnitKey
from discretio.stores.weighing import Weighed, listed, weights

MAPPED = "mapped_store"
_FILES_AT_ONCE = 20
"""Rows of a page that holds whole files: they are in memory together."""

_DOSSIERS_AT_ONCE = 1_000


class MappedReader:
    """The reading half of a database that somebody else designed.

    Args:
        mapping: where it is, and where it keeps what.
        environment: where the password may stand; the process's own by default.
        pause: waits so many seconds, between pages and before a lost connection is made again.
        contents: reads the files that the database holds or names; by default plain text only, and of columns only.
    """

    kind: ClassVar[str] = MAPPED

    def __init__(
        self,
        mapping: StoreMapping,
        environment: Mapping[str, str] | None = None,
        pause: Pause = time.sleep,
        contents: HeldContents | None = None,
    ) -> None:
        self._environment = environment
        self.database = ForeignDatabase(mapping.url, _manners(mapping), environment)
        # Where it is, without a password; it may name people: it belongs in the ledger's locator table only.
        self.locator = self.database.locator
        self.mapping = mapping
        self._pause = pause
        self.contents = contents or HeldContents()

    @cached_property
    def parts(self) -> Parts:
        """The mapping, verified against the database when it is first needed.

        Raises:
            MappingError: a table or column isn't there.
        """
        with self.database.reading("the tables") as connection:
            return parts_of(inspect(connection), self.mapping, self.database.dialect)

    def frames(self) -> frozenset[str]:
        """The frames that are mapped."""
        return frozenset(self.mapping.frames)

    def partitions(self, size: int, octets: int | None = None) -> list[Partition]:
        """All dossiers, cut into ranges of `size` and of about so many bytes of text, in the database's own order of keys.

        Where the database takes too long to add up the bytes, the ranges are cut by the number of dossiers alone.
        """
        tries = self.mapping.manners.reconnections
        if octets is not None:
            some = list(weighed(self.parts, self.database.dialect))
            with suppress(StoreUnavailableError):
                return again(partial(_cut, self.database, some, size, octets), tries, self._pause)
        some = [listed(part.source) for name in ("dossiers", "entries") for part in self.parts.get(name, ())]
        return again(partial(_cut, self.database, some, size, None), tries, self._pause)

    def read(self, frame: str, partition: Partition | None = None, columns: Collection[str] | None = None) -> pd.DataFrame:
        """The rows of a frame, without content, ordered by key; part after part, if it has several."""
        parts = self.parts.get(frame)
        if parts is None:
            raise UsageError("this store doesn't hold such a frame", where=frame)
        tries = self.mapping.manners.reconnections
        frames = [
            again(partial(read_part, self.database, self.parts, part, partition, columns), tries, self._pause) for part in parts
        ]
        return frames[0] if len(frames) == 1 else pd.concat(frames, ignore_index=True)

    def texts(self, partition: Partition | None = None, wanted: Collection[UnitKey] | None = None) -> Iterator[TextUnit]:
        """The content, in pages by key: entries, then attachments. A lost connection is made again, and none is given twice."""
        for row in contents_of(self.database, self.parts, Asked(partition, wanted), self._pause):
            yield from self.contents.units(row)

    def digests(self, partition: Partition | None = None) -> Iterator[tuple[str, str | None, str]]:
        """The SHA-256 of each content; a content that is missing has one that no content has."""
        return map(self.contents.digest, contents_of(self.database, self.parts, Asked(partition), self._pause))

    def versions(self, partition: Partition | None = None) -> Iterator[tuple[str, str | None, str]]:
        """The same; where the database itself says the version of a content, that is asked for instead of the content."""
        return map(self.contents.digest, contents_of(self.database, self.parts, Asked(partition, compared=True), self._pause))

    def check(self) -> None:
        """See whether every table and column of the mapping is there, and whether keys and dates can be."""
        refuse_what_cant_be_read(self.database, self.mapping, self.parts)


class MappedStore(NeverErased, MappedReader):
    """A database that somebody else designed, and that is only read."""

    kind: ClassVar[str] = MAPPED


def _cut(database: ForeignDatabase, some: Iterable[Weighed], size: int, octets: int | None) -> list[Partition]:
    with database.reading("dossiers") as connection:
        found = connection.execute(weights(some).execution_options(yield_per=_DOSSIERS_AT_ONCE))
        return cut(((str(key), int(weight)) for key, weight in found), size, octets)


def _manners(mapping: StoreMapping) -> Manners:
    forms = (form for parts in mapping.frames.values() for part in parts for form in part.columns.values())
    if not any(form.file == "bytes" for form in forms):
        return mapping.manners
    return replace(mapping.manners, page_rows=min(mapping.manners.page_rows, _FILES_AT_ONCE))
