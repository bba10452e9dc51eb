"""The content of every part of a mapped store: entries, then attachments."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from discretio.stores.contents import KEYS_ASKED_FOR, keys_of, wanted_of
from discretio.stores.foreign.database import ForeignDatabase
from discretio.stores.foreign.losses import Pause
from discretio.stores.foreign.paging import ContentPages, ContentRow
from discretio.stores.foreign.parts import MappedPart, Parts, entries_of
from discretio.stores.held_contents import RowVersion
from discretio.stores.port import CONTENT, Partition, UnitKey


@dataclass(frozen=True, slots=True)
class Asked:
    """Which contents are asked for: of a partition, and of it all, or those that are wanted.

    `compared`: only to see whether they changed, so that a version will do where the database has one.
    """

    partition: Partition | None = None
    wanted: Collection[UnitKey] | None = None
    compared: bool = False


def contents_of(database: ForeignDatabase, parts: Parts, asked: Asked, pause: Pause) -> Iterator[ContentRow]:
    """The rows with content, with their keys as the frames hold them."""
    yield from _entries(database, parts, asked, pause)
    yield from _attachments(database, parts, asked, pause)


def _entries(database: ForeignDatabase, parts: Parts, asked: Asked, pause: Pause) -> Iterator[ContentRow]:
    wanted = wanted_of(asked.wanted, attached=False)
    for part in parts.get("entries", ()):
        for row in _rows(ContentPages(database, part.source, pause=pause), part, asked, wanted):
            named = ContentRow(row.dossier_key, part.own(row.entry_key), None, row.introduced_by, _held(part, row))
            if wanted is None or keys_of(named) in wanted:
                yield named


def _attachments(database: ForeignDatabase, parts: Parts, asked: Asked, pause: Pause) -> Iterator[ContentRow]:
    wanted = wanted_of(asked.wanted, attached=True)
    for part in parts.get("attachments", ()):
        entries = entries_of(parts, part)
        if entries is None:
            continue
        for row in _rows(ContentPages(database, entries.source, part.source, pause), part, asked, wanted):
            keys = part.entry(row.entry_key), part.own(row.attachment_key)
            if wanted is None or keys in wanted:
                yield ContentRow(row.dossier_key, *keys, row.introduced_by, _held(part, row))


def _held(part: MappedPart, row: ContentRow) -> str | bytes | None:
    """A row's content; or its version, with what the mapping says of the content, since another column has other contents."""
    form = part.mapping.columns.get(CONTENT)
    if row.version is None or form is None:
        return row.text
    source = (form.constant, form.separator, form.json, form.encoding, form.file, *(place.name for place in form.columns))
    return RowVersion(repr((part.mapping.table.name, *source, row.version)))


def _rows(pages: ContentPages, part: MappedPart, asked: Asked, wanted: Collection[UnitKey] | None) -> Iterator[ContentRow]:
    """The rows of a part; if few of them are wanted, the database delivers no other."""
    partition = asked.partition
    if wanted is None or len(wanted) > KEYS_ASKED_FOR:
        yield from pages.versions(partition) if asked.compared else pages.rows(partition)
        return
    own = {key for entry, attached in wanted if (key := part.bare(entry if attached is None else attached)) is not None}
    met: set[str] = set()
    for row in pages.rows(partition, own) if own else ():
        met.add(row.own_key)
        yield row
    if len(met) < len(own):  # gone since, or a key that a table without types doesn't find again by its text
        yield from (row for row in pages.rows(partition) if row.own_key not in met)
