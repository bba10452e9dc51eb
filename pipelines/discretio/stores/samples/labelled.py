"""Labelled texts for `discretio evaluate`: dossiers and notes in the sample formats, public corpora by their folder's name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from pathlib import Path

from discretio.domain.labelled import LabelledText
from discretio.errors import UsageError
from discretio.stores.samples.corpora.registry import corpus_names, corpus_of, corpus_texts
from discretio.stores.samples.fields import file_lines, json_lines
from discretio.stores.samples.labels import labelled_text

SAMPLES = "dossiers and notes"
"""What the texts in our own formats are called, beside the names of public corpora."""


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


def labelled_sources(paths: Iterable[Path]) -> Mapping[str, Iterable[LabelledText]]:
    """The labelled texts of files and folders, by corpus, in alphabetical order.

    Args:
        paths: JSONL files; folders of them; a folder of public corpora. A file belongs to the public corpus that its folder is
            named after, and holds dossiers or notes otherwise.

    Raises:
        UsageError: there is no such file, or a folder holds none; while reading, what `labelled_entries` raises.
    """
    files: dict[str, list[Path]] = {}
    for path in chain.from_iterable(map(_files, paths)):
        name = path.resolve().parent.name
        files.setdefault(name if name in corpus_names() else SAMPLES, []).append(path)
    return {name: chain.from_iterable(map(partial(_read, name), enumerate(files[name], 1))) for name in sorted(files)}


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    found = sorted(path.glob("*.jsonl"))
    for name in () if found else corpus_names():
        found += sorted((path / name).glob("*.jsonl"))
    if not found:
        raise UsageError("the folder holds no labelled text", remedy="give a folder of JSONL files, or of public corpora")
    yield from found


def _read(name: str, numbered: tuple[int, Path]) -> Iterator[LabelledText]:
    number, path = numbered
    corpus = corpus_of(name)
    try:
        yield from corpus_texts(corpus, path) if corpus else labelled_entries(path)
    except UsageError as error:
        where = f"{name}, file {number} in alphabetical order" + (f", {error.where}" if error.where else "")
        raise UsageError(error.what, where=where, remedy=error.remedy) from None
