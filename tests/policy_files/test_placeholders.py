"""Laws that nobody loaded yet: what they govern is NOT_CHECKABLE, never a pass, and nothing is deleted under them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import ModuleType

import pytest
from ruamel.yaml import YAML

from discretio.domain.art8 import Art8Row, resolve_art8
from discretio.domain.dossier_dates import DossierDates
from discretio.domain.dues import ART8_ERASURE, RETENTION_MAX, DueStatus
from discretio.domain.judgements import categories, replies, term_within_cap
from discretio.domain.judgements.answers import Circumstances
from discretio.domain.partial_dates import PartialDate
from discretio.domain.retention import resolve
from discretio.law.policy import ResolvedPolicy, Status
from discretio.policy_files import load_policy
from discretio.resources import folder
from domain.judgements.told import told_facts

AS_OF = date(2026, 11, 21)
FUTURE = "BE-FUTURE-LAW"
NOT_LOADED = ("VL-DECREE-2023-06-30", "VL-DECREE-2024-03-29", "BE-LAW-LIVC-2018", FUTURE)
OF_THE_LAW_TO_COME = {categories.RULE_ID, replies.RULE_ID, ART8_ERASURE}
"""The rules that stand or fall by what the bill sets beside the cap: its categories and its two other terms."""
CASES = Path(__file__).parents[1] / "domain/judgements/cases"


@pytest.fixture(params=NOT_LOADED)
def placeholder(request: pytest.FixtureRequest) -> ResolvedPolicy:
    return load_policy(folder("policies"), request.param, AS_OF)


def test_the_cap_is_asked_and_not_checkable(placeholder: ResolvedPolicy) -> None:
    assert RETENTION_MAX in placeholder.rules
    closed = DossierDates(kind="SHARED", status="CLOSED", closed=PartialDate.parse("1990-01-10"), entries=(), holds=())
    cap = next(due for due in resolve(closed, placeholder, AS_OF) if due.rule_id == RETENTION_MAX)
    assert cap.status is DueStatus.NOT_CHECKABLE


def test_no_agreed_term_passes_as_within_a_cap_that_nobody_knows(placeholder: ResolvedPolicy) -> None:
    assert term_within_cap.RULE_ID in placeholder.rules
    facts = term_within_cap.Facts(kind="SHARED", agreed_term="P5Y")
    assert term_within_cap.judge(facts, Circumstances(placeholder, AS_OF)).outcome == "NOT_CHECKABLE"


def test_the_law_in_force_is_asked_besides(placeholder: ResolvedPolicy) -> None:
    base = load_policy(folder("policies"), "GDPR-BASE", AS_OF)
    beside = OF_THE_LAW_TO_COME if placeholder.policy_set_id == FUTURE else set()
    assert placeholder.rules.keys() == base.rules.keys() | {RETENTION_MAX, term_within_cap.RULE_ID} | beside


def test_what_was_not_compared_with_the_official_text_says_so(placeholder: ResolvedPolicy) -> None:
    assert placeholder.rules[RETENTION_MAX].reference.checked_on is None


@pytest.fixture
def law_to_come() -> ResolvedPolicy:
    return load_policy(folder("policies"), FUTURE, AS_OF)


def test_nothing_is_deleted_under_a_law_that_nobody_voted(law_to_come: ResolvedPolicy) -> None:
    assert law_to_come.status is Status.BILL
    assert not law_to_come.may_delete
    assert not law_to_come.categories
    assert not {"retention.cap", "reply.term", "art8.term"} & law_to_come.values.keys()
    assert {law_to_come.rules[rule].reference.checked_on for rule in OF_THE_LAW_TO_COME} == {None}


@pytest.mark.parametrize("judge", [categories, replies, term_within_cap])
def test_what_passes_under_the_bill_is_not_checkable_under_the_law_to_come(
    law_to_come: ResolvedPolicy, judge: ModuleType
) -> None:
    cases = YAML(typ="safe").load((CASES / f"{judge.RULE_ID}.yaml").read_text(encoding="utf-8"))
    passing = [case for case in cases if case["outcome"] == "PASS" and "policy" not in case]
    assert passing
    for case in passing:
        facts = told_facts(judge.Facts, case["facts"])
        assert judge.judge(facts, Circumstances(law_to_come, case.get("as_of", AS_OF))).outcome == "NOT_CHECKABLE"


def test_without_categories_nobody_is_blamed_for_declaring_none(law_to_come: ResolvedPolicy) -> None:
    none = categories.Facts(declared=frozenset(), detected=frozenset(), examined=True)
    assert categories.judge(none, Circumstances(law_to_come, AS_OF)).outcome == "NOT_CHECKABLE"


def test_the_list_of_the_prosecutor_has_no_term_under_the_law_to_come(law_to_come: ResolvedPolicy) -> None:
    row = Art8Row("1", PartialDate.parse("1980-01-01"))
    assert resolve_art8([row], law_to_come, AS_OF).status is DueStatus.NOT_CHECKABLE
