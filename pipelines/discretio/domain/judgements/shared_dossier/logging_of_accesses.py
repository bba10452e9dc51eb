"""ART3-2-LOGGING: a store under title 2 records who did what, when, why and for whom (bill art. 3 §2; LED art. 25)."""

from __future__ import annotations

from dataclasses import dataclass

from discretio.domain.judgements.answers import (
    Circumstances,
    UnjudgeableError,
    does_not_apply,
    fails,
    judged,
    known,
    listed,
    passes,
)
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.shared_dossier.reasons import Reason
from discretio.domain.outcomes import Judgement
from discretio.law.authorities import Regime
from discretio.law.periods import Period

RULE_ID = "ART3-2-LOGGING"


@dataclass(frozen=True, slots=True)
class Facts:
    """One log.

    Attributes:
        regime: GDPR, T2 or T3: that of the controller that keeps it.
        actions: which actions it records.
        has_incomplete_lines: whether a consultation or disclosure lacks who, when, why or, disclosed, to whom.
        chain_is_valid: whether its chain of hashes holds.
        longest_gap_minutes: longest time without a line while the store was up.
        kept_for: how long it is kept.
    """

    regime: str | None = None
    actions: str | None = None
    has_incomplete_lines: bool | None = None
    chain_is_valid: bool | None = None
    longest_gap_minutes: int | None = None
    kept_for: str | None = may_lack("nobody set a term, which is a fault")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """All actions are recorded, line by line, without gaps, in a chain that holds, and kept for a time that ends."""
    if known(facts.regime, "regime") != Regime.T2:
        return does_not_apply(Reason.LOG_NOT_ASKED)
    fault = _fault_of_lines(facts, under) or _fault_of_term(facts, under)
    return passes(Reason.LOG_COMPLETE) if fault is None else fails(fault)


def _fault_of_lines(facts: Facts, under: Circumstances) -> Reason | None:
    if set(under.words("log.actions")) - listed(facts.actions, "actions"):
        return Reason.LOG_LACKS_ACTIONS
    if known(facts.has_incomplete_lines, "action"):
        return Reason.LOG_LINES_INCOMPLETE
    if not known(facts.chain_is_valid, "chain_is_valid"):
        return Reason.LOG_CHAIN_BROKEN
    gap = known(facts.longest_gap_minutes, "longest_gap_minutes") > under.number("log.longest_gap_minutes")
    return Reason.LOG_GAP if gap else None


def _fault_of_term(facts: Facts, under: Circumstances) -> Reason | None:
    if facts.kept_for is None:
        return Reason.LOG_WITHOUT_TERM
    try:
        kept = Period.parse(facts.kept_for).after(under.as_of)
    except ValueError:
        raise UnjudgeableError(Reason.LOG_TERM_UNREADABLE) from None
    if kept < under.term("log.kept_at_least").after(under.as_of):
        return Reason.LOG_KEPT_TOO_SHORT
    return Reason.LOG_KEPT_TOO_LONG if kept > under.term("log.kept_at_most").after(under.as_of) else None
