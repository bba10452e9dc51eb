"""NECESSITY-STATE: who breaks secrecy out of necessity writes down what he weighed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

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
from discretio.domain.judgements.secrecy.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "NECESSITY-STATE"
GROUND = "NECESSITY"


@dataclass(frozen=True, slots=True)
class Facts:
    """One disclosure; whether it was weighed well is for a human to judge.

    Attributes:
        legal_ground: the ground recorded for it.
        case_note: what the case was.
        proportionality_note: why it was in proportion.
        subsidiarity_note: why nothing else would have helped.
        future_danger_note: which danger lay ahead.
        at: when it was disclosed.
    """

    legal_ground: str | None = None
    case_note: str | None = may_lack("there is none, which is a fault")
    proportionality_note: str | None = may_lack("there is none, which is a fault")
    subsidiarity_note: str | None = may_lack("there is none, which is a fault")
    future_danger_note: str | None = may_lack("there is none, which is a fault")
    at: datetime | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:  # noqa: ARG001 - every judge has this signature
    """All four are written down."""
    if known(facts.legal_ground, "legal_ground") != GROUND:
        return does_not_apply(Reason.NOT_OUT_OF_NECESSITY)
    known(facts.at, "at")
    notes = (facts.case_note, facts.proportionality_note, facts.subsidiarity_note, facts.future_danger_note)
    return passes(Reason.NECESSITY_WEIGHED) if all(map(filled, notes)) else fails(Reason.NECESSITY_NOT_WEIGHED)
