"""ART2-3-4-MULTI-BASIS: an entry lives as long as one of its bases; when all are revoked, it goes (bill art. 2 §2).

Terms that differ by introducer are a matter of the deletion plan, entry by entry; a dossier lasts until its last entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from discretio.domain.judgements.answers import (
    Circumstances,
    UnjudgeableError,
    day,
    fails,
    judged,
    known,
    passes,
    warns,
)
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.keeping.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "ART2-3-4-MULTI-BASIS"


@dataclass(frozen=True, slots=True)
class Facts:
    """One entry.

    Attributes:
        based: whether it is recorded on which bases it relies.
        all_revoked_at: when the last of its bases was revoked; None if one of them stands.
        needed_since: when a review last said that the dossier is still needed.
    """

    based: bool | None = None
    all_revoked_at: datetime | None = may_lack("one of its bases stands")
    needed_since: datetime | None = may_lack("no review said so")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """One basis stands, or the term after the last revocation still runs, or a review since found it necessary."""
    if not known(facts.based, "entry_bases"):
        raise UnjudgeableError(Reason.NO_BASIS_RECORDED)
    if facts.all_revoked_at is None or day(facts.all_revoked_at) > under.as_of:
        return passes(Reason.BASIS_STANDS)
    revoked = day(facts.all_revoked_at)
    if facts.needed_since is not None and revoked <= day(facts.needed_since) <= under.as_of:
        return passes(Reason.NEEDED_AFTER_REVOCATION)
    over = under.term("revocation.grace").after(revoked) < under.as_of
    return fails(Reason.KEPT_AFTER_REVOCATION) if over else warns(Reason.ALL_BASES_REVOKED)
