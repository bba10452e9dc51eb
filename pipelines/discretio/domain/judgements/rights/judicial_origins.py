"""What art. 6 of the bill covers: judicial decisions and files, and what is processed in an investigation and proceedings.

The French text says investigation *and* proceedings. Either suffices, unless the controller asks for both (A-17); art. 7 is
the exact complement.
"""

from __future__ import annotations

from discretio.domain.judgements.answers import Circumstances, UnjudgeableError
from discretio.domain.judgements.rights.reasons import Reason
from discretio.law.policy import ResolvedPolicy

NONE = "NONE"
WHOLE = frozenset({"DECISION", "FILE", "CRIMINAL_PROC"})
HALVES = frozenset({"INVESTIGATION", "PROCEEDINGS"})
ORIGINS = WHOLE | HALVES
EITHER_SUFFICES = "true"


def is_covered(origin: str, under: Circumstances) -> bool:
    """Whether art. 6 covers a datum of this origin.

    Raises:
        UnjudgeableError: no such origin is known, or the policy doesn't say how the article is read.
    """
    if origin not in ORIGINS | {NONE}:
        raise UnjudgeableError(Reason.UNKNOWN_JUDICIAL_ORIGIN)
    return origin in WHOLE or (origin in HALVES and halves_suffice(under))


def covered_origins(policy: ResolvedPolicy) -> frozenset[str]:
    """The origins that art. 6 covers; all where the policy doesn't say, since on the judicial way nothing is changed."""
    return ORIGINS if policy.values.get("art6.any", EITHER_SUFFICES) == EITHER_SUFFICES else WHOLE


def halves_suffice(under: Circumstances) -> bool:
    """Whether an investigation without proceedings, or proceedings without one, is enough."""
    return under.choice("art6.any") == EITHER_SUFFICES
