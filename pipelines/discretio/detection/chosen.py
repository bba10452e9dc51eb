"""Which types are looked for in which language, by the controller's choice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from discretio.detection.passage import Finder
from discretio.domain.lexicon import LANGUAGES
from discretio.domain.recognisers import RecogniserChoice

OWN_CLASS = "FinderRecogniser"


def recogniser_name(type_: str) -> str:
    """The name of the recogniser of a type, as recognisers.yaml writes it."""
    return f"discretio_{type_.lower()}"


def chosen(finders: Sequence[Finder], choice: RecogniserChoice | None) -> Iterator[tuple[str, str]]:
    """The types that are chosen, each with each of its languages."""
    for type_ in sorted({type_ for finder in finders for type_ in finder.types}):
        languages = LANGUAGES if choice is None else choice.own.get(recogniser_name(type_), ())
        yield from ((type_, lang) for lang in languages)
