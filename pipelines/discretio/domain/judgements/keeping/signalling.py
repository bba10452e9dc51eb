"""ART2-3-1-SIGNAL-NECESSARY: the organiser sees a draft once it is signalled, as far as needed (bill art. 2 §3, 1°)."""

from __future__ import annotations

from dataclasses import dataclass

from discretio.domain.judgements.answers import Circumstances, does_not_apply, fails, filled, judged, known, passes
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.keeping.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "ART2-3-1-SIGNAL-NECESSARY"
EXPLICIT = "EXPLICIT"


@dataclass(frozen=True, slots=True)
class Facts:
    """One dossier that began as a draft.

    Attributes:
        drafted: whether it is a draft, or was one until it was signalled.
        signalled: whether it was signalled.
        necessity_note: why that was necessary.
        selection: EXPLICIT or ALL.
        seen_before: whether the organiser saw it without, or before, the signalling.
    """

    drafted: bool | None = None
    signalled: bool | None = None
    necessity_note: str | None = may_lack("nobody said why, which is a fault")
    selection: str | None = None
    seen_before: bool | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:  # noqa: ARG001 - every judge has this signature
    """Not seen before, signalled with a reason, and with entries that somebody chose."""
    if not known(facts.drafted, "kind"):
        return does_not_apply(Reason.NEVER_A_DRAFT)
    if known(facts.seen_before, "access_log"):
        return fails(Reason.SEEN_WITHOUT_SIGNALLING)
    if not known(facts.signalled, "signallings"):
        return does_not_apply(Reason.NOT_SIGNALLED)
    if not filled(facts.necessity_note):
        return fails(Reason.SIGNALLED_WITHOUT_REASON)
    chosen = known(facts.selection, "selection") == EXPLICIT
    return passes(Reason.SIGNALLED_AS_NEEDED) if chosen else fails(Reason.SIGNALLED_WHOLE)
