"""What a controller adds to its record of processing activities (YAML), kept beside the spreadsheet that is made anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from discretio.domain.processing_register import Completions, Identity
from discretio.domain.register_headings import Heading
from discretio.errors import UsageError
from discretio.policy_files.reading import Document, read
from discretio.policy_files.shapes import Keyed, Record, Scalar
from discretio.policy_files.trees import TEXT
from discretio.policy_files.values import LINE, member

_ID = Scalar(
    "an id of the register", (TEXT,), str, "copy it from the spreadsheet: a controller's number, or that of a processing"
)
_HEADINGS = [one.value for one in Heading if one is not Heading.NUMBER]


def _heading(text: str) -> Heading:
    if text not in _HEADINGS:
        raise ValueError
    return Heading(text)


_HEADING = Scalar(f"one of {', '.join(_HEADINGS)}", (TEXT,), _heading, "write one of these words")
_SHAPE = Record(
    into=Completions,
    fields={"controllers": Keyed(_ID, Keyed(member(Identity), LINE)), "activities": Keyed(_ID, Keyed(_HEADING, LINE))},
    optional=frozenset({"controllers", "activities"}),
)


def load_completions(file: Path) -> Document[Completions]:
    """Read a file of completions.

    Raises:
        UsageError: the file isn't there, or something in it is wrong; says where, and quotes nothing but keys.
    """
    if not file.is_file():
        raise UsageError(
            "there is no such file of completions",
            where=file.name,
            remedy="name the YAML file, see docs/processing-register.md",
        )
    return read(file.parent, file.name, _SHAPE)


def check_known(completions: Document[Completions], controllers: Iterable[str], activities: Iterable[str]) -> None:
    """Nothing that a controller wrote may be left out in silence.

    Raises:
        PolicyError: it completes a controller or a processing that the register doesn't have.
    """
    told: Mapping[str, tuple[Iterable[str], Iterable[str]]] = {
        "controllers": (completions.content.controllers, controllers),
        "activities": (completions.content.activities, activities),
    }
    for part, (named, known) in told.items():
        for one in sorted(set(named) - set(known)):
            raise completions.error(
                "the register has no such line", "copy the number from the spreadsheet, or take the line out", part, one
            )
