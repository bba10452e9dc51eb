"""ART4-QUALITY: who keeps a copy keeps it right and up to date (bill art. 4 al. 4).

A source that was erased because its term ran out doesn't erase the copy, which has a term of its own; it makes its holder look.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from discretio.domain.judgements.answers import Circumstances, UnjudgeableError, day, fails, judged, known, passes, warns
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.own_dossier.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "ART4-QUALITY"
RECTIFIED, DELETED, EXPIRED = "RECTIFIED", "DELETED", "EXPIRED"


@dataclass(frozen=True, slots=True)
class Facts:
    """One own copy.

    Attributes:
        copied_at: when it was made.
        last_quality_check_at: when its quality was last checked.
        source_change: what last happened to its entry: RECTIFIED, DELETED or EXPIRED.
        source_changed_at: when that happened.
        updated_at: when it was last brought up to date.
    """

    copied_at: datetime | None = None
    last_quality_check_at: datetime | None = may_lack("nobody checked it since it was made")
    source_change: str | None = may_lack("nothing happened to it")
    source_changed_at: datetime | None = may_lack("nothing happened to it, unless it is said what")
    updated_at: datetime | None = may_lack("nobody brought it up to date")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """Checked within the year, and brought up to date when its source changed."""
    copied = day(known(facts.copied_at, "copied_at"))
    change = _unfollowed_change(facts, copied, under)
    if change in (RECTIFIED, DELETED):
        return fails(Reason.COPY_STALE)
    checked = max(copied, day(facts.last_quality_check_at)) if facts.last_quality_check_at else copied
    if under.term("own_copy.quality_check_within").after(checked) < under.as_of:
        return fails(Reason.COPY_CHECK_OVERDUE)
    return warns(Reason.COPY_OUTLIVES_SOURCE) if change else passes(Reason.COPY_UP_TO_DATE)


def _unfollowed_change(facts: Facts, copied: date, under: Circumstances) -> str | None:
    """The change that the copy didn't follow in time; of an expiry, nobody looked since."""
    if facts.source_change is None:
        return None
    if facts.source_change not in (RECTIFIED, DELETED, EXPIRED):
        raise UnjudgeableError(Reason.UNKNOWN_SOURCE_CHANGE)
    changed = day(known(facts.source_changed_at, "source_changed_at"))
    if changed < copied:
        return None
    followed = [facts.updated_at, facts.last_quality_check_at if facts.source_change == EXPIRED else None]
    days = [day(moment) for moment in followed if moment is not None and day(moment) >= changed]
    late = min(days, default=under.as_of) > under.term("own_copy.update_within").after(changed)
    return facts.source_change if late else None
