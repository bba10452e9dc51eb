"""The suites in `expectations/`: what is asked of one kind of store, and of every store; only expectations of ours.

A file is named after the frame whose expectations it lists, or after the chapter of the catalogue that they come from. Great
Expectations' own expectations keep samples of values in their results, so a suite that holds one is refused.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from great_expectations.exceptions.exceptions import ExpectationNotFoundError
from great_expectations.expectations.registry import get_expectation_impl

from discretio import checks
from discretio.checks.rule_expectation import RuleExpectation
from discretio.domain.frames import ENTRY_FINDINGS, KNOWN_FRAMES
from discretio.errors import UsageError

EVERY_STORE = "every_store"
_COLUMNS = {frame.name: frame.column_names for frame in (*KNOWN_FRAMES.values(), ENTRY_FINDINGS)}

# Great Expectations knows an expectation by its name once its module is imported.
for _found in pkgutil.iter_modules(checks.__path__):
    if _found.name.endswith("_expectations"):
        importlib.import_module(f"{checks.__name__}.{_found.name}")


@dataclass(frozen=True, slots=True)
class PlannedExpectation:
    """One expectation of a suite: the class that answers, and its configuration as the suite gives it."""

    expectation: type[RuleExpectation]
    configuration: Mapping[str, Any]

    @property
    def rule_id(self) -> str:
        """The rule that it answers."""
        return self.expectation.rule_id


@dataclass(frozen=True, slots=True)
class FrameSuite:
    """The expectations over one frame."""

    frame: str
    expectations: tuple[PlannedExpectation, ...]

    def only(self, rules: Iterable[str]) -> FrameSuite:
        """The suite without the expectations of other rules."""
        wanted = frozenset(rules)
        return FrameSuite(self.frame, tuple(planned for planned in self.expectations if planned.rule_id in wanted))


def read_suites(folder: Path) -> tuple[FrameSuite, ...]:
    """Read the suites of one kind of store, and those of every store in the folder beside it: one suite per frame.

    Raises:
        UsageError: the folder or a file can't be read, an expectation isn't one of ours, stands with the wrong frame or rule,
            reads a column that no frame has, or a rule is answered twice.
    """
    if not folder.is_dir():
        raise UsageError(
            "there are no expectations for this kind of store",
            where=folder.name,
            remedy="name a folder with a suite per frame, such as expectations/reference_store",
        )
    files = [*sorted(folder.glob("*.json")), *sorted((folder.parent / EVERY_STORE).glob("*.json"))]
    planned = [one for file in files for one in _read_suite(file)]
    rules = [one.rule_id for one in planned]
    twice = sorted({rule for rule in rules if rules.count(rule) > 1})
    if twice:
        raise UsageError(f"the rule {twice[0]} is answered twice", where=folder.name, remedy="keep one of the expectations")
    frames = dict.fromkeys(one.expectation.frame for one in planned)
    return tuple(FrameSuite(frame, tuple(one for one in planned if one.expectation.frame == frame)) for frame in frames)


def _read_suite(file: Path) -> list[PlannedExpectation]:
    where = f"{file.parent.name}/{file.name}"
    try:
        listed = json.loads(file.read_text(encoding="utf-8"))["expectations"]
        configurations = [dict(configuration) for configuration in listed]
    except (OSError, ValueError, KeyError, TypeError):
        raise UsageError(
            "a suite can't be read", where=where, remedy='write it as JSON: {"name": ..., "expectations": [...]}'
        ) from None
    return [_planned(configuration, file.stem, where) for configuration in configurations]


def _planned(configuration: Mapping[str, Any], named: str, where: str) -> PlannedExpectation:
    name = str(configuration.get("type"))
    try:
        expectation = get_expectation_impl(name)
    except ExpectationNotFoundError:
        raise UsageError(f"there is no expectation {name}", where=where, remedy="correct its name") from None
    if not issubclass(expectation, RuleExpectation):
        raise UsageError(
            f"{name} is not an expectation of Discretio: its results would hold values of the store",
            where=where,
            remedy="take it out of the suite",
        )
    misplaced = named in KNOWN_FRAMES and expectation.frame != named
    if misplaced or dict(configuration.get("kwargs", {})) != {"rule": expectation.rule_id}:
        raise UsageError(
            f"{name} answers the rule {expectation.rule_id} over the frame {expectation.frame}, and nothing else",
            where=where,
            remedy=f'move it to {expectation.frame}.json with the kwargs {{"rule": "{expectation.rule_id}"}}',
        )
    _refuse_unknown_columns(expectation, where)
    return PlannedExpectation(expectation, configuration)


def _refuse_unknown_columns(expectation: type[RuleExpectation], where: str) -> None:
    """A rule that asks for what no frame holds would be NOT_CHECKABLE for ever, and nobody would look for the reason here."""
    for frame, columns in expectation.needs.items():
        known = _COLUMNS.get(frame, ())
        unknown = [column for column in columns if column not in known]
        if unknown or not known:
            raise UsageError(
                f"the rule {expectation.rule_id} reads {frame}.{next(iter(unknown), '')}, which no store can deliver",
                where=where,
                remedy="correct the column in its expectation, or describe it in domain/frames",
            )
