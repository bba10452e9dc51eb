"""PIPE-FINDING-RETENTION: the reference of a closed finding goes, and the key of an open one is changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from discretio.domain.judgements.answers import (
    Circumstances,
    day,
    fails,
    judged,
    known,
    passes,
)
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.pipeline.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "PIPE-FINDING-RETENTION"


@dataclass(frozen=True, slots=True)
class Facts:
    """One finding.

    Attributes:
        closed_at: when it was closed.
        key_dropped_at: when its reference was dropped.
        keyed_at: when its reference was last made with a new key.
    """

    closed_at: datetime | None = may_lack("it is open")
    key_dropped_at: datetime | None = may_lack("it stands")
    keyed_at: datetime | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """Open with a key of this year, or closed with its reference dropped in time."""
    if facts.closed_at is None:
        if facts.key_dropped_at is not None:
            return fails(Reason.OPEN_FINDING_LOST_ITS_KEY)
        old = under.term("findings.key_rotation").after(day(known(facts.keyed_at, "keyed_at"))) < under.as_of
        return fails(Reason.FINDING_KEY_TOO_OLD) if old else passes(Reason.OPEN_FINDING_KEYED)
    due = under.term("findings.kept").after(day(facts.closed_at))
    gone = day(facts.key_dropped_at) if facts.key_dropped_at is not None else under.as_of
    return fails(Reason.FINDING_KEPT_TOO_LONG) if gone > due else passes(Reason.FINDING_KEPT_AS_LONG_AS_NEEDED)
