"""ART2-2-CAT: every datum falls in one of the 16 categories of art. 2 §2."""

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
)
from discretio.domain.judgements.reasons import Reason, missing_parameter
from discretio.domain.outcomes import Judgement

RULE_ID = "ART2-2-CAT"
IDENTIFICATION, RISK, BEHAVIOUR = 1, 11, 14
ALL_BEHAVIOUR = "ALL_BEHAVIOUR"
# What may be found all the same in what needs no category: who a professional is, how to reach and what job she has.
EXEMPT = {"PROCEDURE": frozenset[int](), "PROFESSIONALS": frozenset({1, 2, 3})}


@dataclass(frozen=True, slots=True)
class Facts:
    """One entry with its attachments.

    Attributes:
        declared: the categories declared for it; empty if its author declared none, None if the store doesn't tell.
        detected: the categories found in it; None if nobody looked.
        examined: whether all of it could be examined; None if nobody looked.
        exempt: PROCEDURE if it tells the proceedings only (the day of a meeting), PROFESSIONALS if it tells only who acts in
            their role; None if it is neither, or the store doesn't tell.
        anonymous: whether its dossier is said to be anonymous (Protocol van Moed); None if the store doesn't tell.
    """

    declared: frozenset[int] | None = None
    detected: frozenset[int] | None = None
    examined: bool | None = None
    exempt: str | None = None
    anonymous: bool | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """Declared at least one category of the policy, and declared all that was found; nobody identified where nobody is to be.

    What was found and not declared is a fault even where another part of the entry could not be examined.
    """
    if facts.anonymous and IDENTIFICATION in (facts.detected or frozenset()):
        return fails(Reason.IDENTIFIED_THOUGH_ANONYMOUS)
    declared = known(facts.declared, "categories")
    if not under.policy.categories:
        raise UnjudgeableError(missing_parameter("categories"))
    if not declared:
        return _judge_undeclared(facts)
    if not declared <= under.policy.categories.keys():
        return fails(Reason.UNKNOWN_CATEGORY)
    if not (facts.detected or frozenset()) <= _covered(declared, under):
        return fails(Reason.UNDECLARED_CATEGORY_FOUND)
    if not facts.examined or facts.detected is None:
        raise UnjudgeableError(Reason.NOT_EXAMINED)
    return passes(Reason.CATEGORIES_DECLARED)


def _judge_undeclared(facts: Facts) -> Judgement:
    """Without a category it may be only if it is exempt, and nothing else was found in it."""
    allowed = EXEMPT.get(facts.exempt or "")
    if allowed is None:
        return fails(Reason.NO_CATEGORY)
    if not (facts.detected or frozenset()) <= allowed:
        return fails(Reason.UNDECLARED_CATEGORY_FOUND)
    if not facts.examined or facts.detected is None:
        raise UnjudgeableError(Reason.NOT_EXAMINED)
    return does_not_apply(Reason.NEEDS_NO_CATEGORY)


def _covered(declared: frozenset[int], under: Circumstances) -> frozenset[int]:
    """What the declared categories cover: the Dutch 11° speaks of all behaviour, the French one of behaviour at risk (A-04)."""
    wide = RISK in declared and BEHAVIOUR not in declared and under.choice("cat11.scope") == ALL_BEHAVIOUR
    return declared | {BEHAVIOUR} if wide else declared
