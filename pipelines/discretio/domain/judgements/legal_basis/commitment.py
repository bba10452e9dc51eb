"""COL-4.2-WRITTEN-COMMITMENT: no session with the prosecution before each partner has promised in writing (COL 4.2).

It binds the prosecution alone: without it, and where a law is the basis, there is nothing to promise.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from discretio.domain.judgements.answers import (
    Circumstances,
    UnjudgeableError,
    day,
    does_not_apply,
    fails,
    judged,
    known,
    passes,
)
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.legal_basis.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "COL-4.2-WRITTEN-COMMITMENT"


@dataclass(frozen=True, slots=True)
class Partner:
    """A participant that the protocol names from one day until another (None without bounds), and what it promised."""

    participant: str | None = None
    from_at: datetime | None = None
    until_at: datetime | None = None
    signed_at: datetime | None = None
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """One session.

    Attributes:
        prosecutor_present: whether the public prosecution took part; None if the store doesn't tell what kinds of bodies came.
        by_authorisation: whether the consultation rests on an authorisation of the prosecution; None without a consultation.
        on: when it took place.
        partners: whom its protocol names.
    """

    prosecutor_present: bool | None = None
    by_authorisation: bool | None = None
    on: datetime | None = None
    partners: tuple[Partner, ...] | None = may_lack("the protocol names nobody, which another rule finds")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """Everybody whom the protocol names on that day had signed by then, and not withdrawn."""
    if not known(facts.by_authorisation, "legal_bases"):
        return does_not_apply(Reason.NO_PROTOCOL)
    if not known(facts.prosecutor_present, "attendance"):
        return does_not_apply(Reason.PROSECUTION_ABSENT)
    on = day(known(facts.on, "started_at"))
    if on > under.as_of:
        return does_not_apply(Reason.SESSION_AHEAD)
    named = [partner for partner in facts.partners or () if _is_named(partner, on)]
    if not named:
        raise UnjudgeableError(Reason.NO_PARTNER_NAMED)
    committed = all(_is_committed(partner, on) for partner in named)
    return passes(Reason.ALL_COMMITTED) if committed else fails(Reason.COMMITMENT_MISSING)


def is_uncommitted(partner: Partner, on: date) -> bool:
    """Whether the protocol names it on that day, and it had promised nothing that stood."""
    return _is_named(partner, on) and not _is_committed(partner, on)


def _is_named(partner: Partner, on: date) -> bool:
    begun = partner.from_at is None or day(partner.from_at) <= on
    return begun and (partner.until_at is None or on <= day(partner.until_at))


def _is_committed(partner: Partner, on: date) -> bool:
    signed = partner.signed_at is not None and day(partner.signed_at) <= on
    return signed and (partner.withdrawn_at is None or on < day(partner.withdrawn_at))
