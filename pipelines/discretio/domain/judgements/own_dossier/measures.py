"""ART4-MEASURES: what protects the shared dossier protects the own dossier too (bill art. 4 al. 3).

The bill refers to measures of article 2 §2, where there are none; those of article 3 §2 are meant, unless the
controller reads that it asks for none (A-11).
"""

from __future__ import annotations

from dataclasses import dataclass

from discretio.domain.judgements.answers import (
    Circumstances,
    UnjudgeableError,
    does_not_apply,
    fails,
    judged,
    known,
    passes,
    warns,
)
from discretio.domain.judgements.own_dossier.reasons import Reason
from discretio.domain.outcomes import Judgement, Outcome

RULE_ID = "ART4-MEASURES"
OWN, NONE = "OWN", "NONE"


@dataclass(frozen=True, slots=True)
class Facts:
    """One dossier, and the worst that the rules of art. 3 §2 answer about it and its owner.

    Attributes:
        kind: SHARED, OWN or PRESIGNAL.
        access: of ART3-2-ACCESS-MGMT, over its grants.
        logging: of ART3-2-LOGGING, over its owner's logs.
        lists: of ART3-2-ART9-10-34, for its owner.
        security: of ART3-2-SECURITY-ATTEST, for its owner.
    """

    kind: str | None = None
    access: str | None = None
    logging: str | None = None
    lists: str | None = None
    security: str | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """All four rules are met, as far as they apply."""
    if known(facts.kind, "kind") != OWN:
        return does_not_apply(Reason.NOT_OWN_DOSSIER)
    if under.choice("art4.measures") == NONE:
        return does_not_apply(Reason.MEASURES_NOT_ASKED)
    told = {"access_grants": facts.access, "logs": facts.logging, "access_lists": facts.lists, "attestations": facts.security}
    if Outcome.FAIL in told.values():
        return fails(Reason.MEASURES_NOT_MET)
    answers = {known(answer, name) for name, answer in told.items()}
    if Outcome.NOT_CHECKABLE in answers:
        raise UnjudgeableError(Reason.MEASURES_NOT_CHECKABLE)
    return warns(Reason.MEASURES_WARNED_OF) if Outcome.WARN in answers else passes(Reason.MEASURES_MET)
