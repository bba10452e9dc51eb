"""The content of entries and attachments in a database, streamed."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, FromClause, LargeBinary, Row, Select, func, null, select

from discretio.stores.engines import ROWS_AT_ONCE, Database
from discretio.stores.layout import FILE, Layout, among, within
from discretio.stores.port import CONTENT, Partition, TextUnit, UnitKey
from discretio.stores.windows import WindowSize, windows

NO_TEXT = "no_text"
INVALID_UTF8 = "invalid_utf8"
WHOLE = WindowSize()
MISSING = hashlib.sha256(b"\0missing").hexdigest()
"""The digest of a content that isn't there: no content has it."""
KEYS_ASKED_FOR = 500
"""Contents that are asked for by their keys; if more are wanted, all are streamed, which costs less than to look them up."""


class Hashed(NamedTuple):
    """A content: its keys, the SHA-256 of its text in hexadecimal, and that of its document as bytes; null if there is none."""

    entry_key: str
    attachment_key: str | None
    text: str | None
    file: bytes | None


def stream_contents(
    database: Database, layout: Layout, partition: Partition | None, wanted: Collection[UnitKey] | None = None
) -> Iterator[Row[Any]]:
    """Rows of dossier_key, entry_key, attachment_key, introduced_by, text and file: entries, then attachments.

    Args:
        database: where from.
        layout: where entries and attachments are.
        partition: of which dossiers.
        wanted: the contents to be read; all by default. If they are few, the database delivers no other.
    """
    for name, key, query in _content_queries(layout, partition):
        keys = wanted_of(wanted, attached=name == "attachments")
        if keys is None or len(keys) > KEYS_ASKED_FOR:
            rows = _streamed(database, name, query)
            yield from rows if keys is None else (row for row in rows if keys_of(row) in keys)
        elif keys:
            own = {entry if attached is None else attached for entry, attached in keys}
            yield from _streamed(database, name, query.where(among(key, own)))


def stream_hashed(database: Database, layout: Layout, partition: Partition | None) -> Iterator[Hashed]:
    """The hashes of each content: by the database itself where it can, which spares sending every text and document."""
    by_the_database = _HASHES.get(database.dialect)
    for name, _, query in _content_queries(layout, partition):
        entry, attachment, text, file = (
            query.selected_columns[column] for column in ("entry_key", "attachment_key", "text", "file")
        )
        if by_the_database:
            hashed = query.with_only_columns(entry, attachment, *by_the_database(text, file))
            yield from map(Hashed._make, _streamed(database, name, hashed))
            continue
        for row in map(tuple, _streamed(database, name, query.with_only_columns(entry, attachment, text, file))):
            yield _hashed(*row)


def _hashed(entry: str, attachment: str | None, text: str | None, file: bytes | None) -> Hashed:
    return Hashed(
        entry,
        attachment,
        None if text is None else hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest(),
        None if file is None else hashlib.sha256(file).digest(),
    )


def _by_postgresql(text: ColumnElement[Any], file: ColumnElement[Any]) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    return func.encode(func.sha256(func.convert_to(text, "UTF8")), "hex"), func.sha256(file, type_=LargeBinary)


_HASHES = {"postgresql": _by_postgresql}
"""By dialect, what makes the same hashes of a text (of its UTF-8) and a document as we do."""


def _streamed(database: Database, name: str, query: Select[Any]) -> Iterator[Row[Any]]:
    with database.reading(name) as connection:
        # In lists: one by one, the way of a row costs more than what is done with it.
        for rows in connection.execute(query.execution_options(yield_per=ROWS_AT_ONCE)).partitions():
            yield from rows


def wanted_of(wanted: Collection[UnitKey] | None, *, attached: bool) -> frozenset[UnitKey] | None:
    """Of the contents that are wanted the attachments, or the entries; null if all are."""
    return None if wanted is None else frozenset(key for key in wanted if (key[1] is not None) == attached)


def keys_of(row: Any) -> tuple[str, str | None]:  # noqa: ANN401 - a row of SQLAlchemy, or one made of several
    """The keys of one row's entry and, if it is one, attachment."""
    return str(row.entry_key), None if row.attachment_key is None else str(row.attachment_key)


def digest_of(row: Any) -> tuple[str, str | None, str]:  # noqa: ANN401 - as above
    """Keys and SHA-256 of one row's content."""
    return *keys_of(row), digest(row.text)


def digest(text: str | None) -> str:
    """The SHA-256 of a content; one that is missing has one that no content has."""
    return MISSING if text is None else hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def _content_queries(layout: Layout, partition: Partition | None) -> Iterator[tuple[str, ColumnElement[Any], Select[Any]]]:
    """The frame, its key, and the query for dossier_key, entry_key, attachment_key, introduced_by, text and file."""
    entries = layout.get("entries")
    if entries is None:
        return
    for source in (entries, layout.get("attachments")):
        if source is None:
            continue
        attached = source is not entries
        tables: FromClause = source.table
        if attached:
            tables = tables.join(entries.table, source.columns["entry_key"] == entries.columns["entry_key"])
        # The attachment's own dossier, where it has one, has the index that spares the database a sort of all contents.
        dossier, entry = source.columns.get("dossier_key", entries.columns["dossier_key"]), source.columns["entry_key"]
        attachment = source.columns["attachment_key"] if attached else null()
        columns: Sequence[ColumnElement[Any]] = (
            dossier.label("dossier_key"),
            entry.label("entry_key"),
            attachment.label("attachment_key"),
            entries.column("introduced_by").label("introduced_by"),
            source.column(CONTENT).label("text"),
            source.column(FILE).label("file"),
        )
        order = [dossier, entry, attachment] if attached else [dossier, entry]
        query = select(*columns).select_from(tables).where(within(dossier, partition)).order_by(*order)
        yield source.frame.name, source.columns[source.frame.key], query


def text_units(row: Any, size: WindowSize = WHOLE) -> Iterator[TextUnit]:  # noqa: ANN401 - as above
    """One row's content: a unit, several if it is long, or one that says why there is no text."""
    attachment = None if row.attachment_key is None else str(row.attachment_key)
    introducer = None if row.introduced_by is None else str(row.introduced_by)

    def unit(offset: int, text: str, not_examined: str | None) -> TextUnit:
        return TextUnit(str(row.dossier_key), str(row.entry_key), attachment, introducer, offset, text, not_examined)

    if row.text is None:
        yield unit(0, "", NO_TEXT)
    elif not row.text.isascii() and not _is_utf8(row.text):
        yield unit(0, "", INVALID_UTF8)
    elif len(row.text) <= size.whole_up_to:
        yield unit(0, row.text, None)
    else:
        pieces = (row.text[start : start + 65_536] for start in range(0, len(row.text), 65_536))
        for offset, window in windows(pieces, size):
            yield unit(offset, window, None)


def _is_utf8(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
