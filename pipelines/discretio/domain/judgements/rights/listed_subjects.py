"""ART8-LIST-COMPLETE: whoever was the subject of an authorised consultation stands on the prosecutor's list (bill art. 8).

The article sets no time for it: the days from the first session are ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from discretio.domain.judgements.answers import (
    Circumstances,
    UnjudgeableError,
    day,
    does_not_apply,
    fails,
    judged,
    known,
    passes,
    warns,
)
from discretio.domain.judgements.legal_basis.bases import AUTHORISATIONS
from discretio.domain.judgements.reasons import missing_field
from discretio.domain.judgements.rights.reasons import Reason
from discretio.domain.outcomes import Judgement
from discretio.domain.partial_dates import PartialDate

RULE_ID = "ART8-LIST-COMPLETE"
SUBJECT, ALL = "SUBJECT", "ALL"
# A fault that is certain is told, whatever is unknown about the others; of two, that nobody listed the person.
_WORST_FIRST = (Reason.SUBJECT_NOT_LISTED, Reason.SUBJECT_LISTED_LATE)


@dataclass(frozen=True, slots=True)
class Discussed:
    """A person in a dossier that had a session under the basis.

    Attributes:
        role: SUBJECT, RELATION, CONTACT or PROFESSIONAL.
        first_session_at: the first session under the basis that wasn't called off.
        withdrawn_at: when the case was withdrawn; None if it wasn't.
        is_identified: whether the store tells which identity it is.
        is_listed: whether the identity stands on the list of the prosecutor who granted the basis.
        registered_at: when it was first registered there.
        registered_precision: DAY, MONTH, YEAR or UNKNOWN.
    """

    role: str | None = None
    first_session_at: datetime | None = None
    withdrawn_at: datetime | None = None
    is_identified: bool = False
    is_listed: bool = False
    registered_at: datetime | None = None
    registered_precision: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """One basis.

    Attributes:
        type: PR_PROTOCOL and PR_INDIVIDUAL are authorisations of the prosecutor; others ask for no list, unless all do (A-16).
        discussed: the persons in the dossiers that had a session under it; None if the store doesn't tell who granted it, or
            for which consultation.
    """

    type: str | None = None
    discussed: tuple[Discussed, ...] | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """Every subject stands on the list, in time."""
    if known(facts.type, "type") not in AUTHORISATIONS and under.choice("art8.scope") != ALL:
        return does_not_apply(Reason.LIST_NOT_ASKED)
    found, untold = _answers(known(facts.discussed, "granted_by"), under)
    for fault in _WORST_FIRST:
        if fault in found:
            return fails(fault)
    if untold is not None:
        raise untold
    if Reason.SUBJECT_TO_BE_LISTED in found:
        return warns(Reason.SUBJECT_TO_BE_LISTED)
    return passes(Reason.SUBJECTS_LISTED) if found else does_not_apply(Reason.NOBODY_TO_LIST)


def _answers(persons: Iterable[Discussed], under: Circumstances) -> tuple[set[Reason], UnjudgeableError | None]:
    """What is to be said of them all, and what can't be told of one."""
    found: set[Reason] = set()
    untold: UnjudgeableError | None = None
    for person in persons:
        try:
            if _was_discussed(person, under):
                found.add(_answer(person, under))
        except UnjudgeableError as unjudgeable:
            untold = unjudgeable
    return found, untold


def _was_discussed(person: Discussed, under: Circumstances) -> bool:
    """Whether the person was the subject of a session by now; not who withdrew before."""
    if known(person.role, "role") != SUBJECT:
        return False
    first = known(person.first_session_at, "started_at")
    withdrawn = person.withdrawn_at is not None and person.withdrawn_at < first
    return not withdrawn and day(first) <= under.as_of


def _answer(person: Discussed, under: Circumstances) -> Reason:
    """Whether a subject stands on the list, in time."""
    if not person.is_identified:
        raise UnjudgeableError(missing_field("identity_key"))
    due = under.term("art8.register_within").after(day(known(person.first_session_at, "started_at")))
    if not person.is_listed:
        return Reason.SUBJECT_NOT_LISTED if under.as_of > due else Reason.SUBJECT_TO_BE_LISTED
    registered = PartialDate.of(person.registered_at, known(person.registered_precision, "registered_precision"))
    if registered.is_known and registered.earliest() > due:
        return Reason.SUBJECT_LISTED_LATE
    if not registered.is_known or registered.latest() > due:
        raise UnjudgeableError(missing_field("registered_at"))
    return Reason.SUBJECTS_LISTED
