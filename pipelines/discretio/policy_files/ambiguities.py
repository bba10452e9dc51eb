"""Where the texts are ambiguous or contradict each other: how they are read, and what the reading changes (catalogue, e)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from discretio.policy_files.reading import read
from discretio.policy_files.shapes import Each, Keyed, Record
from discretio.policy_files.trees import MistakeError
from discretio.policy_files.values import IN_FOUR_LANGUAGES, LINE, NAME

AMBIGUITIES_FILE = "ambiguities.yaml"


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """One question that the texts leave open.

    Attributes:
        reading: how it is read: one of the options, or in words where the reading is fixed.
        changes: what the reading changes, in fr, nl, en and de.
        shown_by: legal cases (RULE: name) or tests that show it.
        key: the name of the choice in the catalogue; empty where the reading is fixed.
        parameter: the parameter of a policy that holds the choice; empty if none does.
        options: the readings that this version knows; empty where the choice is a value or fixed.
    """

    reading: str
    changes: Mapping[str, str]
    shown_by: tuple[str, ...]
    key: str = ""
    parameter: str = ""
    options: tuple[str, ...] = ()


def _ambiguity(reading: str, options: tuple[str, ...] = (), **rest: object) -> Ambiguity:
    if options and reading not in options:
        what = f"this version doesn't know the reading ‘{reading}’"
        raise MistakeError(what, f"write one of {', '.join(options)}; a further one has to be built first")
    return Ambiguity(reading=reading, options=options, **rest)  # type: ignore[arg-type]  # - each field went through its shape


AMBIGUITIES = Keyed(
    LINE,
    Record(
        into=_ambiguity,
        fields={
            "key": LINE,
            "parameter": NAME,
            "reading": LINE,
            "options": Each(LINE),
            "changes": IN_FOUR_LANGUAGES,
            "shown_by": Each(LINE),
        },
        optional=frozenset({"key", "parameter", "options"}),
    ),
)


def load_ambiguities(folder: Path) -> Mapping[str, Ambiguity]:
    """The ambiguities of the catalogue, by id.

    Raises:
        PolicyError: the file is wrong, or asks for a reading that this version doesn't know.
    """
    return read(folder, AMBIGUITIES_FILE, AMBIGUITIES).content
