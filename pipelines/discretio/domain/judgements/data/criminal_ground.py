"""ART2-2-CRIMINAL-GROUND: category 9 needs a ground of its own, and a list of who has access (bill art. 2 §2, 9°).

Suspicion, being a victim and facts of youth count as criminal data as far as the lexicons say so.
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
    words_of,
)
from discretio.domain.judgements.data import grounds
from discretio.domain.judgements.data.reasons import Reason
from discretio.domain.judgements.facts import may_lack
from discretio.domain.outcomes import Judgement

RULE_ID = "ART2-2-CRIMINAL-GROUND"


@dataclass(frozen=True, slots=True)
class Facts:
    """One entry.

    Attributes:
        categories: the categories declared for it, as bits.
        special_declared: the special classes declared for it, as bits.
        regime: GDPR or T2.
        legal_ground: the grounds recorded for it, | between.
        has_access_list: whether its introducer keeps the list of who has access to criminal data.
    """

    categories: int | None = None
    special_declared: int | None = None
    regime: str | None = None
    legal_ground: str | None = may_lack("nobody recorded one, which is a fault")
    has_access_list: bool | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:  # noqa: ARG001 - every judge has this signature
    """GDPR 10 with art. 10 of the law, or art. 33 (with 34 for special data) or the law on the police; and the list."""
    if not grounds.has(known(facts.categories, "categories"), grounds.CRIMINAL_CATEGORY):
        return does_not_apply(Reason.NO_CRIMINAL_DATA)
    if not _is_grounded(facts):
        return fails(Reason.NO_CRIMINAL_GROUND)
    if not known(facts.has_access_list, "access_category_lists"):
        return fails(Reason.NO_ACCESS_LIST)
    return passes(Reason.CRIMINAL_GROUND_RECORDED)


def _is_grounded(facts: Facts) -> bool:
    named, regime = words_of(facts.legal_ground), known(facts.regime, "regime")
    if regime == grounds.GDPR:
        return named >= {grounds.CRIMINAL_GDPR, grounds.CRIMINAL_LAW}
    if regime != grounds.TITLE_2:
        raise UnjudgeableError(Reason.REGIME_UNKNOWN)
    if grounds.POLICE_LAW in named:
        return True
    special = int(known(facts.special_declared, "special_declared")) & grounds.SPECIAL_BITS
    return named >= (grounds.OF_TITLE_2 if special else {grounds.TASK_TITLE_2})
