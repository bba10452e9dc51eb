"""ART2-3-INVESTIGATION-SECRECY: what falls under the secrecy of an investigation, only if relevant (bill, commentary).

Released by the prosecution, for an investigating judge through it, and introduced by the police or the prosecution.
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
    passes,
)
from discretio.domain.judgements.data.reasons import Reason
from discretio.domain.judgements.facts import may_lack
from discretio.domain.outcomes import Judgement

RULE_ID = "ART2-3-INVESTIGATION-SECRECY"
RELEASING = frozenset({"PROSECUTOR", "INVESTIGATING_JUDGE"})
INTRODUCING = frozenset({"INTEGRATED_POLICE", "PROSECUTOR"})


@dataclass(frozen=True, slots=True)
class Facts:
    """One entry.

    Attributes:
        investigation_secrecy: whether it falls under it.
        from_police_report: whether it is taken from a police report.
        relevance_note: why it is relevant.
        release_authority: who released it.
        introducer_kind: what kind of participant introduced it.
    """

    investigation_secrecy: bool | None = None
    from_police_report: bool | None = may_lack("the store doesn't tell")
    relevance_note: str | None = may_lack("nobody gave one, which is a fault")
    release_authority: str | None = may_lack("nobody released it, which is a fault")
    introducer_kind: str | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:  # noqa: ARG001 - every judge has this signature
    """Relevant, released, and introduced by who may; what comes from a police report says whether it is secret."""
    if not known(facts.investigation_secrecy, "investigation_secrecy"):
        return fails(Reason.REPORT_NOT_FLAGGED) if facts.from_police_report else does_not_apply(Reason.NO_INVESTIGATION_SECRECY)
    if not filled(facts.relevance_note):
        return fails(Reason.NO_RELEVANCE_GIVEN)
    if facts.release_authority not in RELEASING:
        return fails(Reason.NOT_RELEASED)
    introduced = known(facts.introducer_kind, "introducer_kind") in INTRODUCING
    return passes(Reason.RELEASED_AND_RELEVANT) if introduced else fails(Reason.INTRODUCED_BY_ANOTHER)
