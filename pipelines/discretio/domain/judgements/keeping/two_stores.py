"""ART2-3-3-ONLY-TWO-STORES: data of a consultation are in a shared dossier or in an own one, nowhere else (art. 2 §3, 3°).

Minutes in a mailbox are a copy too. Other places are looked at only if their controller asked for it.
"""

from __future__ import annotations

from dataclasses import dataclass

from discretio.domain.judgements.answers import Circumstances, UnjudgeableError, fails, judged, known, passes
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.keeping.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "ART2-3-3-ONLY-TWO-STORES"
LAWFUL = frozenset({"SHARED", "OWN", "ART8_LIST"})
OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class Facts:
    """One place.

    Attributes:
        kind: SHARED, OWN, ART8_LIST or OTHER.
        holds_data: whether it is known to hold data of a consultation.
        shadow_copies: whether an attachment of a dossier was found there.
        mandated: whether its controller asked that it be looked at.
    """

    kind: str | None = None
    holds_data: bool | None = may_lack("nobody knows")
    shadow_copies: bool | None = None
    mandated: bool | None = may_lack("he didn't")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:  # noqa: ARG001 - every judge has this signature
    """A kind that the law knows, or a place that was looked at and holds nothing."""
    kind = known(facts.kind, "kind")
    if kind in LAWFUL:
        return passes(Reason.LAWFUL_PLACE)
    if kind != OTHER:
        raise UnjudgeableError(Reason.UNKNOWN_PLACE)
    if facts.shadow_copies:
        return fails(Reason.SHADOW_COPY)
    if facts.holds_data:
        return fails(Reason.DATA_ELSEWHERE)
    if not facts.mandated:
        raise UnjudgeableError(Reason.NOT_MANDATED)
    known(facts.shadow_copies, "shadow_copies")
    return passes(Reason.NOTHING_ELSEWHERE)
