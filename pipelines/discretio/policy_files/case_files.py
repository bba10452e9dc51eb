"""The legal cases of the rules, as a lawyer wrote them: facts, the day, and the answer that is expected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from discretio.errors import PolicyError


@dataclass(frozen=True, slots=True)
class LegalCase:
    """One case: what it shows, what the store tells, and the answers that follow; a case of a term has one per day."""

    name: str
    facts: Mapping[str, Any]
    answers: tuple[str, ...]
    reason: str


def read_cases(folder: Path) -> Mapping[str, Sequence[LegalCase]]:
    """The cases of the rules, by the id of the rule, which is the name of their file."""
    return {path.stem: [_case(told, "outcome") for told in _read(path)] for path in sorted(folder.rglob("*.yaml"))}


def read_term_cases(folder: Path) -> Mapping[str, Sequence[LegalCase]]:
    """The cases of the terms, by the id of the rule that each of them names."""
    found: dict[str, list[LegalCase]] = {}
    for path in sorted(folder.rglob("*.yaml")):
        for told in _read(path):
            found.setdefault(told["rule"], []).append(_case(told, "status"))
    return found


def _case(told: Mapping[str, Any], answer: str) -> LegalCase:
    said = told[answer]
    answers = tuple(said.values()) if isinstance(said, Mapping) else (said,)
    return LegalCase(told["name"], told.get("facts", {}), answers, told.get("reason", ""))


def _read(path: Path) -> Sequence[Mapping[str, Any]]:
    try:
        return _parsed(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, YAMLError):
        raise PolicyError("the cases can't be read", where=path.name, remedy="mend its YAML") from None


@lru_cache(maxsize=256)
def _parsed(text: str) -> Sequence[Mapping[str, Any]]:
    """The same words give the same cases, so that each file is parsed once, however often it is asked for."""
    cases: Sequence[Mapping[str, Any]] = YAML(typ="safe").load(text)
    return cases
