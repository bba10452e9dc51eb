"""ART2-2-REGIME: each entry is under the GDPR or under title 2, as its introducer is (bill art. 2 §2 al. 4).

The texts leave open whether the regime of the organiser could hold for the whole dossier; by default it doesn't (A-02).
"""

from __future__ import annotations

from dataclasses import dataclass

from discretio.domain.judgements.answers import Circumstances, does_not_apply, fails, judged, known, passes, warns
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.scope.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "ART2-2-REGIME"
GDPR, TITLE_2, TITLE_3 = "GDPR", "T2", "T3"
DOSSIER = "DOSSIER"
COMPETENT = frozenset({"INTEGRATED_POLICE", "PROSECUTOR", "COURT", "CUSTOMS_CTIF"})


@dataclass(frozen=True, slots=True)
class Facts:
    """One entry.

    Attributes:
        regime: under which it is processed.
        introducer_regime: under which its introducer is.
        introducer_kind: what kind of participant that is.
        organiser_regime: under which the owner or organiser of its dossier is.
        organiser_kind: what kind of participant that is.
    """

    regime: str | None = None
    introducer_regime: str | None = None
    introducer_kind: str | None = None
    organiser_regime: str | None = may_lack("asked only where the dossier's regime holds for all its entries")
    organiser_kind: str | None = may_lack("asked only where the dossier's regime holds for all its entries")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """One regime, that of the introducer, or of the organiser for the whole dossier; title 2 for competent authorities only.

    The police are under the GDPR as an employer: what they enter under it is asked about, not refused.
    """
    of_dossier = under.choice("policy.scope") == DOSSIER
    governing = known(facts.organiser_regime, "owner") if of_dossier else known(facts.introducer_regime, "introducer_regime")
    kind = facts.organiser_kind if of_dossier else facts.introducer_kind
    if governing == TITLE_3:
        return does_not_apply(Reason.TITLE_3)
    regime = known(facts.regime, "regime")
    if regime not in (GDPR, TITLE_2) or governing not in (GDPR, TITLE_2):
        return fails(Reason.UNKNOWN_REGIME)
    if regime == TITLE_2:
        competent = governing == TITLE_2 and known(kind, "introducer_kind") in COMPETENT
        return passes(Reason.REGIME_FITS) if competent else fails(Reason.NO_COMPETENT_AUTHORITY)
    return passes(Reason.REGIME_FITS) if governing == GDPR else warns(Reason.REGIME_OF_AN_EMPLOYER)
