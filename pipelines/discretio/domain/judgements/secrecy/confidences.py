"""SHARED-SECRET-CONFIDENCES: what was confided in person isn't shared."""

from __future__ import annotations

from dataclasses import dataclass

from discretio.domain.judgements.answers import (
    Circumstances,
    does_not_apply,
    fails,
    judged,
    known,
    passes,
)
from discretio.domain.judgements.secrecy.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "SHARED-SECRET-CONFIDENCES"


@dataclass(frozen=True, slots=True)
class Facts:
    """One sharing.

    Attributes:
        under_458ter: whether it was made in a consultation, which asks for no consent.
        shares_confidence: whether an entry was shared that its professional flagged as confided.
    """

    under_458ter: bool | None = None
    shares_confidence: bool | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:  # noqa: ARG001 - every judge has this signature
    """Nothing that is flagged as confided."""
    if known(facts.under_458ter, "under_458ter"):
        return does_not_apply(Reason.SHARED_IN_CONSULTATION)
    shared = known(facts.shares_confidence, "is_confidence")
    return fails(Reason.CONFIDENCE_SHARED) if shared else passes(Reason.NO_CONFIDENCE_SHARED)
