"""The legal cases of cases/*.yaml: each rule answers what a lawyer can read there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from discretio.domain.art8 import Art8Row, resolve_art8
from discretio.domain.dossier_dates import DossierDates, DossierEvent, EntryDates, Override
from discretio.domain.dues import Due, earliest_due, may_delete, obstacle_to_deletion, proposal
from discretio.domain.holds import Hold
from discretio.domain.partial_dates import PartialDate
from discretio.domain.retention import open_alarm, resolve, resolve_entries
from discretio.law.periods import Period
from discretio.law.policy import ResolvedPolicy
from domain.made_policy import make_policy, rule_since

CASES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))
KEYS = {
    "name", "source", "policy", "facts", "rows", "rule", "status", "due", "last_lawful_day", "reason", "may_delete", "proposed",
    "entries_due", "obstacle", "explained", "rule_since",
}  # fmt: skip


def _cases() -> Iterator[Any]:
    for path in CASES:
        for case in YAML(typ="safe").load(path.read_text(encoding="utf-8")):
            yield pytest.param(case, id=f"{path.stem}: {case['name']}")


def _partial(value: object) -> PartialDate:
    return PartialDate.parse(None if value is None else str(value))


def _dossier(facts: Mapping[str, Any]) -> DossierDates:
    plain = dict(facts)
    holds = plain.pop("holds", [])
    entries = plain.pop("entries", None)
    events = [event.split(" ") for event in plain.pop("events", [])]
    return DossierDates(
        opened=_partial(plain.pop("opened", None)),
        closed=_partial(plain.pop("closed", None)),
        events=tuple(DossierEvent(kind, _partial(at)) for kind, at in events),
        entries=None if entries is None else tuple(EntryDates(key, **dates) for key, dates in entries.items()),
        overrides=tuple(_override(**override) for override in plain.pop("overrides", [])),
        overrides_by_introducer=tuple(
            tuple(_override(**override) for override in theirs) for theirs in plain.pop("overrides_by_introducer", [])
        ),
        holds=None if holds is None else tuple(Hold(**hold) for hold in holds),
        missing=frozenset(plain.pop("missing", [])),
        **plain,
    )


def _override(term: str, store_kinds: list[str], **rest: object) -> Override:
    return Override(term=Period.parse(term), store_kinds=frozenset(store_kinds), **rest)


def _answer(case: Mapping[str, Any], policy: ResolvedPolicy, as_of: date) -> Due:
    if "rows" in case:
        rows = [
            Art8Row(str(number), _partial(row.get("registered")), row.get("authorised"), row.get("erased"))
            for number, row in enumerate(case["rows"])
        ]
        return resolve_art8(rows, policy, as_of)
    dossier = _dossier(case["facts"])
    if case["rule"] == "OPEN-ALARM":
        return open_alarm(dossier, policy, as_of)
    dues = resolve(dossier, policy, as_of)
    if case["rule"] == "GOVERNING":
        due = earliest_due(dues)
        assert due is not None
        return due
    return next(due for due in dues if due.rule_id == case["rule"])


def _proposed(due: Due, policy: ResolvedPolicy) -> str:
    """`no`, `executable`, or what stands in the way of what is proposed."""
    found = proposal(due, policy)
    return "no" if found is None else "executable" if found.is_executable else str(found.obstacle)


TOLD: Mapping[str, Callable[[Due, ResolvedPolicy], object]] = {
    "reason": lambda due, _: due.reason,
    "may_delete": may_delete,
    "proposed": _proposed,
    "obstacle": obstacle_to_deletion,
    "explained": lambda due, _: dict(due.explanation),
}


def _value(written: object) -> Any:  # noqa: ANN401 - whatever a case holds
    """A parameter as the case writes it: a term, or what it is."""
    return Period.parse(str(written)) if re.fullmatch(r"P\d+[YMWD]", str(written)) else written


@pytest.mark.parametrize("case", list(_cases()))
def test_the_law_is_applied_as_the_case_says(case: dict[str, Any]) -> None:
    assert set(case) <= KEYS
    changes = dict(case.get("policy", {}))
    adopted = changes.pop("adopted", True)
    values = {name: _value(written) for name, written in changes.items()}
    policy = make_policy(values, adopted=adopted)
    if "rule_since" in case:
        policy = replace(policy, rules={case["rule"]: rule_since(case["rule"], case["rule_since"])})
    answers = {day: _answer(case, policy, day) for day in case["status"]}
    assert {day: due.status.value for day, due in answers.items()} == case["status"]
    last = answers[max(answers)]
    assert {"GOVERNING": last.rule_id, "OPEN-ALARM": "ART2-3-4-CLOSURE-UNKNOWN"}.get(case["rule"], case["rule"]) == last.rule_id
    if "due" in case:
        assert last.due == case["due"]
        assert last.last_lawful_day == case.get("last_lawful_day", case["due"])
    told = {key: found(last, policy) for key, found in TOLD.items() if key in case}
    assert told == {key: case[key] for key in told}
    if "entries_due" in case:
        groups = [due for due in resolve_entries(_dossier(case["facts"]), policy, max(answers)) if due.rule_id == case["rule"]]
        assert {key: due.due for due in groups for key in due.entry_keys or ()} == case["entries_due"]


def test_a_case_file_without_cases_would_be_noticed() -> None:
    assert len(CASES) >= 7
    assert all(YAML(typ="safe").load(path.read_text(encoding="utf-8")) for path in CASES)
