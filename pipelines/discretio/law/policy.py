"""A policy as it stands on one day: what every judgement is made under, and what each finding names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from discretio.law.periods import Period
from discretio.law.rules import Action, Routing
from discretio.law.special_classes import Flag


class Status(StrEnum):
    """The force of an instrument. A BILL deletes nothing unless the controller adopted it."""

    LAW = "LAW"
    DECREE = "DECREE"
    BILL = "BILL"
    CIRCULAR = "CIRCULAR"
    DEFAULT = "DEFAULT"


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a value comes from: the instrument, the article, at most a phrase of it, and when somebody last looked.

    `reason` says in our own words why, where no text of law sets the value; `checked_on` is None as long as nobody has
    compared the value with the official text.
    """

    title: str
    article: str = ""
    checked_on: date | None = None
    phrase: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Category:
    """One of the 16 categories of art. 2 §2: its number, official wording (fr, nl) and ours (en, de), short labels.

    `special_flags` are the special classes that a datum of this category can carry, named by the law or by inference.
    """

    number: int
    wording: Mapping[str, str]
    label: Mapping[str, str]
    special_flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what it is called in fr, nl, en, de, its force, severity, and the parameters it reads.

    `does` lists what the pipeline does about it, `routing` whose authority hears of an outcome, and `heard_too` whose else.
    `attestation` says why no
    data can show it, so that somebody has to attest it; empty for a rule that data can show.
    `since` is the day from which the first of its sources applies, a bill's being its adoption; None as long as none does.
    """

    id: str
    title: Mapping[str, str]
    force: Status
    severity: str
    scope_kind: str
    reference: Reference
    parameters: tuple[str, ...] = ()
    does: tuple[Action, ...] = (Action.DETECT,)
    routing: Routing = Routing.BY_CONTROLLER
    heard_too: tuple[Routing, ...] = ()
    attestation: Mapping[str, str] = field(default_factory=dict)
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Adoption:
    """The controller's decision to apply an instrument that is not (yet) law: by whom (an office) and when."""

    adopted_by: str
    adopted_at: date


ParameterValue = str | int | float | bool | date | Period | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResolvedPolicy:
    """What applies on one day: parameters by dotted name, categories, rules, and the version that findings name.

    `values` holds every parameter as it stands on `as_of`; one that no instrument sets is absent. `rules` holds the rules
    that an instrument of this policy set grounds; a rule that is absent does not apply. `titles` names the leading
    instrument in fr, nl, en, de. `newest_law` is the day from which the youngest of its laws, decrees or adopted bills applies.
    """

    policy_set_id: str
    version: str
    status: Status
    as_of: date
    sha256: str
    adoption: Adoption | None
    values: Mapping[str, ParameterValue]
    references: Mapping[str, Reference]
    categories: Mapping[int, Category]
    rules: Mapping[str, Rule]
    titles: Mapping[str, str] = field(default_factory=dict)
    newest_law: date | None = None

    @property
    def may_delete(self) -> bool:
        """Whether a deletion may rest on this policy: it is in force, or the controller adopted it by that day."""
        if self.status in (Status.LAW, Status.DECREE):
            return True
        return self.adoption is not None and self.adoption.adopted_at <= self.as_of

    def says_as(self, other: ResolvedPolicy) -> bool:
        """Whether both apply the same law, each on its own day."""
        return replace(self, as_of=other.as_of) == other

    def period(self, name: str) -> Period:
        """A parameter that is a term.

        Raises:
            KeyError: no instrument sets it.
            TypeError: it is no term.
        """
        value = self.values[name]
        if not isinstance(value, Period):
            raise TypeError(f"{name} is not a term")
        return value

    def number(self, name: str) -> float:
        """A parameter that is a number."""
        value = self.values[name]
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise TypeError(f"{name} is not a number")
        return value

    def choice(self, name: str) -> str:
        """A parameter that is a word (a mode, a start event)."""
        value = self.values[name]
        if not isinstance(value, str):
            raise TypeError(f"{name} is not a word")
        return value

    def day(self, name: str) -> date:
        """A parameter that is a day."""
        value = self.values[name]
        if not isinstance(value, date):
            raise TypeError(f"{name} is not a day")
        return value

    def words(self, name: str) -> tuple[str, ...]:
        """A parameter that is a list of words."""
        value = self.values[name]
        if not isinstance(value, tuple):
            raise TypeError(f"{name} is not a list of words")
        return value
