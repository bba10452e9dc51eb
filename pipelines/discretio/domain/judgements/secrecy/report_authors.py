"""PV-AUTHOR: who may write the police report: the prosecutor, his jurist, or an officer whom he mandated (COL 4.5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from discretio.domain.judgements.answers import (
    Circumstances,
    day,
    does_not_apply,
    fails,
    filled,
    judged,
    known,
    passes,
)
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.secrecy.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "PV-AUTHOR"
POLICE = "POLICE"
OF_THE_PROSECUTION = frozenset({"PROSECUTOR", "PARQUET_JURIST"})


@dataclass(frozen=True, slots=True)
class Facts:
    """One police report.

    Attributes:
        consulted: whether it refers to a consultation.
        author_role: PROSECUTOR, PARQUET_JURIST, POLICE or another.
        mandate_ref: the mandate of the officer.
        mandate_at: when it was given.
        drafted_at: when the report was written.
    """

    consulted: bool | None = None
    author_role: str | None = None
    mandate_ref: str | None = may_lack("there is none, which is a fault")
    mandate_at: datetime | None = None
    drafted_at: datetime | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:  # noqa: ARG001 - every judge has this signature
    """The prosecution itself, or an officer mandated before."""
    if not known(facts.consulted, "consultation_key"):
        return does_not_apply(Reason.REPORT_OF_NO_CONSULTATION)
    role = known(facts.author_role, "author_role")
    if role in OF_THE_PROSECUTION:
        return passes(Reason.AUTHOR_OF_PROSECUTION)
    if role != POLICE:
        return fails(Reason.AUTHOR_NOT_ENTITLED)
    if not filled(facts.mandate_ref):
        return fails(Reason.POLICE_WITHOUT_MANDATE)
    late = day(known(facts.mandate_at, "mandate_at")) > day(known(facts.drafted_at, "drafted_at"))
    return fails(Reason.POLICE_MANDATED_LATER) if late else passes(Reason.POLICE_MANDATED)
