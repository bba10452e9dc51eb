"""CPAS-46BIS1: a welfare centre gives administrative data, on a written request with reasons (art. 46bis/1)."""

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
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.secrecy.reasons import Reason
from discretio.domain.outcomes import Judgement
from discretio.law.special_classes import categories_mask

GROUND = "46BIS1"

RULE_ID = "CPAS-46BIS1"


@dataclass(frozen=True, slots=True)
class Facts:
    """One disclosure.

    Attributes:
        legal_ground: the ground recorded for it.
        request_ref: the request.
        written_reasoned: whether the request was in writing and gave reasons.
        categories: what was disclosed, as bits.
        only_benefit_status: whether what goes beyond the administrative categories is the mere status of a benefit.
        special_classes: the special classes disclosed, as bits.
        has_narrative: whether something confidential was told in words.
    """

    legal_ground: str | None = None
    request_ref: str | None = may_lack("it was spontaneous, which is a fault")
    written_reasoned: bool | None = None
    categories: int | None = None
    only_benefit_status: bool | None = None
    special_classes: int | None = None
    has_narrative: bool | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """On a request, and no more than administrative data."""
    if known(facts.legal_ground, "legal_ground") != GROUND:
        return does_not_apply(Reason.NOT_UNDER_46BIS1)
    if not filled(facts.request_ref):
        return fails(Reason.WELFARE_DATA_UNASKED)
    if not known(facts.written_reasoned, "written_reasoned"):
        return fails(Reason.WELFARE_REQUEST_WITHOUT_REASONS)
    if known(facts.special_classes, "special_classes") or known(facts.has_narrative, "has_narrative"):
        return fails(Reason.WELFARE_DATA_CONFIDENTIAL)
    allowed = categories_mask(int(number) for number in under.words("cpas.administrative"))
    beyond = int(known(facts.categories, "categories")) & ~allowed
    if beyond and not known(facts.only_benefit_status, "only_benefit_status"):
        return fails(Reason.WELFARE_DATA_BEYOND)
    return passes(Reason.WELFARE_DATA_ADMINISTRATIVE)
