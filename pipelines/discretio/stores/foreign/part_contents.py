"""The content of every part of a mapped store: entries, then attachments."""

from __future__ import annotations

from collections.abc import Iterator

from discretio.stores.foreign.database import ForeignDatabase
from discretio.stores.foreign.paging import ContentPages, ContentRow, Pause
from discretio.stores.foreign.parts import Parts, entries_of
from discretio.stores.port import Partition


def contents_of(database: ForeignDatabase, parts: Parts, partition: Partition | None, pause: Pause) -> Iterator[ContentRow]:
    """The rows with content of a partition, with their keys as the frames hold them."""
    for part in parts.get("entries", ()):
        for row in ContentPages(database, part.source, pause=pause).rows(partition):
            yield ContentRow(row.dossier_key, part.own(row.entry_key), None, row.introduced_by, row.text)
    for part in parts.get("attachments", ()):
        entries = entries_of(parts, part)
        if entries is None:
            continue
        for row in ContentPages(database, entries.source, part.source, pause).rows(partition):
            keys = part.entry(row.entry_key), part.own(row.attachment_key)
            yield ContentRow(row.dossier_key, *keys, row.introduced_by, row.text)
