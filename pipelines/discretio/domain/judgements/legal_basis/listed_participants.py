"""COL-3.4.3-PARTICIPANT-LISTED: whoever takes part is named by the basis (COL 3.4.3).

A function may be named instead of a person; a guest who is heard once needs an addendum of that day or before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from discretio.domain.judgements.answers import (
    Circumstances,
    UnjudgeableError,
    day,
    does_not_apply,
    fails,
    judged,
    known,
    passes,
)
from discretio.domain.judgements.legal_basis.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "COL-3.4.3-PARTICIPANT-LISTED"
OWN = "OWN"


@dataclass(frozen=True, slots=True)
class Named:
    """A participant that a basis names, from when until when (None without bounds), and in which function (None for any)."""

    participant: str | None = None
    function: str | None = None
    from_at: datetime | None = None
    until_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody who took part: came, introduced something, or was given access; None for a day that nobody knows."""

    participant: str | None = None
    on: date | None = None
    function: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """One dossier.

    Attributes:
        kind: SHARED, OWN or PRESIGNAL.
        consulted: whether it is recorded to which consultation it belongs.
        named: whom the bases of that consultation name.
        parts: who took part in it.
    """

    kind: str | None = None
    consulted: bool | None = None
    named: tuple[Named, ...] | None = None
    parts: tuple[Part, ...] | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:  # noqa: ARG001 - every judge has this signature
    """Everybody who took part was named on that day."""
    if known(facts.kind, "kind") == OWN:
        return does_not_apply(Reason.OWN_DOSSIER)
    if not known(facts.consulted, "consultation_key"):
        raise UnjudgeableError(Reason.NO_CONSULTATION)
    parts = known(facts.parts, "parts")
    if not parts:
        return does_not_apply(Reason.NOBODY_TOOK_PART)
    named = known(facts.named, "basis_participants")
    listed = [is_named(part, named) for part in parts]
    if False in listed:
        return fails(Reason.PARTICIPANT_NOT_NAMED)
    if None in listed:
        raise UnjudgeableError(Reason.PART_UNTOLD)
    return passes(Reason.PARTICIPANTS_NAMED)


def is_named(part: Part, named: tuple[Named, ...]) -> bool | None:
    """Whether the basis names who took part; None if the store doesn't tell who, when or in which function it was."""
    if part.participant is None:
        return None
    lines = [line for line in named if line.participant == part.participant]
    answers = [_fits(line, part) for line in lines]
    return next((answer for answer in (True, None) if answer in answers), False)


def _fits(line: Named, part: Part) -> bool | None:
    if line.function is not None and part.function is not None and line.function != part.function:
        return False
    bounded = line.from_at is not None or line.until_at is not None
    if (bounded and part.on is None) or (line.function is not None and part.function is None):
        return None
    after_start = line.from_at is None or part.on is None or day(line.from_at) <= part.on
    before_end = line.until_at is None or part.on is None or part.on <= day(line.until_at)
    return after_start and before_end
