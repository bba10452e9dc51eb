"""COL-4.2-PG-APPROVAL: the prosecutor general approves a protocol, or one authorisation, before it applies (COL 4.2).

An amendment is a new draft and needs a new approval. Older protocols than the circular are asked for it at their review.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from discretio.domain.judgements.answers import Circumstances, day, does_not_apply, fails, judged, known, passes
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.legal_basis.bases import AUTHORISATIONS
from discretio.domain.judgements.legal_basis.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "COL-4.2-PG-APPROVAL"


@dataclass(frozen=True, slots=True)
class Facts:
    """One basis.

    Attributes:
        type: its type.
        issued_at: when it was issued.
        valid_from: its first day.
        amended_at: when it was last amended.
        pg_approval_at: when the prosecutor general last approved it.
    """

    type: str | None = None
    issued_at: datetime | None = None
    valid_from: datetime | None = None
    amended_at: datetime | None = may_lack("it never was")
    pg_approval_at: datetime | None = may_lack("he didn't, which is a fault")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """Approved by its first day; an amendment, between its first day and the amendment."""
    if known(facts.type, "type") not in AUTHORISATIONS:
        return does_not_apply(Reason.NOT_AN_AUTHORISATION)
    last_change = facts.amended_at or known(facts.issued_at, "issued_at")
    if day(last_change) < under.date_of("col_04_2018.since"):
        return does_not_apply(Reason.OLDER_THAN_THE_CIRCULAR)
    if facts.pg_approval_at is None:
        return fails(Reason.NOT_APPROVED)
    approved, begun = day(facts.pg_approval_at), day(known(facts.valid_from, "valid_from"))
    if facts.amended_at is None:
        return passes(Reason.APPROVED) if approved <= begun else fails(Reason.APPROVED_LATE)
    if approved <= begun:
        return fails(Reason.AMENDMENT_NOT_APPROVED)
    return passes(Reason.APPROVED) if approved <= day(facts.amended_at) else fails(Reason.APPROVED_LATE)
