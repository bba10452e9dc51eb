"""What a store doesn't tell: mostly the end of a judgement, sometimes a fact of its own."""

from __future__ import annotations

from dataclasses import Field, field, fields
from typing import Any

_ABSENT = "absent"


def may_lack(meaning: str) -> Any:  # noqa: ANN401 - as dataclasses.field, it stands for a value of the annotated type
    """A fact whose absence says something itself: that a basis stands, that nobody gave a reason.

    Every other fact that is None makes the rule NOT_CHECKABLE wherever the judgement depends on it.

    Args:
        meaning: what its absence says.
    """
    return field(default=None, metadata={_ABSENT: meaning})


def absence_of(fact: Field[Any]) -> str:
    """What the absence of a fact says; empty if it makes the rule NOT_CHECKABLE."""
    return str(fact.metadata.get(_ABSENT, ""))


def names_of(facts: type[Any]) -> tuple[str, ...]:
    """The names of the facts, in order."""
    return tuple(fact.name for fact in fields(facts))
