"""What a case tells, as a policy, and as the facts of a judge: dates are moments, lists are what the judge declares."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import is_dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from discretio.law.periods import Period
from discretio.law.policy import ResolvedPolicy
from discretio.policy_files import load_policy
from discretio.resources import folder

TODAY = date(2026, 11, 21)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}")


def told_facts(kind: type[Any], told: Mapping[str, Any]) -> Any:  # noqa: ANN401 - each rule has its own Facts
    hints = get_type_hints(kind)
    return kind(**{name: _value(hints[name], value) for name, value in told.items()})


def _value(hint: Any, value: object) -> object:  # noqa: ANN401 - a type as it was annotated
    if isinstance(value, list | tuple):
        return _several(hint, value)
    if isinstance(value, date) and datetime in _flat(hint):
        return datetime.combine(value, time())
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        return datetime.fromisoformat(value)
    if isinstance(value, Mapping):
        return told_facts(next(one for one in _flat(hint) if is_dataclass(one)), value)
    return value


def _several(hint: Any, values: list[Any] | tuple[Any, ...]) -> object:  # noqa: ANN401 - as above
    """A frozenset or tuple of what the annotation says, or words with | between where it says str."""
    kinds = _flat(hint)
    if str in kinds and not any(get_origin(kind) in (frozenset, tuple) for kind in kinds):
        return "|".join(str(value) for value in values)
    kind = next(one for one in kinds if get_origin(one) in (frozenset, tuple))
    item = get_args(kind)[0]
    words = [one for one in _flat(item) if isinstance(one, type) and issubclass(one, StrEnum)]
    built = [words[0](value) if words and isinstance(value, str) else _value(item, value) for value in values]
    return frozenset(built) if get_origin(kind) is frozenset else tuple(built)


def _flat(hint: Any) -> tuple[Any, ...]:  # noqa: ANN401 - as above
    return get_args(hint) if isinstance(hint, UnionType) else (hint,)


def told_policy(changes: Mapping[str, Any]) -> ResolvedPolicy:
    """The bill as it is shipped, with some values changed or taken away."""
    values: dict[str, Any] = dict(_shipped().values)
    for name, value in changes.items():
        values[name] = Period.parse(value) if re.fullmatch(r"P[\dTYMWDH]+", str(value)) else value
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items() if value is not None}
    return replace(_shipped(), values=values, categories={} if "categories" in changes else _shipped().categories)


@cache
def _shipped() -> ResolvedPolicy:
    return load_policy(folder("policies"), "BE-BILL-56-0485", TODAY)
