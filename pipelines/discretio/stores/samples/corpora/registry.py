"""Which public corpora can be read: the modules of `public`, by the name of the folder that holds each."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from discretio.domain.labelled import LabelledText
from discretio.stores.samples.corpora import public
from discretio.stores.samples.corpora.shapes import Corpus
from discretio.stores.samples.fields import file_lines, json_lines


def corpus_names() -> tuple[str, ...]:
    """The corpora that can be read, in alphabetical order."""
    return tuple(sorted(module.name for module in iter_modules(public.__path__)))


def corpus_of(name: str) -> Corpus | None:
    """The corpus kept in a folder of this name, if there is one."""
    if name not in corpus_names():
        return None
    corpus: Corpus = import_module(f"{public.__name__}.{name}").CORPUS
    return corpus


def corpus_texts(corpus: Corpus, path: Path) -> Iterator[LabelledText]:
    """The labelled texts of one JSONL file of a corpus.

    Raises:
        UsageError: the file can't be read or a line doesn't fit; its number is told, its content never.
    """
    for fields in json_lines(file_lines(path)):
        yield corpus.read(fields, corpus)
