"""ART2-2-458TER-NOT-A-GROUND: the article on consultations lets people speak; it is no ground to process what they say.

It holds today, whatever becomes of the bill.
"""

from __future__ import annotations

from dataclasses import dataclass

from discretio.domain.judgements.answers import Circumstances, does_not_apply, fails, judged, listed, passes
from discretio.domain.judgements.data.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "ART2-2-458TER-NOT-A-GROUND"


@dataclass(frozen=True, slots=True)
class Facts:
    """One entry.

    Attributes:
        legal_ground: the grounds recorded for it, | between; empty if none was.
    """

    legal_ground: str | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """Another ground stands beside the article, under whichever number it is named."""
    named = listed(facts.legal_ground, "legal_ground")
    if not named:
        return does_not_apply(Reason.NO_GROUND_AT_ALL)
    bare = named <= frozenset(under.words("consultation.article_names"))
    return fails(Reason.ONLY_THE_ARTICLE) if bare else passes(Reason.GROUND_BESIDE_THE_ARTICLE)
