"""YOUTH-REPORT-NO-REUSE: what comes from a youth report serves no other procedure (COL 3.4.5.3)."""

from __future__ import annotations

from dataclasses import dataclass

from discretio.domain.judgements.answers import (
    Circumstances,
    does_not_apply,
    fails,
    judged,
    known,
    passes,
    words_of,
)
from discretio.domain.judgements.youth.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "YOUTH-REPORT-NO-REUSE"


@dataclass(frozen=True, slots=True)
class Facts:
    """One entry; the youth judge's own file is the same procedure.

    Attributes:
        youth_source: whether it comes from a youth report.
        copied: whether somebody other than the court holds an own copy.
        grounds: the grounds on which it was disclosed to others than the youth judge, | between; empty if never.
    """

    youth_source: bool | None = None
    copied: bool | None = None
    grounds: str | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """No own copy, and no disclosure into another procedure."""
    if not known(facts.youth_source, "youth_source"):
        return does_not_apply(Reason.NO_YOUTH_SOURCE)
    if words_of(facts.grounds) & set(under.words("youth.forbidden_grounds")):
        return fails(Reason.YOUTH_ELEMENT_IN_ANOTHER_PROCEDURE)
    if known(facts.copied, "holder"):
        return fails(Reason.YOUTH_ELEMENT_COPIED)
    known(facts.grounds, "legal_ground")
    return passes(Reason.YOUTH_ELEMENT_KEPT)
