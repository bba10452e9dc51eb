"""ART2-3-4-DELETE-COMPLETE: an erasure leaves nothing, anywhere, and can prove it (bill art. 2 §3, 4°; GDPR art. 19).

Two persons beside the requester; exactly what was approved; backups that expire or whose key is gone; looked for again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from discretio.domain.judgements.answers import (
    Circumstances,
    UnjudgeableError,
    day,
    fails,
    filled,
    judged,
    known,
    passes,
    warns,
)
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.keeping.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "ART2-3-4-DELETE-COMPLETE"


@dataclass(frozen=True, slots=True)
class Facts:
    """One erasure.

    Attributes:
        executed_at: when it was carried out.
        requested_by: who asked for it.
        approved_by: the first approver.
        seconded_by: the second.
        list_matches: whether what was erased is exactly what was approved.
        remaining: how much is left.
        recipients_told: whether holders of own copies were told.
        backups_until: when the last backup expires.
        backup_key_destroyed: whether the key of the backups is destroyed.
        rescanned_at: when it was looked for again.
        rescan_found: what was found then.
    """

    executed_at: datetime | None = None
    requested_by: str | None = None
    approved_by: str | None = may_lack("nobody approved it, which is a fault")
    seconded_by: str | None = may_lack("nobody seconded it, which is a fault")
    list_matches: bool | None = None
    remaining: int | None = None
    recipients_told: bool | None = None
    backups_until: datetime | None = may_lack("nobody knows, which is a fault unless the key is gone")
    backup_key_destroyed: bool | None = may_lack("it isn't")
    rescanned_at: datetime | None = may_lack("not yet")
    rescan_found: int | None = may_lack("it wasn't looked for again")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """Approved by two others, complete, told to the recipients, gone from backups, and not found again."""
    persons = {known(facts.requested_by, "requested_by"), facts.approved_by, facts.seconded_by}
    if not filled(facts.approved_by) or not filled(facts.seconded_by) or len(persons) < 3:
        return fails(Reason.TOO_FEW_PERSONS)
    executed = day(known(facts.executed_at, "executed_at"))
    if executed > under.as_of:
        raise UnjudgeableError(Reason.ERASED_AFTER_REFERENCE_DATE)
    fault = _fault(facts, executed, under)
    return fails(fault) if fault is not None else _judge_rescan(facts, executed, under)


def _fault(facts: Facts, executed: date, under: Circumstances) -> Reason | None:
    if not known(facts.list_matches, "list_matches"):
        return Reason.OTHER_THAN_APPROVED
    if known(facts.remaining, "remaining"):
        return Reason.SOMETHING_LEFT
    if not known(facts.recipients_told, "recipients_told"):
        return Reason.RECIPIENTS_NOT_TOLD
    if facts.backup_key_destroyed:
        return None
    latest = under.term("backup.expiry").after(executed)
    gone = facts.backups_until is not None and day(facts.backups_until) <= latest
    return None if gone else Reason.BACKUPS_TOO_LONG


def _judge_rescan(facts: Facts, executed: date, under: Circumstances) -> Judgement:
    """Looked for again a week later, and nothing found."""
    due = under.term("rescan.after").after(executed)
    if facts.rescanned_at is not None and due <= day(facts.rescanned_at) <= under.as_of:
        return fails(Reason.FOUND_AGAIN) if known(facts.rescan_found, "rescan_found") else passes(Reason.ERASED_COMPLETELY)
    return warns(Reason.RESCAN_DUE)
