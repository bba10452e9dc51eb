"""The files of an instrument beside its parameters: what it is, its categories, the special classes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from discretio.law.policy import Adoption, Category, Reference, Status
from discretio.law.special_classes import CATEGORY_NUMBERS, Flag
from discretio.policy_files.shapes import Each, Keyed, OrNothing, Record
from discretio.policy_files.trees import MistakeError
from discretio.policy_files.values import COUNT, DAY, IN_FOUR_LANGUAGES, LINE, REFERENCE, member


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, decree, bill or circular, or our own defaults: one folder of files.

    `valid_from` is None for a law to come, of which nobody knows the day: it may be looked at on any day, and sets nothing.
    `replaced_by` is the id of the instrument that takes its place; it says so to a reader, and decides nothing by itself.
    """

    id: str
    version: str
    status: Status
    titles: Mapping[str, str]
    valid_from: date | None
    valid_to: date | None
    checked_on: date | None
    note: Mapping[str, str]
    replaced_by: str | None = None

    def applies_since(self, adoption: Adoption | None) -> date | None:
        """The day from which the controller has to observe it, a bill from its adoption on; None while nobody adopted it."""
        if self.status is not Status.BILL:
            return self.valid_from
        return adoption.adopted_at if adoption else None

    def in_force(self, day: date) -> bool:
        """Whether the instrument exists on that day (a bill: whether it was introduced by then)."""
        return (self.valid_from or day) <= day and (self.valid_to is None or day <= self.valid_to)


def _instrument(valid_from: date | None, valid_to: date | None, status: Status, **rest: object) -> Instrument:
    if valid_from is None and status is not Status.BILL:
        raise MistakeError(f"a {status} applies from a day, and none is named", "write valid_from; only a bill may lack it")
    if valid_from is not None and valid_to is not None and valid_to < valid_from:
        what = f"the instrument ends on {valid_to}, before it begins on {valid_from}"
        raise MistakeError(what, "mend valid_from or valid_to; null if it has no end")
    return Instrument(valid_from=valid_from, valid_to=valid_to, status=status, **rest)  # type: ignore[arg-type]  # - shaped before


INSTRUMENT = Record(
    into=_instrument,
    fields={
        "id": LINE,
        "version": LINE,
        "status": member(Status),
        "titles": IN_FOUR_LANGUAGES,
        "valid_from": OrNothing(DAY),
        "valid_to": OrNothing(DAY),
        "checked_on": OrNothing(DAY),
        "note": IN_FOUR_LANGUAGES,
        "replaced_by": LINE,
    },
    optional=frozenset({"replaced_by"}),
)


@dataclass(frozen=True, slots=True)
class Categories:
    """The categories of personal data that an instrument lists."""

    reference: Reference
    categories: tuple[Category, ...]


def _categories(reference: Reference, categories: tuple[Category, ...]) -> Categories:
    numbers = [category.number for category in categories]
    if numbers != list(CATEGORY_NUMBERS):
        raise MistakeError(f"the categories are numbered {numbers}", "number them 1 to 16, in order, each once")
    return Categories(reference, categories)


CATEGORIES = Record(
    into=_categories,
    fields={
        "reference": REFERENCE,
        "categories": Each(
            Record(
                into=Category,
                fields={
                    "number": COUNT,
                    "wording": IN_FOUR_LANGUAGES,
                    "label": IN_FOUR_LANGUAGES,
                    "special_flags": Each(member(Flag)),
                },
            )
        ),
    },
)


@dataclass(frozen=True, slots=True)
class SpecialClass:
    """What a special class is called, and what makes it one."""

    labels: Mapping[str, str]
    reference: Reference


def _special_classes(special_classes: Mapping[Flag, SpecialClass]) -> Mapping[Flag, SpecialClass]:
    missing = [flag for flag in Flag if flag not in special_classes]
    if missing:
        raise MistakeError(f"the special class {missing[0]} is missing", "add it with its labels and its reference")
    return special_classes


SPECIAL_CLASSES = Record(
    into=_special_classes,
    fields={
        "special_classes": Keyed(
            member(Flag), Record(into=SpecialClass, fields={"labels": IN_FOUR_LANGUAGES, "reference": REFERENCE})
        )
    },
)
