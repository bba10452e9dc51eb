"""ART5-SAME-RULES: a representative is bound like who tells him, and says so before (bill art. 5 al. 2).

The duty arises by law; the acknowledgement is evidence of it only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from discretio.domain.judgements.answers import Circumstances, day, does_not_apply, fails, judged, known, passes
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.representative.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "ART5-SAME-RULES"


@dataclass(frozen=True, slots=True)
class Facts:
    """One mandate.

    Attributes:
        was_briefed: whether the representative was ever briefed.
        first_briefing_at: when for the first time.
        acknowledged: whether the representative acknowledged any rules of the participant.
        acknowledged_at: when for the first time.
        knows_current_rules: whether one of the acknowledgements names the rules in force.
    """

    was_briefed: bool | None = None
    first_briefing_at: datetime | None = may_lack("there was none, or nobody knows when")
    acknowledged: bool | None = None
    acknowledged_at: datetime | None = may_lack("there is none, or nobody knows when")
    knows_current_rules: bool | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:  # noqa: ARG001 - every judge has these two arguments
    """Acknowledged no later than the first briefing, in the version in force."""
    if not known(facts.was_briefed, "representative_user"):
        return does_not_apply(Reason.NEVER_BRIEFED)
    if not known(facts.acknowledged, "user_key"):
        return fails(Reason.RULES_NOT_ACKNOWLEDGED)
    if day(known(facts.acknowledged_at, "ack_at")) > day(known(facts.first_briefing_at, "at")):
        return fails(Reason.RULES_ACKNOWLEDGED_LATE)
    current = known(facts.knows_current_rules, "secrecy_rule_set")
    return passes(Reason.RULES_ACKNOWLEDGED) if current else fails(Reason.OLD_RULES_ACKNOWLEDGED)
