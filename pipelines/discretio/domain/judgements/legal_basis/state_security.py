"""CP458TER-NO-STATE-SECURITY: the security of the State or of the public is no purpose of a consultation (COL 3.2, note 13).

The law as it was passed dropped it. Whether terrorist offences are meant instead, only a data protection officer can say.
"""

from __future__ import annotations

from dataclasses import dataclass

from discretio.domain.judgements.answers import Circumstances, fails, judged, listed, passes
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.legal_basis.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "CP458TER-NO-STATE-SECURITY"
NO_PURPOSES = frozenset({"STATE_SECURITY", "PUBLIC_SECURITY"})


@dataclass(frozen=True, slots=True)
class Facts:
    """One consultation.

    Attributes:
        purposes: its purposes, | between.
        purpose_text: its purpose in words.
    """

    purposes: str | None = None
    purpose_text: str | None = may_lack("nobody described it")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """Neither among the purposes, nor as the whole of what describes it."""
    label = " ".join((facts.purpose_text or "").casefold().split())
    if label in {words.casefold() for words in under.words("state_security.words")}:
        return fails(Reason.STATE_SECURITY_NAMED)
    if listed(facts.purposes, "purposes") & NO_PURPOSES:
        return fails(Reason.STATE_SECURITY_NAMED)
    return passes(Reason.NO_STATE_SECURITY)
