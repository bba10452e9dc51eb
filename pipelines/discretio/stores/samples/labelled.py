"""Labelled texts for `discretio evaluate`, from either sample format."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from discretio.domain.labelled import LabelledText
from discretio.stores.samples.fields import file_lines, json_lines
from discretio.stores.samples.labels import labelled_text


def labelled_entries(path: Path) -> Iterator[LabelledText]:
    """The labelled texts of a JSONL file: the entries of dossiers, or notes that stand alone.

    Raises:
        UsageError: the file can't be read, or a line doesn't fit either format; its number is told, its content never.
    """
    for fields in json_lines(file_lines(path)):
        if "entries" in fields.values:
            yield from (labelled_text(entry, "entry_id") for entry in fields.objects("entries"))
        else:
            yield labelled_text(fields, "id")
