"""ART2-2-TITLE3: the bill gives a service under title 3 no ground in art. 2 §2, whatever its commentary says.

It is reported through the channel of its committee, or refused (A-20); nothing is deleted for it.
"""

from __future__ import annotations

from dataclasses import dataclass

from discretio.domain.judgements.answers import (
    Circumstances,
    does_not_apply,
    fails,
    filled,
    judged,
    known,
    warns,
    words_of,
)
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.scope.reasons import Reason
from discretio.domain.judgements.scope.regime import TITLE_3
from discretio.domain.outcomes import Judgement

RULE_ID = "ART2-2-TITLE3"
# The bill lists the GDPR and title 2 only: an entry of such a service is never in order.
NEVER = frozenset({"PASS"})
SPECIFIC_LAW, REPORT = "SPECIFIC_LAW", "REPORT"


@dataclass(frozen=True, slots=True)
class Facts:
    """One entry.

    Attributes:
        introducer_regime: under which regime its introducer is.
        legal_ground: the grounds recorded for it, | between.
        law_citation: the specific law that gives the task.
    """

    introducer_regime: str | None = None
    legal_ground: str | None = may_lack("no ground was recorded")
    law_citation: str | None = may_lack("no law was cited")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """At least the service's own organic law is cited, which is still no ground of the bill."""
    if known(facts.introducer_regime, "introducer_regime") != TITLE_3:
        return does_not_apply(Reason.NOT_TITLE_3)
    cited = SPECIFIC_LAW in words_of(facts.legal_ground) and filled(facts.law_citation)
    if not cited:
        return fails(Reason.TITLE_3_WITHOUT_GROUND)
    reported = under.choice("title3.entries") == REPORT
    return warns(Reason.TITLE_3_UNDER_ITS_OWN_LAW) if reported else fails(Reason.TITLE_3_UNDER_ITS_OWN_LAW)
