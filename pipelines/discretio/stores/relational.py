"""Reading frames, texts and digests from the tables of a database, by sets and in a read-only transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from types import SimpleNamespace
from typing import Any

from pandas import DataFrame
from sqlalchemy import func, select

from discretio.errors import StoreContentError, UsageError
from discretio.stores.casting import to_frame
from discretio.stores.contents import MISSING, stream_contents, stream_hashed
from discretio.stores.cutting import cut
from discretio.stores.engines import Database
from discretio.stores.held_contents import HeldContents
from discretio.stores.layout import FILE, Layout, names_of, with_dossier, within
from discretio.stores.plausible import DATE_ORDERS, refuse_impossible
from discretio.stores.port import CONTENT, Partition, TextUnit, UnitKey, Unversioned
from discretio.stores.weighing import Weighed, listed, of_files, of_text, weights

_ROWS_CHECKED_AT_ONCE = 10_000
_REMEDY_FOR_ORPHANS = (
    "give them one, or map them as a part of their own: where: {COLUMN: null}, dossier_key: {value: none}, "
    "and the others where: {not: {COLUMN: null}}"
)


class RelationalReader(Unversioned):
    """The reading half of a store that is a database; what it reads is said by a layout."""

    def __init__(self, database: Database, contents: HeldContents | None = None) -> None:
        self.database = database
        self._contents = contents or HeldContents()

    @property
    def locator(self) -> str:
        """The database's URL, without a password."""
        return self.database.locator

    @property
    def layout(self) -> Layout:
        """Where each frame is."""
        raise NotImplementedError

    def frames(self) -> frozenset[str]:
        """The frames that the layout knows."""
        return frozenset(self.layout)

    def partitions(self, size: int, octets: int | None = None) -> list[Partition]:
        """All dossiers, cut into ranges of `size` and of about so many bytes of text, in the database's own order of keys."""
        with self.database.reading("dossiers") as connection:
            query = weights(self._weighed()).execution_options(yield_per=_ROWS_CHECKED_AT_ONCE)
            return cut(((str(key), int(weight)) for key, weight in connection.execute(query)), size, octets)

    def _weighed(self) -> Iterator[Weighed]:
        yield listed(self.layout["dossiers"])
        for source in (self.layout[name] for name in ("entries", "attachments") if name in self.layout):
            rows = (source, source.table, source.columns["dossier_key"], self.database.dialect)
            yield of_text(*rows)
            if FILE in source.columns:
                yield of_files(*rows, FILE)

    def read(self, frame: str, partition: Partition | None = None, columns: Collection[str] | None = None) -> DataFrame:
        """The rows of a frame, without content, ordered by key; all its columns, or the key and some."""
        source = self.layout.get(frame)
        if source is None:
            raise UsageError("this store doesn't hold such a frame", where=frame)
        names = names_of(source.frame, source.columns, columns)
        tables, dossier = with_dossier(self.layout, source)
        query = select(*(source.columns[name] for name in names)).select_from(tables).order_by(source.columns[names[0]])
        if dossier is not None:
            query = query.where(within(dossier, partition))
        with self.database.reading(frame) as connection:
            rows = connection.execute(query).all()
        return to_frame(source.frame, names, rows)

    def texts(self, partition: Partition | None = None, wanted: Collection[UnitKey] | None = None) -> Iterator[TextUnit]:
        """The content, streamed by a server-side cursor: entries, then attachments; of all, or of those that are wanted."""
        for row in stream_contents(self.database, self.layout, partition, wanted):
            yield from self._contents.units(_held(row))

    def digests(self, partition: Partition | None = None) -> Iterator[tuple[str, str | None, str]]:
        """The SHA-256 of each content; a content that is missing has one that no content has."""
        for entry, attachment, text, file in stream_hashed(self.database, self.layout, partition):
            yield entry, attachment, text or MISSING if file is None else self._contents.digest_of_hash(file)


def _held(row: Any) -> Any:  # noqa: ANN401 - a row of SQLAlchemy, or one with its document in the text's place
    return row if row.file is None else SimpleNamespace(**{**row._mapping, CONTENT: row.file})  # noqa: SLF001 - documented


def check_keys(database: Database, layout: Layout) -> None:
    """See whether each row that belongs to a dossier says to which: no partition would hold it otherwise.

    Raises:
        StoreContentError: some don't; says how many and in which table.
    """
    for name, source in layout.items():
        if "dossier_key" in source.columns:
            query = select(func.count()).select_from(source.table).where(source.columns["dossier_key"].is_(None))
            with database.reading(name) as connection:
                orphans = connection.execute(query).scalar_one()
            if orphans:
                raise StoreContentError(
                    f"{orphans} rows belong to no dossier", where=f"{name}.dossier_key", remedy=_REMEDY_FOR_ORPHANS
                )


def check_dates(database: Database, layout: Layout) -> None:
    """See whether dates stand in an order that can be (a closure not before the opening).

    Raises:
        StoreContentError: they don't; says how many and in which column.
    """
    for order in DATE_ORDERS:
        source = layout.get(order.frame)
        if source is None or not {order.earlier, order.later} <= set(source.columns):
            continue
        names = [name for name in order.columns if name in source.columns]
        query = select(*(source.columns[name] for name in names))
        if not source.written & {order.earlier, order.later}:
            query = query.where(source.columns[order.later] < source.columns[order.earlier])
        with database.reading(order.frame) as connection:
            pages = connection.execute(query.execution_options(yield_per=_ROWS_CHECKED_AT_ONCE)).partitions()
            refuse_impossible(order, (to_frame(source.frame, names, rows) for rows in pages))
