"""A dossier as the JSONL format holds it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from discretio.domain.labelled import LabelledText


@dataclass(frozen=True, slots=True)
class Participant:
    """An organisation at the table; `regime` is GDPR or T2."""

    id: str
    organisation: str
    regime: str


@dataclass(frozen=True, slots=True)
class Person:
    """A person in the dossier; `role` is SUBJECT, RELATION or CONTACT."""

    id: str
    role: str
    name: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: when it was introduced, by which participant, what was declared, and its labelled text."""

    id: str
    day: date
    participant: str
    declared_category: int | None
    register: str
    labelled: LabelledText


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of a dossier; None where the dossier has none."""

    opened: date
    first_consultation: date | None
    term_agreed: date | None
    closed: date | None
    reopened: date | None


@dataclass(frozen=True, slots=True)
class Dossier:
    """One dossier.

    `source` is the id of the dossier it was made from, itself if none; `variants` names the ways of the enrichment in which
    this copy departs from it.
    """

    id: str
    source: str
    lang: str
    purpose: str
    basis: str
    draft: bool
    held: bool
    term: str | None
    dates: Dates
    participants: tuple[Participant, ...]
    persons: tuple[Person, ...]
    entries: tuple[Entry, ...]
    variants: tuple[str, ...] = ()

    @property
    def last_day(self) -> date:
        """The last day on which something is known to have happened in it."""
        days = [entry.day for entry in self.entries]
        days += [day for day in (self.dates.closed, self.dates.reopened, self.dates.first_consultation) if day]
        return max(days, default=self.dates.opened)

    @property
    def first_day(self) -> date:
        """The first day on which something is known to have happened in it."""
        return min([self.dates.opened, *(entry.day for entry in self.entries)])
