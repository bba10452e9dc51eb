"""BG-LED-FACTS: facts are told apart from assessments, which have an author and a date (law art. 32)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from discretio.domain.judgements.accountability.reasons import Reason
from discretio.domain.judgements.answers import (
    Circumstances,
    does_not_apply,
    fails,
    filled,
    judged,
    known,
    passes,
)
from discretio.domain.judgements.facts import may_lack
from discretio.domain.outcomes import Judgement

RULE_ID = "BG-LED-FACTS"
TITLE_2, FACT, ASSESSMENT = "T2", "FACT", "ASSESSMENT"


@dataclass(frozen=True, slots=True)
class Facts:
    """One entry.

    Attributes:
        regime: GDPR or T2: under which it is processed.
        statement: FACT or ASSESSMENT.
        assessed_by: who made the assessment.
        assessed_at: when.
    """

    regime: str | None = None
    statement: str | None = may_lack("nobody said, which is a fault")
    assessed_by: str | None = may_lack("nobody stands for it, which is a fault")
    assessed_at: datetime | None = may_lack("nobody said, which is a fault")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:  # noqa: ARG001 - every judge has this signature
    """A fact, or an assessment of somebody on some day."""
    if known(facts.regime, "regime") != TITLE_2:
        return does_not_apply(Reason.STATEMENT_NOT_ASKED)
    if facts.statement == FACT:
        return passes(Reason.STATED_AS_FACT)
    if facts.statement != ASSESSMENT:
        return fails(Reason.FACT_OR_ASSESSMENT_UNKNOWN)
    signed = filled(facts.assessed_by) and facts.assessed_at is not None
    return passes(Reason.ASSESSMENT_SIGNED) if signed else fails(Reason.ASSESSMENT_UNSIGNED)
