"""BG-DPIA: an impact assessment before the first entry, and reviewed (GDPR art. 35; law art. 58)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from discretio.domain.judgements.accountability.reasons import Reason
from discretio.domain.judgements.answers import (
    Circumstances,
    day,
    fails,
    judged,
    known,
    listed,
    passes,
)
from discretio.domain.judgements.facts import may_lack
from discretio.domain.outcomes import Judgement

RULE_ID = "BG-DPIA"
STORE, PIPELINE, HIGH = "STORE", "PIPELINE", "HIGH"


@dataclass(frozen=True, slots=True)
class Facts:
    """One participant, and its last assessment.

    Attributes:
        has_assessment: whether there is one.
        covers: STORE and PIPELINE, as far as it covers them; | between.
        made_at: when it was made.
        first_entry_at: when the participant introduced its first entry.
        reviewed_at: when it was last reviewed.
        changed_at: the last change that asks for a review: a category, a link, a detector.
        residual_risk: LOW or HIGH.
        consulted_at: when the authority was consulted beforehand.
    """

    has_assessment: bool | None = None
    covers: str | None = None
    made_at: datetime | None = None
    first_entry_at: datetime | None = may_lack("it introduced none yet")
    reviewed_at: datetime | None = may_lack("it wasn't since it was made")
    changed_at: datetime | None = may_lack("nothing changed")
    residual_risk: str | None = None
    consulted_at: datetime | None = may_lack("it wasn't")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """Made before the first entry, for the store and for the pipeline, and reviewed in time; a high risk was put forward."""
    if not known(facts.has_assessment, "controller_key"):
        return fails(Reason.NO_ASSESSMENT)
    if not listed(facts.covers, "covers") >= {STORE, PIPELINE}:
        return fails(Reason.ASSESSMENT_INCOMPLETE)
    made = day(known(facts.made_at, "made_at"))
    if facts.first_entry_at is not None and made > day(facts.first_entry_at):
        return fails(Reason.ASSESSED_LATE)
    last = day(facts.reviewed_at) if facts.reviewed_at is not None else made
    if under.term("dpia.review_within").after(last) < under.as_of:
        return fails(Reason.ASSESSMENT_OLD)
    if facts.changed_at is not None and day(facts.changed_at) > last:
        return fails(Reason.ASSESSMENT_BEFORE_CHANGE)
    unasked = known(facts.residual_risk, "residual_risk") == HIGH and facts.consulted_at is None
    return fails(Reason.HIGH_RISK_NOT_CONSULTED) if unasked else passes(Reason.ASSESSED)
