"""ART2-2-SPECIAL-GROUND: special data need a condition more than others (bill art. 2 §2 al. 4).

Under the GDPR 6(1)(e), and 9(2)(g) or (c); under title 2 articles 33 and 34. Consent is on no list of the bill.
"""

from __future__ import annotations

from dataclasses import dataclass

from discretio.domain.judgements.answers import (
    Circumstances,
    UnjudgeableError,
    does_not_apply,
    fails,
    filled,
    judged,
    known,
    passes,
    warns,
    words_of,
)
from discretio.domain.judgements.data import grounds
from discretio.domain.judgements.data.reasons import Reason
from discretio.domain.judgements.facts import may_lack
from discretio.domain.outcomes import Judgement

RULE_ID = "ART2-2-SPECIAL-GROUND"
AND = "AND"


@dataclass(frozen=True, slots=True)
class Facts:
    """One entry.

    Attributes:
        special_declared: the special classes declared for it, as bits.
        regime: GDPR or T2.
        legal_ground: the grounds recorded for it, | between.
        law_citation: the law that gives the task.
        necessity_note: why it is necessary.
        strict_necessity: title 2: whether somebody confirmed that it strictly is.
        vital_interest_note: which vital interest, and why nobody could consent.
    """

    special_declared: int | None = None
    regime: str | None = None
    legal_ground: str | None = may_lack("nobody recorded one, which is a fault")
    law_citation: str | None = may_lack("nobody cited a law, which is a fault")
    necessity_note: str | None = may_lack("nobody gave one, which is a fault")
    strict_necessity: bool | None = may_lack("nobody confirmed it, which is a fault")
    vital_interest_note: str | None = may_lack("nobody gave one")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """The two grounds of the regime, necessity, and a law."""
    if not int(known(facts.special_declared, "special_declared")) & grounds.SPECIAL_BITS:
        return does_not_apply(Reason.NO_SPECIAL_DATA_DECLARED)
    regime = known(facts.regime, "regime")
    if regime not in (grounds.GDPR, grounds.TITLE_2):
        raise UnjudgeableError(Reason.REGIME_UNKNOWN)
    fault = _fault_under_gdpr(facts, under) if regime == grounds.GDPR else _fault_under_title_2(facts)
    if fault is not None:
        return fails(fault)
    if not filled(facts.law_citation):
        return fails(Reason.NO_LAW_BEHIND_THE_GROUND)
    consented = words_of(facts.legal_ground) & grounds.CONSENT
    return warns(Reason.CONSENT_IS_NO_GROUND) if consented else passes(Reason.SPECIAL_GROUND_RECORDED)


def _fault_under_gdpr(facts: Facts, under: Circumstances) -> Reason | None:
    named = words_of(facts.legal_ground)
    if under.choice("ground.special") == AND and grounds.TASK_GDPR not in named:
        return Reason.NO_TASK_GROUND
    if not named & {grounds.PUBLIC_INTEREST, grounds.VITAL}:
        return Reason.NO_SPECIAL_GROUND
    if grounds.PUBLIC_INTEREST not in named and not filled(facts.vital_interest_note):
        return Reason.NO_VITAL_INTEREST_GIVEN
    return None if filled(facts.necessity_note) else Reason.NO_NECESSITY_GIVEN


def _fault_under_title_2(facts: Facts) -> Reason | None:
    if not words_of(facts.legal_ground) >= grounds.OF_TITLE_2:
        return Reason.NO_SPECIAL_GROUND
    return None if facts.strict_necessity else Reason.NOT_STRICTLY_NECESSARY
