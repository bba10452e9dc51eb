"""COL-4.4-DOUBT-PG: a prosecutor who doubts whether something may be said consults the prosecutor general (COL 4.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from discretio.domain.judgements.answers import Circumstances, does_not_apply, fails, judged, known, passes
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.legal_basis.bases import PROSECUTOR
from discretio.domain.judgements.legal_basis.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "COL-4.4-DOUBT-PG"
LEGALITY_DOUBT = "LEGALITY_DOUBT"


@dataclass(frozen=True, slots=True)
class Facts:
    """One issue; what it is about is never read.

    Attributes:
        kind: LEGALITY_DOUBT or another.
        raised_by_kind: what kind of participant raised it.
        pg_consulted_at: when the prosecutor general was consulted.
        closed_at: when it was closed.
    """

    kind: str | None = None
    raised_by_kind: str | None = None
    pg_consulted_at: datetime | None = may_lack("he wasn't")
    closed_at: datetime | None = may_lack("it is open")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:  # noqa: ARG001 - every judge has this signature
    """No doubt of the prosecution is closed before the prosecutor general was consulted."""
    if known(facts.kind, "kind") != LEGALITY_DOUBT or known(facts.raised_by_kind, "raised_by") != PROSECUTOR:
        return does_not_apply(Reason.NO_DOUBT_OF_THE_PROSECUTION)
    consulted, closed = facts.pg_consulted_at, facts.closed_at
    if consulted is not None and (closed is None or consulted <= closed):
        return passes(Reason.DOUBT_PUT_TO_PG)
    return does_not_apply(Reason.DOUBT_STILL_OPEN) if closed is None else fails(Reason.DOUBT_CLOSED_WITHOUT_PG)
