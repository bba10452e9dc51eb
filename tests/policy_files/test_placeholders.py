"""Laws that nobody loaded yet: what they govern is NOT_CHECKABLE, never a pass, and nothing is deleted under them."""

from __future__ import annotations

from datetime import date

import pytest

from discretio.domain.dossier_dates import DossierDates
from discretio.domain.dues import RETENTION_MAX, DueStatus
from discretio.domain.judgements import term_within_cap
from discretio.domain.judgements.answers import Circumstances
from discretio.domain.partial_dates import PartialDate
from discretio.domain.retention import resolve
from discretio.law.policy import ResolvedPolicy
from discretio.policy_files import load_policy
from discretio.resources import folder

AS_OF = date(2026, 11, 21)
NOT_LOADED = ("VL-DECREE-2023-06-30", "VL-DECREE-2024-03-29", "BE-LAW-LIVC-2018")


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
    assert placeholder.rules.keys() == base.rules.keys() | {RETENTION_MAX, term_within_cap.RULE_ID}


def test_what_was_not_compared_with_the_official_text_says_so(placeholder: ResolvedPolicy) -> None:
    assert placeholder.rules[RETENTION_MAX].reference.checked_on is None
