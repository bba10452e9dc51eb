"""How a judge answers: short names for the five outcomes, and the two things that make a scope unjudgeable."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import TypeVar

from discretio.domain.judgements.reasons import missing_field, missing_parameter
from discretio.domain.outcomes import Judgement, Outcome
from discretio.law.periods import Period
from discretio.law.policy import ResolvedPolicy

_Facts = TypeVar("_Facts")
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What every judgement is made under: the policy, and the day on which it is asked."""

    policy: ResolvedPolicy
    as_of: date

    def term(self, name: str) -> Period:
        """A parameter that is a term; the scope is unjudgeable without it."""
        self._demand(name)
        return self.policy.period(name)

    def number(self, name: str) -> float:
        """A parameter that is a number; the scope is unjudgeable without it."""
        self._demand(name)
        return self.policy.number(name)

    def choice(self, name: str) -> str:
        """A parameter that is a word; the scope is unjudgeable without it."""
        self._demand(name)
        return self.policy.choice(name)

    def words(self, name: str) -> tuple[str, ...]:
        """A parameter that is a list of words; the scope is unjudgeable without it."""
        self._demand(name)
        return self.policy.words(name)

    def date_of(self, name: str) -> date:
        """A parameter that is a day; the scope is unjudgeable without it."""
        self._demand(name)
        return self.policy.day(name)

    def _demand(self, name: str) -> None:
        if name not in self.policy.values:
            raise UnjudgeableError(missing_parameter(name))


class UnjudgeableError(Exception):
    """The scope can't be judged, for this reason; a judge turns it into NOT_CHECKABLE."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


Judge = Callable[[_Facts, Circumstances], Judgement]


def judged(judge: Judge[_Facts]) -> Judge[_Facts]:
    """Let a judge stop where it lacks a fact or a parameter, and answer NOT_CHECKABLE then."""

    @wraps(judge)
    def answer(facts: _Facts, under: Circumstances) -> Judgement:
        try:
            return judge(facts, under)
        except UnjudgeableError as unjudgeable:
            return Judgement(Outcome.NOT_CHECKABLE, unjudgeable.reason)

    return answer


def known(value: _Value | None, name: str) -> _Value:
    """The fact, or an end to the judgement if the store doesn't tell it."""
    if value is None:
        raise UnjudgeableError(missing_field(name))
    return value


def listed(value: str | None, name: str) -> frozenset[str]:
    """The words of a fact that is a set of words, or an end to the judgement if the store doesn't tell it."""
    return words_of(known(value, name))


def words_of(value: str | None) -> frozenset[str]:
    """The words of a text that lists them with | between; none of a null."""
    return frozenset(word.strip() for word in (value or "").split("|") if word.strip())


def filled(value: str | None) -> bool:
    """Whether somebody wrote something: blanks are nothing."""
    return bool((value or "").strip())


def passes(reason: str) -> Judgement:
    """PASS."""
    return Judgement(Outcome.PASS, reason)


def fails(reason: str) -> Judgement:
    """FAIL."""
    return Judgement(Outcome.FAIL, reason)


def warns(reason: str) -> Judgement:
    """WARN."""
    return Judgement(Outcome.WARN, reason)


def does_not_apply(reason: str) -> Judgement:
    """N/A: the rule says nothing about this scope."""
    return Judgement(Outcome.NOT_APPLICABLE, reason)


def day(moment: date | datetime) -> date:
    """The calendar day of a moment."""
    return moment.date() if isinstance(moment, datetime) else moment
