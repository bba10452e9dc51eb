"""CP458TER-1-BASIS: a consultation rests on a law, or on a reasoned authorisation of the public prosecutor (art. 458ter §1).

On every day on which it met or somebody introduced something; a basis that comes later cures nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from discretio.domain.judgements.answers import (
    Circumstances,
    UnjudgeableError,
    does_not_apply,
    fails,
    judged,
    known,
    passes,
)
from discretio.domain.judgements.legal_basis.bases import Basis, fault_on
from discretio.domain.judgements.legal_basis.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "CP458TER-1-BASIS"
OWN = "OWN"


@dataclass(frozen=True, slots=True)
class Facts:
    """One dossier.

    Attributes:
        kind: SHARED, OWN or PRESIGNAL; what was prepared counts, an own dossier rests on its holder's law.
        consulted: whether it is recorded to which consultation it belongs.
        bases: the bases of that consultation.
        days: the days of its sessions and of its entries.
        undated: whether a session or an entry has no date.
    """

    kind: str | None = None
    consulted: bool | None = None
    bases: tuple[Basis, ...] | None = None
    days: tuple[date, ...] | None = None
    undated: bool | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:  # noqa: ARG001 - every judge has this signature
    """A basis carries each of the days."""
    if known(facts.kind, "kind") == OWN:
        return does_not_apply(Reason.OWN_DOSSIER)
    if not known(facts.consulted, "consultation_key"):
        raise UnjudgeableError(Reason.NO_CONSULTATION)
    untold = UnjudgeableError(Reason.UNDATED_USE) if known(facts.undated, "started_at") else None
    days = known(facts.days, "days")
    if not days and untold is None:
        return does_not_apply(Reason.NOT_USED_YET)
    return _judge_days(known(facts.bases, "legal_bases"), days, untold)


def _judge_days(bases: tuple[Basis, ...], days: tuple[date, ...], untold: UnjudgeableError | None) -> Judgement:
    """A day that no basis carries is a fault, whatever the store doesn't tell about others."""
    for on in days:
        try:
            fault = fault_on(bases, on)
        except UnjudgeableError as unjudgeable:
            untold = untold or unjudgeable
            continue
        if fault is not None:
            return fails(fault)
    if untold is not None:
        raise untold
    return passes(Reason.BASIS_VALID)
