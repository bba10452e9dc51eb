"""The content of entries and attachments in a database, streamed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, FromClause, LargeBinary, Row, Select, cast, func, null, select

from discretio.stores.engines import ROWS_AT_ONCE, Database
from discretio.stores.layout import FILE, Layout, among, within
from discretio.stores.port import CONTENT, Partition, TextUnit, UnitKey
from discretio.stores.windows import WindowSize, windows

NO_TEXT = "no_text"
INVALID_UTF8 = "invalid_utf8"
WHOLE = WindowSize()
MISSING = sha256(b"\0missing").hexdigest()
"""The digest of a content that isn't there: no content has it."""
KEYS_ASKED_FOR = 500
"""Contents that are asked for by their keys; if more are wanted, all are streamed, which costs less than to look them up."""


Hashed = tuple[str, str | None, str | None, bytes | None]
"""A content: its entry's key, its own if it is attached, the SHA-256 of its text in hexadecimal, and that of its document."""


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
    way = _WAYS.get(database.dialect, _BY_OURSELVES)
    for name, _, query in _content_queries(layout, partition):
        entry, attachment, text, file = (
            query.selected_columns[column] for column in ("entry_key", "attachment_key", "text", "file")
        )
        asked = query.with_only_columns(entry, attachment, *way.columns(text, file))
        for rows in _pages(database, name, asked, way.rows_at_once):
            yield from way.hashed(rows)


class _Way(NamedTuple):
    """How hashes of contents are made: what is asked for of a text and a document, how many rows at once, and the rest."""

    columns: Callable[[ColumnElement[Any], ColumnElement[Any]], tuple[ColumnElement[Any], ColumnElement[Any]]]
    hashed: Callable[[Sequence[Any]], Iterable[Hashed]]
    rows_at_once: int = ROWS_AT_ONCE


def _of_texts(rows: Sequence[Any]) -> list[Hashed]:
    return _of_bytes(
        [
            (entry, attachment, None if text is None else text.encode("utf-8", "surrogateescape"), file)
            for entry, attachment, text, file in rows
        ]
    )


def _of_bytes(rows: Sequence[Any]) -> list[Hashed]:
    return [
        (entry, attachment, None if text is None else sha256(text).hexdigest(), None if file is None else sha256(file).digest())
        for entry, attachment, text, file in rows
    ]


def _by_postgresql(text: ColumnElement[Any], file: ColumnElement[Any]) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    return func.encode(func.sha256(func.convert_to(text, "UTF8")), "hex"), func.sha256(file, type_=LargeBinary)


def _in_bytes(text: ColumnElement[Any], file: ColumnElement[Any]) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    # UTF-8 as it lies in the file: making a text of it, and bytes again, costs more than the hash.
    return cast(text, LargeBinary), file


_BY_OURSELVES = _Way(lambda text, file: (text, file), _of_texts)
_WAYS = {
    "postgresql": _Way(_by_postgresql, iter, 10 * ROWS_AT_ONCE),  # rows of hashes are short
    "sqlite": _Way(_in_bytes, _of_bytes),
}
"""By dialect, a shorter way to the same hashes: a text's is that of its UTF-8."""


def _streamed(database: Database, name: str, query: Select[Any]) -> Iterator[Row[Any]]:
    for rows in _pages(database, name, query, ROWS_AT_ONCE):
        yield from rows


def _pages(database: Database, name: str, query: Select[Any], size: int) -> Iterator[Sequence[Row[Any]]]:
    with database.reading(name) as connection:
        # In lists: one by one, the way of a row costs more than what is done with it.
        yield from connection.execute(query.execution_options(yield_per=size)).partitions()


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
    return MISSING if text is None else sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


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
