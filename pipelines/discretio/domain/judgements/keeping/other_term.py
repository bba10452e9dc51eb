"""ART2-3-4-OTHER-TERM: another term comes from another provision, cited, approved and limited (bill art. 2 §3, 4°).

An internal policy or a protocol is no provision. A shorter term always counts; a longer one in the participant's own dossiers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from discretio.domain.judgements.answers import (
    Circumstances,
    UnjudgeableError,
    day,
    does_not_apply,
    fails,
    filled,
    judged,
    known,
    passes,
    warns,
)
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.keeping.reasons import Reason
from discretio.domain.judgements.legal_basis.bases import ENACTED
from discretio.domain.outcomes import Judgement
from discretio.law.periods import Period

RULE_ID = "ART2-3-4-OTHER-TERM"
SHARED, OWN = "SHARED", "OWN"
OWN_ONLY = "OWN_ONLY"


@dataclass(frozen=True, slots=True)
class Facts:
    """One term of another provision.

    Attributes:
        provision: LAW, DECREE, ORDINANCE or IMPLEMENTING_ACT.
        citation: the provision.
        term: its term, ISO 8601.
        store_kind: SHARED or OWN.
        approved_by: the officer who approved it.
        valid_from: its first day.
        valid_to: its last day.
    """

    provision: str | None = None
    citation: str | None = may_lack("nobody cited it, which is a fault")
    term: str | None = None
    store_kind: str | None = may_lack("nobody limited it, which is a fault")
    approved_by: str | None = may_lack("nobody approved it, which is a fault")
    valid_from: datetime | None = None
    valid_to: datetime | None = may_lack("it has no last day")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """A provision, its citation, an approval, a limit; a warning where it is longer than it can be."""
    ended = facts.valid_to is not None and day(facts.valid_to) < under.as_of
    if ended or day(known(facts.valid_from, "valid_from")) > under.as_of:
        return does_not_apply(Reason.OVERRIDE_NOT_VALID)
    if known(facts.provision, "provision") not in ENACTED:
        return fails(Reason.NO_PROVISION)
    missing = _missing(facts)
    if missing is not None:
        return fails(missing)
    longer = _term(facts).after(under.as_of) > under.term("retention.cap").after(under.as_of)
    ignored = longer and facts.store_kind == SHARED and under.choice("retention.override_longer") == OWN_ONLY
    return warns(Reason.LONGER_TERM_IGNORED) if ignored else passes(Reason.OVERRIDE_GROUNDED)


def _missing(facts: Facts) -> Reason | None:
    if not filled(facts.citation):
        return Reason.OVERRIDE_NOT_CITED
    if not filled(facts.approved_by):
        return Reason.OVERRIDE_NOT_APPROVED
    return None if facts.store_kind in (SHARED, OWN) else Reason.OVERRIDE_NOT_LIMITED


def _term(facts: Facts) -> Period:
    try:
        return Period.parse(known(facts.term, "term"))
    except ValueError:
        raise UnjudgeableError(Reason.OVERRIDE_UNREADABLE) from None
