"""DISCLOSURE-458BIS: telling the prosecutor of a danger has its conditions, each written down (art. 458bis)."""

from __future__ import annotations

from dataclasses import dataclass

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

RULE_ID = "DISCLOSURE-458BIS"
GROUND, PROSECUTOR = "458BIS", "PROSECUTOR"


@dataclass(frozen=True, slots=True)
class Facts:
    """One disclosure.

    Attributes:
        legal_ground: the ground recorded for it.
        recipient_kind: what the recipient is.
        victim_minor_or_vulnerable: whether the victim is a minor or vulnerable; null if nobody wrote it down.
        danger_note: which danger.
        cannot_protect_note: why nobody could avert it alone or with others.
        is_lawyer: whether the discloser is a lawyer.
    """

    legal_ground: str | None = None
    recipient_kind: str | None = None
    victim_minor_or_vulnerable: bool | None = may_lack("nobody wrote it down, which is a fault")
    danger_note: str | None = may_lack("there is none, which is a fault")
    cannot_protect_note: str | None = may_lack("there is none, which is a fault")
    is_lawyer: bool | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:  # noqa: ARG001 - every judge has this signature
    """Victim, danger and helplessness are written down, and it went to the prosecutor, not by a lawyer."""
    if known(facts.legal_ground, "legal_ground") != GROUND:
        return does_not_apply(Reason.NOT_UNDER_458BIS)
    if known(facts.is_lawyer, "is_lawyer"):
        return fails(Reason.DANGER_TOLD_BY_LAWYER)
    if known(facts.recipient_kind, "recipient_kind") != PROSECUTOR:
        return fails(Reason.DANGER_TOLD_TO_ANOTHER)
    written = facts.victim_minor_or_vulnerable and filled(facts.danger_note) and filled(facts.cannot_protect_note)
    return passes(Reason.DANGER_CONDITIONS_RECORDED) if written else fails(Reason.DANGER_CONDITIONS_MISSING)
