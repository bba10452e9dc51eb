"""Parameters of a policy as the retention rules read them: one that is missing makes its rule NOT_CHECKABLE."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from discretio.domain.dues import DueStatus, NoClockError
from discretio.domain.retention_reasons import Reason
from discretio.law.periods import Period
from discretio.law.policy import ResolvedPolicy

Choice = TypeVar("Choice", bound=StrEnum)


def term_of(policy: ResolvedPolicy, name: str) -> Period:
    """A parameter that is a term.

    Raises:
        NoClockError: no instrument sets it, or it is no term.
    """
    try:
        return policy.period(name)
    except (KeyError, TypeError):
        raise NoClockError(DueStatus.NOT_CHECKABLE, Reason.PARAMETER_MISSING, name) from None


def choice_of(policy: ResolvedPolicy, name: str, choices: type[Choice]) -> Choice:
    """A parameter that is one of some words.

    Raises:
        NoClockError: no instrument sets it, or it is a word that we don't know.
    """
    try:
        return choices(policy.choice(name))
    except (KeyError, TypeError):
        raise NoClockError(DueStatus.NOT_CHECKABLE, Reason.PARAMETER_MISSING, name) from None
    except ValueError:
        raise NoClockError(DueStatus.NOT_CHECKABLE, Reason.PARAMETER_UNKNOWN, name) from None
