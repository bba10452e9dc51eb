"""ART2-2-SPECIAL-DETECT: special and criminal data that an entry holds are declared as such (bill art. 2 §2 al. 3)."""

from __future__ import annotations

from dataclasses import dataclass

from discretio.domain.judgements.answers import Circumstances, UnjudgeableError, fails, judged, known, passes
from discretio.domain.judgements.reasons import Reason
from discretio.domain.outcomes import Judgement
from discretio.law.special_classes import SPECIAL_DATA, Flag

RULE_ID = "ART2-2-SPECIAL-DETECT"


@dataclass(frozen=True, slots=True)
class Facts:
    """One entry with its attachments.

    Attributes:
        declared: the special classes declared for it; empty if none was, None if the store doesn't tell.
        detected: the classes found in it, marks of barred documents included; None if nobody looked.
        examined: whether all of it could be examined; None if nobody looked.
    """

    declared: frozenset[Flag] | None = None
    detected: frozenset[Flag] | None = None
    examined: bool | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:  # noqa: ARG001 - every judge has this signature
    """Every special class found is declared; marks that bar a document are the business of other rules."""
    declared = known(facts.declared, "special_declared")
    detected = (facts.detected or frozenset()) & frozenset(SPECIAL_DATA)
    if not detected <= declared:
        return fails(Reason.UNDECLARED_SPECIAL_DATA)
    if not facts.examined or facts.detected is None:
        raise UnjudgeableError(Reason.NOT_EXAMINED)
    return passes(Reason.SPECIAL_DATA_DECLARED if detected else Reason.NO_SPECIAL_DATA)
