"""BG-LED-CATEGORIES: suspects, convicts, victims and witnesses are told apart as far as possible (law art. 31)."""

from __future__ import annotations

from dataclasses import dataclass

from discretio.domain.judgements.accountability.reasons import Reason
from discretio.domain.judgements.answers import (
    Circumstances,
    does_not_apply,
    fails,
    judged,
    known,
    passes,
    warns,
)
from discretio.domain.judgements.facts import may_lack
from discretio.domain.outcomes import Judgement

RULE_ID = "BG-LED-CATEGORIES"
TITLE_2 = "T2"
CLASSES = frozenset({"SUSPECT", "CONVICTED", "VICTIM", "WITNESS", "OTHER"})


@dataclass(frozen=True, slots=True)
class Facts:
    """One entry.

    Attributes:
        regime: GDPR or T2: under which it is processed.
        t2_class: the class of the person that it is about.
        unset_share: the share of its introducer's title 2 entries without a class.
    """

    regime: str | None = None
    t2_class: str | None = may_lack("nobody said, as far as that is possible")
    unset_share: float | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """One of the classes; a warning where too many entries of the introducer have none."""
    if known(facts.regime, "regime") != TITLE_2:
        return does_not_apply(Reason.CLASS_NOT_ASKED)
    if facts.t2_class is not None:
        return passes(Reason.CLASS_SET) if facts.t2_class in CLASSES else fails(Reason.CLASS_UNKNOWN)
    often = known(facts.unset_share, "t2_class") > under.number("t2_class.unset_warn")
    return warns(Reason.CLASS_UNSET_OFTEN) if often else passes(Reason.CLASS_UNSET_RARELY)
