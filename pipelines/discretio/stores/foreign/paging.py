"""Content in pages by key, each in a short transaction of its own: gentle, and resumed where a lost connection broke off."""

from __future__ import annotations

import time
from collections.abc import Collection, Generator, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Row, Select, and_, case, null, or_, select
from sqlalchemy.exc import SQLAlchemyError

from discretio.errors import StoreUnavailableError
from discretio.stores.engines import ROWS_AT_ONCE, Purpose, unavailable
from discretio.stores.foreign.database import ForeignDatabase
from discretio.stores.foreign.losses import Pause, is_lost, waited
from discretio.stores.layout import Source, among, within
from discretio.stores.port import CONTENT, Partition

_LETTERS_HELD = 8_000_000


@dataclass(frozen=True, slots=True)
class ContentRow:
    """One entry or attachment: its keys, who introduced it, and its text; or, if that will do, the version of it alone."""

    dossier_key: object
    entry_key: object
    attachment_key: object
    introduced_by: object
    text: str | bytes | None
    version: object = None

    @property
    def own_key(self) -> str:
        """The attachment's key, or the entry's."""
        return str(self.entry_key if self.attachment_key is None else self.attachment_key)


class _LostError(Exception):
    """The connection was lost in the middle of a page."""


class ContentPages:
    """Reads the content of one part of entries, or of attachments and their entries.

    Args:
        database: where from.
        entries: the entries, or those that the attachments belong to.
        attachments: the attachments; null for the entries themselves.
        pause: waits so many seconds.
    """

    def __init__(
        self, database: ForeignDatabase, entries: Source, attachments: Source | None = None, pause: Pause = time.sleep
    ) -> None:
        self._database = database
        self._pause = pause
        self._name = (attachments or entries).frame.name
        self._order, self._query = _query(entries, attachments)
        self._versions = _of_versions(self._query, (attachments or entries).version)
        self._connection: Connection | None = None

    def rows(self, partition: Partition | None, wanted: Collection[str] | None = None) -> Iterator[ContentRow]:
        """The rows of a partition, in the order of their keys; all, or those whose own key is wanted.

        Raises:
            StoreUnavailableError: the connection was lost, and could not be had again.
        """
        try:
            yield from self._rows(self._query.where(within(self._order[0], partition), among(self._order[-1], wanted)))
        finally:
            self._close()

    def versions(self, partition: Partition | None) -> Iterator[ContentRow]:
        """The same rows, with the version of their content where they have one, else with the content itself."""
        try:
            yield from self._rows(self._versions.where(within(self._order[0], partition)))
        finally:
            self._close()

    def _rows(self, query: Select[Any]) -> Iterator[ContentRow]:
        after: tuple[object, ...] = ()
        lost = 0
        while True:
            count = 0
            try:
                for row in self._page(query, after):
                    after, count, lost = tuple(row)[: len(self._order)], count + 1, 0
                    yield ContentRow(*_fields(row, len(self._order)))
            except _LostError:
                lost += 1
                self._wait_for_return(lost)
                continue
            if count < self._database.manners.page_rows:
                return
            self._rest(count)

    def _page(self, query: Select[Any], after: tuple[object, ...]) -> Iterator[Row[Any]]:
        query = query.limit(self._database.manners.page_rows)
        if after:
            query = query.where(_behind(self._order, after))
        connection = self._connected(after)
        try:
            with unavailable(self._name):
                held = yield from _beyond_budget(connection.execute(query.execution_options(yield_per=ROWS_AT_ONCE)))
                connection.rollback()  # the transaction ends with its page
        except StoreUnavailableError as error:
            self._close()
            if is_lost(error.__context__):
                raise _LostError from None
            raise
        # Given only now, so that nobody works on them while a transaction keeps others waiting.
        yield from held

    def _connected(self, after: tuple[object, ...]) -> Connection:
        try:
            self._connection = self._connection or self._database.connect(Purpose.READ)
        except StoreUnavailableError:
            if after:  # the database was there a moment ago
                raise _LostError from None
            raise
        return self._connection

    def _close(self) -> None:
        if self._connection is not None:
            with suppress(SQLAlchemyError):  # what is gone can't be closed in order
                self._connection.close()
        self._connection = None

    def _wait_for_return(self, lost: int) -> None:
        while lost <= self._database.manners.reconnections:
            self._pause(waited(lost))
            try:
                with self._database.reading(self._name):
                    return
            except StoreUnavailableError:
                lost += 1
        raise StoreUnavailableError(
            "the connection to the store was lost in the middle, and could not be had again; nothing was changed",
            where=self._name,
            remedy="see why the database ends connections, then scan again: what was recorded isn't read twice",
        )

    def _rest(self, rows: int) -> None:
        if self._database.manners.rows_per_second:
            self._pause(rows / self._database.manners.rows_per_second)


def _beyond_budget(rows: Iterable[Row[Any]]) -> Generator[Row[Any], None, list[Row[Any]]]:
    """Gives rows whose content is too much to hold, and returns the others, which come last."""
    held: list[Row[Any]] = []
    letters = 0
    for row in rows:
        held.append(row)
        letters += len(row[-1] or "")
        if letters > _LETTERS_HELD:
            yield from held
            held, letters = [], 0
    return held


def _query(entries: Source, attachments: Source | None) -> tuple[Sequence[ColumnElement[Any]], Select[Any]]:
    source = attachments or entries
    tables: FromClause = source.table
    if attachments is not None:
        tables = tables.join(entries.table, attachments.columns["entry_key"] == entries.columns["entry_key"])
    dossier = source.columns.get("dossier_key", entries.columns["dossier_key"])
    order = [dossier, source.columns["entry_key"]]
    if attachments is not None:
        order.append(attachments.columns["attachment_key"])
    introducer = entries.columns.get("introduced_by", null())
    named = [key.label(f"key_{number}") for number, key in enumerate(order)]
    columns = [*named, introducer.label("introducer"), source.columns.get(CONTENT, null()).label("content")]
    return order, select(*columns).select_from(tables).order_by(*order)


def _of_versions(query: Select[Any], version: ColumnElement[Any] | None) -> Select[Any]:
    """The query with the version beside each content, and the content only where there is no version."""
    if version is None:
        return query
    *others, content = query.selected_columns
    unversioned = case((version.is_(None), content), else_=null())
    return query.with_only_columns(*others, version.label("version"), unversioned.label("content"))


def _fields(row: Row[Any], keys: int) -> tuple[Any, ...]:
    values = tuple(row)
    own, (introducer, *version, text) = values[:keys], values[keys:]
    return (*own, *([None] if keys == 2 else []), introducer, text, *version)


def _behind(order: Sequence[ColumnElement[Any]], after: Sequence[object]) -> ColumnElement[bool]:
    """That a row's keys come after these; written so that an index on the first key is used."""
    steps = []
    for number, column in enumerate(order):
        equal = [order[before] == after[before] for before in range(number)]
        steps.append(and_(*equal, column > after[number]))
    return and_(order[0] >= after[0], or_(*steps))
