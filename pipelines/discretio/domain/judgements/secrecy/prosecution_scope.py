"""SECRET-PROSECUTION-SCOPE: only offences of the consultation are prosecuted on what was told there (art. 458ter §2)."""

from __future__ import annotations

from dataclasses import dataclass

from discretio.domain.judgements.answers import (
    Circumstances,
    UnjudgeableError,
    does_not_apply,
    fails,
    judged,
    known,
    listed,
    passes,
)
from discretio.domain.judgements.secrecy.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "SECRET-PROSECUTION-SCOPE"
INFORMATION_ONLY = "INFORMATION_ONLY"


@dataclass(frozen=True, slots=True)
class Facts:
    """One police report; what it is worth as evidence is for no pipeline to say.

    Attributes:
        consulted: whether it refers to a consultation.
        offence_codes: the offences that it is about, | between.
        offence_scope: the offences that the bases of its consultation name, | between.
        in_scope: whether its author declared it to be within.
        evidence_use: EVIDENCE or INFORMATION_ONLY.
    """

    consulted: bool | None = None
    offence_codes: str | None = None
    offence_scope: str | None = None
    in_scope: bool | None = None
    evidence_use: str | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:  # noqa: ARG001 - every judge has this signature
    """All its offences lie in the scope, or it is declared outside and serves as information only."""
    if not known(facts.consulted, "consultation_key"):
        return does_not_apply(Reason.REPORT_OF_NO_CONSULTATION)
    codes = listed(facts.offence_codes, "offence_codes")
    if not codes:
        raise UnjudgeableError(Reason.REPORT_WITHOUT_OFFENCE)
    if codes <= listed(facts.offence_scope, "offence_scope"):
        return passes(Reason.REPORT_IN_SCOPE)
    if known(facts.in_scope, "in_scope"):
        return fails(Reason.REPORT_DECLARED_IN_SCOPE)
    informs = known(facts.evidence_use, "evidence_use") == INFORMATION_ONLY
    return passes(Reason.REPORT_FOR_INFORMATION) if informs else fails(Reason.REPORT_OUT_OF_SCOPE_AS_EVIDENCE)
