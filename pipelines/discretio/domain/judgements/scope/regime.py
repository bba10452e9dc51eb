"""ART2-2-REGIME: each entry is under the GDPR or under title 2, as its introducer is (bill art. 2 §2 al. 4)."""

from __future__ import annotations

from dataclasses import dataclass

from discretio.domain.judgements.answers import Circumstances, does_not_apply, fails, judged, known, passes, warns
from discretio.domain.judgements.scope.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "ART2-2-REGIME"
GDPR, TITLE_2, TITLE_3 = "GDPR", "T2", "T3"
COMPETENT = frozenset({"INTEGRATED_POLICE", "PROSECUTOR", "COURT", "CUSTOMS_CTIF"})


@dataclass(frozen=True, slots=True)
class Facts:
    """One entry.

    Attributes:
        regime: under which it is processed.
        introducer_regime: under which its introducer is.
        introducer_kind: what kind of participant that is.
    """

    regime: str | None = None
    introducer_regime: str | None = None
    introducer_kind: str | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:  # noqa: ARG001 - every judge has this signature
    """One regime, that of the introducer; title 2 for competent authorities only.

    The police are under the GDPR as an employer: what they enter under it is asked about, not refused.
    """
    introducer = known(facts.introducer_regime, "introducer_regime")
    if introducer == TITLE_3:
        return does_not_apply(Reason.TITLE_3)
    regime = known(facts.regime, "regime")
    if regime not in (GDPR, TITLE_2) or introducer not in (GDPR, TITLE_2):
        return fails(Reason.UNKNOWN_REGIME)
    if regime == TITLE_2:
        competent = introducer == TITLE_2 and known(facts.introducer_kind, "introducer_kind") in COMPETENT
        return passes(Reason.REGIME_FITS) if competent else fails(Reason.NO_COMPETENT_AUTHORITY)
    return passes(Reason.REGIME_FITS) if introducer == GDPR else warns(Reason.REGIME_OF_AN_EMPLOYER)
