"""SECRET-MANDATE-REPORTING: who acts under a mandate reports what is his own, to the knowledge of the person (COL 3.4.5.3)."""

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

RULE_ID = "SECRET-MANDATE-REPORTING"
MANDATE_REPORT = "MANDATE_REPORT"


@dataclass(frozen=True, slots=True)
class Facts:
    """One disclosure.

    Attributes:
        legal_ground: the ground recorded for it.
        mandate_ref: the mandate.
        mandate_from: its first day.
        mandate_until: its last day.
        at: when it was disclosed.
        subject_informed_at: when the person was told of the mandate.
        from_own_mission: whether the discloser introduced the entry disclosed.
    """

    legal_ground: str | None = None
    mandate_ref: str | None = may_lack("there is none, which is a fault")
    mandate_from: datetime | None = None
    mandate_until: datetime | None = may_lack("it has none")
    at: datetime | None = None
    subject_informed_at: datetime | None = may_lack("nobody told, which is a fault")
    from_own_mission: bool | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:  # noqa: ARG001 - every judge has this signature
    """A mandate that held that day, of which the person knew, and nothing that another participant told."""
    if known(facts.legal_ground, "legal_ground") != MANDATE_REPORT:
        return does_not_apply(Reason.NO_MANDATE_REPORT)
    if not filled(facts.mandate_ref):
        return fails(Reason.NO_MANDATE)
    on = day(known(facts.at, "at"))
    ended = facts.mandate_until is not None and on > day(facts.mandate_until)
    if ended or on < day(known(facts.mandate_from, "mandate_from")):
        return fails(Reason.MANDATE_NOT_VALID)
    if facts.subject_informed_at is None or day(facts.subject_informed_at) > on:
        return fails(Reason.MANDATE_NOT_KNOWN_TO_PERSON)
    own = known(facts.from_own_mission, "introduced_by")
    return passes(Reason.MANDATE_REPORTED) if own else fails(Reason.REPORTED_SECRETS_OF_OTHERS)
