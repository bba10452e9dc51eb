"""ART2-1-SCOPE: the bill is for federal bodies and the police; the others have their own law (bill art. 2 §1).

Never the bill for a Flemish body, which is under its decree. A federal body under the law in force is no fault as long as
nobody adopted the bill.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from discretio.domain.judgements.answers import Circumstances, fails, judged, known, passes
from discretio.domain.judgements.scope.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "ART2-1-SCOPE"
BASE = "GDPR-BASE"
_LOCAL_SAFETY_CELL = "BE-LAW-LIVC-2018"
_FEDERAL = frozenset({"BE-BILL-56-0485", "BE-FUTURE-LAW", _LOCAL_SAFETY_CELL})
_FLEMISH = frozenset({"VL-DECREE-2023-06-30", "VL-DECREE-2024-03-29", _LOCAL_SAFETY_CELL, BASE})
_OTHERS = frozenset({BASE, _LOCAL_SAFETY_CELL})
POLICIES: Mapping[str, frozenset[str]] = {"FEDERAL": _FEDERAL, "POLICE": _FEDERAL, "FLEMISH": _FLEMISH} | dict.fromkeys(
    ("FR_COMM", "WALLOON", "BRUSSELS", "GERMAN", "LOCAL", "PRIVATE"), _OTHERS
)


@dataclass(frozen=True, slots=True)
class Facts:
    """One participant.

    Attributes:
        level: to which level of government it belongs.
        policy_set: the policy set that the store applies to what it introduces.
    """

    level: str | None = None
    policy_set: str | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """The policy set is one for participants of this level."""
    fitting = POLICIES.get(known(facts.level, "level"))
    if fitting is None:
        return fails(Reason.NO_POLICY_FOR_THIS_LEVEL)
    if fitting is _FEDERAL and under.policy.adoption is None:
        fitting |= {BASE}
    applied = known(facts.policy_set, "policy_set")
    return passes(Reason.POLICY_FITS) if applied in fitting else fails(Reason.POLICY_OF_ANOTHER_LEVEL)
