"""COL-3.7-EXCLUDED-PURPOSE: traffic, tax and the collection of fines are no offences to consult about (COL 3.7).

Only the purpose is excluded: a debt or a traffic fact may well be context.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from discretio.domain.judgements.answers import (
    Circumstances,
    does_not_apply,
    fails,
    judged,
    listed,
    passes,
    warns,
    words_of,
)
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.legal_basis.purpose import PURPOSES
from discretio.domain.judgements.legal_basis.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "COL-3.7-EXCLUDED-PURPOSE"
EXCLUDED = frozenset({"TRAFFIC", "TAX", "FINE_EXECUTION"})


@dataclass(frozen=True, slots=True)
class Facts:
    """One basis.

    Attributes:
        offence_scope: the fields that it serves, | between; empty if it names none.
        purposes: the purposes of its consultation, | between.
        purpose_text: the purpose of its consultation in words.
    """

    offence_scope: str | None = None
    purposes: str | None = may_lack("no purpose was named")
    purpose_text: str | None = may_lack("nobody described it")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """No excluded field; a warning if the words sound like one and no purpose of the law is named."""
    if listed(facts.offence_scope, "offence_scope") & EXCLUDED:
        return fails(Reason.EXCLUDED_FIELD)
    if words_of(facts.purposes) & PURPOSES:
        return passes(Reason.NO_EXCLUDED_FIELD)
    said = frozenset(re.findall(r"\w+", (facts.purpose_text or "").casefold()))
    if any(word.casefold() in said for word in under.words("excluded_purpose.words")):
        return warns(Reason.SOUNDS_EXCLUDED)
    return does_not_apply(Reason.NO_PURPOSE_NAMED) if not said else passes(Reason.NO_EXCLUDED_FIELD)
