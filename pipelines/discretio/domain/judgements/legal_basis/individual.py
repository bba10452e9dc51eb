"""COL-4.2-INDIVIDUAL-EXCEPTION: an authorisation for one case is a rare exception to working by protocol (COL 4.2, 3.6).

The shares are indicators of ours, no legal thresholds.
"""

from __future__ import annotations

from dataclasses import dataclass

from discretio.domain.judgements.answers import Circumstances, does_not_apply, fails, filled, judged, known, passes, warns
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.legal_basis.bases import INDIVIDUAL
from discretio.domain.judgements.legal_basis.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "COL-4.2-INDIVIDUAL-EXCEPTION"


@dataclass(frozen=True, slots=True)
class Facts:
    """One basis.

    Attributes:
        type: its type.
        exceptional_reason: what is exceptional about the case.
        no_protocol_reason: why no protocol would do.
        share: the share of individual ones among all authorisations of the same prosecution.
        rise: by how much they became more from the year before last to the last one, as a share.
    """

    type: str | None = None
    exceptional_reason: str | None = may_lack("nobody gave one, which is a fault")
    no_protocol_reason: str | None = may_lack("nobody gave one, which is a fault")
    share: float | None = may_lack("the store doesn't tell who granted them")
    rise: float | None = may_lack("there are too few to tell")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """Both reasons are given; a warning if individual authorisations are many, or many more than before."""
    if known(facts.type, "type") != INDIVIDUAL:
        return does_not_apply(Reason.NOT_INDIVIDUAL)
    if not filled(facts.exceptional_reason):
        return fails(Reason.NO_EXCEPTIONAL_REASON)
    if not filled(facts.no_protocol_reason):
        return fails(Reason.NO_REASON_AGAINST_PROTOCOL)
    if facts.share is not None and facts.share > under.number("individual_basis.share_warn"):
        return warns(Reason.INDIVIDUAL_TOO_OFTEN)
    if facts.rise is not None and facts.rise > under.number("individual_basis.rise_warn"):
        return warns(Reason.INDIVIDUAL_ON_THE_RISE)
    return passes(Reason.INDIVIDUAL_WITH_REASONS)
