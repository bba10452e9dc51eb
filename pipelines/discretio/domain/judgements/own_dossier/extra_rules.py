"""ART4-PROTOCOL-EXTRA: a protocol may be stricter than the law about own copies, and then binds (commentary on art. 4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from discretio.domain.agreed_terms import read_agreed_term
from discretio.domain.dues import DueStatus
from discretio.domain.judgements.answers import Circumstances, UnjudgeableError, does_not_apply, fails, judged, known, passes
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.own_dossier.clocks import closure_of, standing_of
from discretio.domain.judgements.own_dossier.reasons import Reason
from discretio.domain.outcomes import Judgement
from discretio.law.periods import Period

RULE_ID = "ART4-PROTOCOL-EXTRA"
NO_OWN_COPY, CATEGORY_BAN, SHORTER_TERM = "NO_OWN_COPY", "CATEGORY_BAN", "SHORTER_TERM"


@dataclass(frozen=True, slots=True)
class Facts:
    """One own copy, and what the protocol of its consultation adds.

    Attributes:
        kinds: the kinds of its extra rules, | between; empty if it has none.
        holds_banned_category: whether its entry holds a category that no copy may.
        terms: the terms that it sets from the closure, | between.
        closed_at: when the dossier was closed.
        closed_precision: how precisely that is known.
    """

    kinds: str | None = None
    holds_banned_category: bool | None = None
    terms: str | None = may_lack("it sets none")
    closed_at: datetime | None = may_lack("it is open, so no term runs")
    closed_precision: str | None = may_lack("the day is known")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """Each extra rule of the protocol is kept."""
    kinds = set(filter(None, known(facts.kinds, "consultation_key").split("|")))
    if not kinds:
        return does_not_apply(Reason.NO_EXTRA_RULE)
    if NO_OWN_COPY in kinds:
        return fails(Reason.PROTOCOL_FORBIDS_COPIES)
    if CATEGORY_BAN in kinds and known(facts.holds_banned_category, "categories"):
        return fails(Reason.PROTOCOL_FORBIDS_CATEGORY)
    if SHORTER_TERM in kinds and _is_over(facts, under):
        return fails(Reason.PROTOCOL_TERM_EXPIRED)
    if kinds - {CATEGORY_BAN, SHORTER_TERM}:
        raise UnjudgeableError(Reason.EXTRA_RULE_UNREADABLE)
    return passes(Reason.EXTRA_RULES_KEPT)


def _is_over(facts: Facts, under: Circumstances) -> bool:
    """Whether one of the terms has run out for certain."""
    terms = [read_agreed_term(text) for text in known(facts.terms, "term").split("|")]
    readable = [term for term in terms if isinstance(term, Period)]
    closed = closure_of(facts.closed_at, facts.closed_precision)
    if closed is not None and any(standing_of(closed, term, None, under) is DueStatus.OVERDUE for term in readable):
        return True
    if len(readable) < len(terms):
        raise UnjudgeableError(Reason.EXTRA_RULE_UNREADABLE)
    return False
