"""What the dossiers of a mapped store weigh, by the parts that hold their content."""

from __future__ import annotations

from collections.abc import Iterator

from discretio.stores.foreign.parts import MappedPart, Parts, entries_of
from discretio.stores.layout import with_dossier
from discretio.stores.port import CONTENT
from discretio.stores.weighing import Weighed, listed, of_files, of_paths, of_text


def weighed(parts: Parts, dialect: str) -> Iterator[Weighed]:
    """The rows of every part that belong to dossiers, with what they weigh."""
    for part in parts.get("dossiers", ()):
        yield listed(part.source)
    for name in ("entries", "attachments"):
        for part in parts.get(name, ()):
            yield from _content(parts, part, dialect)


def _content(parts: Parts, part: MappedPart, dialect: str) -> Iterator[Weighed]:
    entries = entries_of(parts, part)
    tables, dossier = with_dossier({"entries": entries.source} if entries else {}, part.source)
    if dossier is None:
        return
    form = part.mapping.columns.get(CONTENT)
    if form is not None and form.file == "path":
        yield of_paths(tables, dossier)
    elif form is not None and form.file == "bytes":
        yield of_files(part.source, tables, dossier, dialect)
    else:
        yield of_text(part.source, tables, dossier, dialect)
