"""Which file of policies/ holds what, and the files that belong together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from discretio.law.special_classes import Flag
from discretio.policy_files.ambiguities import AMBIGUITIES, AMBIGUITIES_FILE
from discretio.policy_files.choices import ADOPTION, CATALOGUE, POLICY_SET, RULE, PolicySet, RuleFile
from discretio.policy_files.instruments import CATEGORIES, INSTRUMENT, SPECIAL_CLASSES, Categories, Instrument, SpecialClass
from discretio.policy_files.parameters import PARAMETER, Parameter
from discretio.policy_files.priorities import PRIORITY, PRIORITY_FILE
from discretio.policy_files.profiles import PROFILE, PROFILES
from discretio.policy_files.reading import Document, files_in, read
from discretio.policy_files.routes import ALERTS, AUTHORITIES, ROUTES
from discretio.policy_files.shapes import Shape

ADOPTION_FILE = "adoption.yaml"
CATALOGUE_FILE = "catalogue.yaml"
AUTHORITIES_FILE = "authorities/authorities.yaml"
ROUTES_FILE = "authorities/routes.yaml"
ALERTS_FILE = "authorities/alerts.yaml"
POLICY_SETS = "policy_sets"
RULES = "rules"

# The first pattern that fits says what a file holds; the lexicons have their own loader.
SHAPES: Mapping[str, Shape[object]] = {
    ADOPTION_FILE: ADOPTION,
    CATALOGUE_FILE: CATALOGUE,
    AMBIGUITIES_FILE: AMBIGUITIES,
    AUTHORITIES_FILE: AUTHORITIES,
    ROUTES_FILE: ROUTES,
    ALERTS_FILE: ALERTS,
    PRIORITY_FILE: PRIORITY,
    f"{POLICY_SETS}/*": POLICY_SET,
    f"{RULES}/*": RULE,
    f"{PROFILES}/*": PROFILE,
    "*/instrument.yaml": INSTRUMENT,
    "*categories.yaml": CATEGORIES,
    "*special_classes.yaml": SPECIAL_CLASSES,
    "*/*": PARAMETER,
}


def shape_of(name: str) -> Shape[object] | None:
    """The shape of a file, by its name relative to the policies folder; None if no file of that name belongs there."""
    return next((shape for pattern, shape in SHAPES.items() if fnmatchcase(name, pattern)), None)


@dataclass(frozen=True, slots=True)
class InstrumentFolder:
    """The files of one instrument."""

    instrument: Document[Instrument]
    categories: tuple[Document[Categories], ...]
    special_classes: tuple[Document[Mapping[Flag, SpecialClass]], ...]
    parameters: tuple[Document[Parameter], ...]

    def documents(self) -> Iterator[Document[object]]:
        """All its files."""
        yield from (self.instrument, *self.categories, *self.special_classes, *self.parameters)


def read_instrument(folder: Path, below: str) -> InstrumentFolder:
    """Read the folder of one instrument, such as be/bill_56_0485."""
    names = list(files_in(folder, below=below))
    instrument = f"{below}/instrument.yaml"
    categories = [name for name in names if shape_of(name) is CATEGORIES]
    special = [name for name in names if shape_of(name) is SPECIAL_CLASSES]
    others = [name for name in names if shape_of(name) is PARAMETER]
    found = InstrumentFolder(
        instrument=read(folder, instrument, INSTRUMENT),
        categories=tuple(read(folder, name, CATEGORIES) for name in categories),
        special_classes=tuple(read(folder, name, SPECIAL_CLASSES) for name in special),
        parameters=tuple(read(folder, name, PARAMETER) for name in others),
    )
    _refuse_doubles(found)
    return found


def read_rules(folder: Path) -> tuple[Document[RuleFile], ...]:
    """Read every rule."""
    return tuple(read(folder, name, RULE) for name in files_in(folder, below=RULES))


def read_catalogue(folder: Path) -> Mapping[str, tuple[str, ...]]:
    """The obligations that the law knows, by chapter, whether a rule covers them yet or not."""
    return read(folder, CATALOGUE_FILE, CATALOGUE).content


def read_policy_set(folder: Path, policy_set_id: str) -> Document[PolicySet]:
    """Read one policy set; its file bears its id."""
    document = read(folder, f"{POLICY_SETS}/{policy_set_id}.yaml", POLICY_SET)
    if document.content.id != policy_set_id:
        raise document.error(f"this file is named after {policy_set_id}", "give the id and the file the same name", "id")
    return document


def _refuse_doubles(found: InstrumentFolder) -> None:
    seen: set[str] = set()
    for document in found.parameters:
        name = document.content.parameter
        if name in seen:
            raise document.error(f"another file of this instrument sets {name} too", "keep one of the two files", "parameter")
        seen.add(name)
        _refuse_outside(document, found.instrument.content)


def _refuse_outside(document: Document[Parameter], instrument: Instrument) -> None:
    """A value applies from a day on which its instrument does."""
    for day in document.content.values:
        if instrument.valid_from is None:
            what = f"{instrument.id} has no first day yet, and a value of {day}"
            raise document.error(what, "write valid_from in instrument.yaml first", "values", day.isoformat())
        if day < instrument.valid_from:
            what = f"a value of {day} is older than its instrument"
            raise document.error(what, "mend this date or valid_from in instrument.yaml", "values", day.isoformat())
        if instrument.valid_to is not None and day > instrument.valid_to:
            what = f"a value of {day} begins after its instrument ended"
            raise document.error(what, "mend this date or valid_to in instrument.yaml", "values", day.isoformat())
