"""How urgent an item is: points from a table that a lawyer can read, each with what gave it. Nothing is learned or hidden."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from discretio.domain.outcomes import Outcome
from discretio.law.rules import Severity


class Ground(StrEnum):
    """What gives points."""

    SEVERITY = "SEVERITY"
    OUTCOME = "OUTCOME"
    SPECIAL_CLASS = "SPECIAL_CLASS"
    SENSITIVE_CATEGORY = "SENSITIVE_CATEGORY"
    MINOR = "MINOR"
    AGE = "AGE"


class Band(StrEnum):
    """Priority in a word, the most urgent first."""

    URGENT = "URGENT"
    HIGH = "HIGH"
    NORMAL = "NORMAL"
    LOW = "LOW"


SENSITIVE_CATEGORIES = frozenset({9, 10, 12, 13, 15})
"""Categories of art. 2 §2 whose data are special or criminal by their nature."""


@dataclass(frozen=True, slots=True)
class PriorityTable:
    """The points, as policies/triage/priority.yaml gives them.

    Attributes:
        severity: points by severity of the rule.
        outcome: points by what the rule answered.
        special_class: for a special class of data.
        sensitive_category: for a category that is sensitive by its nature, where no class is named.
        minor: for a dossier that holds a minor, or may.
        age_days: every so many days since it was first found ...
        age_points: ... give so many points ...
        age_most: ... and never more than this.
        bands: least points of each band; what reaches none is LOW.
    """

    severity: Mapping[Severity, int]
    outcome: Mapping[Outcome, int]
    special_class: int
    sensitive_category: int
    minor: int
    age_days: int
    age_points: int
    age_most: int
    bands: Mapping[Band, int]


@dataclass(frozen=True, slots=True)
class Traits:
    """What of an item gives points. `target` is empty, `category_<n>` or a special class; `minor` None if nobody can tell."""

    severity: str
    outcome: str
    target: str
    minor: bool | None
    first_seen: date


@dataclass(frozen=True, slots=True)
class Point:
    """Some points, and what gave them: the ground, and its particular (critical, health, 90 days)."""

    ground: Ground
    points: int
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Priority:
    """The sum, its band, and every part of it."""

    points: int
    band: Band
    parts: tuple[Point, ...]


def priority(traits: Traits, table: PriorityTable, as_of: date) -> Priority:
    """How urgent an item is on a day, with each point explained; parts that give none are left out."""
    parts = tuple(part for part in _parts(traits, table, as_of) if part.points)
    total = sum(part.points for part in parts)
    return Priority(total, _band(total, table), parts)


def _parts(traits: Traits, table: PriorityTable, as_of: date) -> Iterable[Point]:
    yield Point(Ground.SEVERITY, table.severity[Severity(traits.severity)], traits.severity)
    yield Point(Ground.OUTCOME, table.outcome.get(Outcome(traits.outcome), 0), traits.outcome)
    yield _target(traits.target, table)
    # What nobody can tell counts as if it were so: a child must not wait because a date of birth is missing.
    if traits.minor is not False:
        yield Point(Ground.MINOR, table.minor, "minor" if traits.minor else "unknown")
    days = max(0, (as_of - traits.first_seen).days)
    yield Point(Ground.AGE, min(table.age_most, days // table.age_days * table.age_points), f"{days} days")


def _target(target: str, table: PriorityTable) -> Point:
    number = target.removeprefix("category_")
    if number == target:
        return Point(Ground.SPECIAL_CLASS, table.special_class if target else 0, target)
    sensitive = int(number) in SENSITIVE_CATEGORIES
    return Point(Ground.SENSITIVE_CATEGORY, table.sensitive_category if sensitive else 0, target)


def _band(total: int, table: PriorityTable) -> Band:
    reached = [band for band in Band if total >= table.bands.get(band, 0 if band is Band.LOW else total + 1)]
    return reached[0]
