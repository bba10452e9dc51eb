"""A policy with the ten rules and the defaults of the catalogue, made by hand: these tests read no file of policies/."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import Any

from discretio.law.periods import Period
from discretio.law.policy import Category, Reference, ResolvedPolicy, Rule, Status

AS_OF = date(2026, 11, 21)
RULES = {
    "ART2-2-CAT": "entry",
    "ART2-2-SPECIAL-DETECT": "entry",
    "ART2-2-CAT16-JUSTIF": "entry",
    "ART2-2-SUBJECT-ROLE": "person",
    "ART3-1-RETENTION-SET-BEFORE-FIRST": "dossier",
    "ART3-1-RETENTION-WITHIN-LEGAL": "dossier",
    "ART2-3-4-CLOSURE-UNKNOWN": "dossier",
    "ART2-3-4-HOLD": "hold",
    "ART4-CONSENT": "own_copy",
    "ART7-REPLY-3M": "request",
}
VALUES = {
    "retention.cap": Period.parse("P30Y"),
    "retention.agreed_start": "EFFECTIVE_CLOSURE",
    "retention.open_alarm": Period.parse("P30Y"),
    "closure.by": "ORGANISER",
    "first.consultation": "CASE",
    "reply.term": Period.parse("P3M"),
    "reply.warn_lead": Period.parse("P21D"),
    "reply.start": "REQUEST",
    "reply.forward_within": Period.parse("P5D"),
    "retention.mode": "ANNIVERSARY",
    "cat16.minimum_length": 40,
    "cat16.stop_words": ("nécessaire", "noodzakelijk", "idem", "n.v.t."),
    "cat16.justify_within": Period.parse("P7D"),
    "cat16.share_warn": 0.1,
    "own_copy.withdrawal_grace": Period.parse("P30D"),
    "hold.review_within": Period.parse("P1Y"),
    "first_session.warn_lead": Period.parse("P7D"),
}


def policy_with(**changes: Any) -> ResolvedPolicy:  # noqa: ANN401 - any field of a policy
    reference = Reference("test")
    rules = {rule: Rule(rule, MappingProxyType({}), Status.BILL, "high", scope, reference) for rule, scope in RULES.items()}
    categories = {number: Category(number, MappingProxyType({}), MappingProxyType({})) for number in range(1, 17)}
    fields: dict[str, Any] = {
        "policy_set_id": "TEST",
        "version": "1",
        "status": Status.BILL,
        "as_of": AS_OF,
        "sha256": "0" * 64,
        "adoption": None,
        "values": VALUES,
        "references": {},
        "categories": categories,
        "rules": rules,
    }
    return ResolvedPolicy(**{**fields, **changes})
