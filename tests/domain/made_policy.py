"""A policy with the defaults of the catalogue, made by hand, so that these tests read no file of policies/."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from discretio.law.periods import Period
from discretio.law.policy import Adoption, ParameterValue, Reference, ResolvedPolicy, Rule, Status

TERMS = {
    "retention.cap": "P30Y",
    "retention.cap_lead": "P180D",
    "retention.agreed_lead": "P90D",
    "retention.necessity_grace": "P30D",
    "retention.open_alarm": "P30Y",
    "presignal.refused_term": "P30D",
    "presignal.draft_term": "P180D",
    "presignal.review_term": "P90D",
    "presignal.extension": "P90D",
    "art8.term": "P30Y",
    "art8.lead": "P180D",
    "approval.validity": "P30D",
    "hold.review_within": "P1Y",
    "transition.report_only": "P6M",
}
WORDS_AND_NUMBERS: dict[str, ParameterValue] = {
    "retention.agreed_start": "EFFECTIVE_CLOSURE",
    "retention.mode": "ANNIVERSARY",
    "retention.reopened": "LAST_WITH_REVIEW",
    "retention.override_longer": "OWN_ONLY",
    "closure.by": "ORGANISER",
    "cap.scope": "OBTAINED",
    "art8.start": "FIRST",
    "purge.cap_dossiers": 500,
    "purge.cap_share": 0.1,
}


def make_policy(changes: Mapping[str, ParameterValue | None] | None = None, *, adopted: bool = True) -> ResolvedPolicy:
    values: dict[str, ParameterValue | None] = {name: Period.parse(term) for name, term in TERMS.items()}
    values |= WORDS_AND_NUMBERS
    values |= changes or {}
    as_of = date(2026, 11, 21)
    return ResolvedPolicy(
        policy_set_id="BE-BILL-56-0485",
        version="2024-10-03",
        status=Status.BILL,
        as_of=as_of,
        sha256="a" * 64,
        adoption=Adoption("board of the controller", date(2026, 1, 1)) if adopted else None,
        values={name: value for name, value in values.items() if value is not None},
        references={},
        categories={},
        rules={},
    )


def rule_since(rule_id: str, since: date) -> Rule:
    """A rule of the bill, as if the controller had adopted it on that day."""
    reference = Reference(title="a test")
    return Rule(rule_id, {}, Status.BILL, "critical", "dossier", reference, since=since)
