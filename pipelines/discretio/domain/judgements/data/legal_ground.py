"""ART2-2-LEGAL-GROUND: each entry names the ground on which it is processed, one of its regime (bill art. 2 §2)."""

from __future__ import annotations

from dataclasses import dataclass

from discretio.domain.judgements.answers import Circumstances, fails, filled, judged, known, passes, words_of
from discretio.domain.judgements.data import grounds
from discretio.domain.judgements.data.reasons import Reason
from discretio.domain.judgements.facts import may_lack
from discretio.domain.outcomes import Judgement

RULE_ID = "ART2-2-LEGAL-GROUND"


@dataclass(frozen=True, slots=True)
class Facts:
    """One entry.

    Attributes:
        legal_ground: the grounds recorded for it, | between.
        law_citation: the specific law, where that is the ground.
        regime: GDPR or T2.
        introducer_kind: what kind of participant introduced it.
    """

    legal_ground: str | None = may_lack("nobody recorded one, which is a fault")
    law_citation: str | None = may_lack("nobody cited a law")
    regime: str | None = None
    introducer_kind: str | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """A ground that the bill lists, and none of another regime; the law on the police for the police alone."""
    named = words_of(facts.legal_ground)
    if not named:
        return fails(Reason.NO_GROUND)
    if named <= frozenset(under.words("consultation.article_names")):
        return fails(Reason.ONLY_458TER)
    fault = _fault_of_regime(facts, named) or _fault_of_list(facts, named)
    return passes(Reason.GROUND_RECORDED) if fault is None else fails(fault)


def _fault_of_regime(facts: Facts, named: frozenset[str]) -> Reason | None:
    foreign = grounds.OF_TITLE_2 if known(facts.regime, "regime") == grounds.GDPR else grounds.OF_GDPR
    if named & foreign:
        return Reason.GROUND_OF_ANOTHER_REGIME
    of_police = grounds.POLICE_LAW in named and known(facts.introducer_kind, "introducer_kind") != grounds.POLICE
    return Reason.GROUND_OF_THE_POLICE if of_police else None


def _fault_of_list(facts: Facts, named: frozenset[str]) -> Reason | None:
    listed = named & grounds.LISTED
    if not listed:
        return Reason.UNLISTED_GROUND
    return Reason.LAW_NOT_CITED if listed == {grounds.SPECIFIC_LAW} and not filled(facts.law_citation) else None
