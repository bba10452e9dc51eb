"""What a rule answers. Nothing passes by default: what can't be judged is NOT_CHECKABLE, with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

STORE_SCOPE = "store"
"""What an answer is about where a rule could not be asked of a single row."""
STORE_KEY = ""
"""Its key there."""


class Outcome(StrEnum):
    """The five answers of a rule over one scope (a dossier, an entry, a person, a request, ...)."""

    PASS = "PASS"  # noqa: S105 - an outcome, not a password
    FAIL = "FAIL"
    WARN = "WARN"
    NOT_APPLICABLE = "N/A"
    NOT_CHECKABLE = "NOT_CHECKABLE"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One answer: the outcome, and why, as a code of lower_snake_case words that the catalogue translates."""

    outcome: Outcome
    reason: str
