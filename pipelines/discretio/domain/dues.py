"""When a dossier is due: the answer of one retention rule, and what may follow from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from discretio.domain.holds import Hold, HoldKind, active_holds, hold_is_ahead
from discretio.domain.partial_dates import Span
from discretio.domain.retention_reasons import Reason
from discretio.law.periods import Period
from discretio.law.policy import ResolvedPolicy

RETENTION_MAX = "ART2-3-4-RETENTION-MAX"
AGREED_TERM_EXPIRED = "ART3-1-AGREED-TERM-EXPIRED"
PRESIGNAL_STALE = "ART2-3-1-PRESIGNAL-STALE"
RETENTION_NECESSITY = "ART2-3-4-RETENTION-NECESSITY"
CLOSURE_UNKNOWN = "ART2-3-4-CLOSURE-UNKNOWN"
ART8_ERASURE = "ART8-ERASURE"

DELETING_RULES = (RETENTION_MAX, AGREED_TERM_EXPIRED, PRESIGNAL_STALE, RETENTION_NECESSITY, ART8_ERASURE)


class DueStatus(StrEnum):
    """Where a day stands to a term (catalogue §1). Waiting for the archives is a hold: OVERDUE_HELD, with its own reason."""

    OK = "OK"
    DUE_SOON = "DUE_SOON"
    DUE_UNCERTAIN = "DUE_UNCERTAIN"
    OVERDUE = "OVERDUE"
    OVERDUE_HELD = "OVERDUE_HELD"
    NOT_APPLICABLE = "N/A"
    NOT_CHECKABLE = "NOT_CHECKABLE"


# The worst first: an expired term is certain whatever else can't be judged; what can't be judged never hides behind an OK.
_WORST_FIRST = (
    DueStatus.OVERDUE,
    DueStatus.OVERDUE_HELD,
    DueStatus.DUE_UNCERTAIN,
    DueStatus.NOT_CHECKABLE,
    DueStatus.DUE_SOON,
    DueStatus.OK,
    DueStatus.NOT_APPLICABLE,
)


class NoClockError(Exception):
    """No clock runs, or it can't be read; caught inside the domain and turned into a Due.

    Args:
        status: N/A or NOT_CHECKABLE.
        reason: why.
        detail: the name of the field or parameter concerned.
    """

    def __init__(self, status: DueStatus, reason: Reason, detail: str = "") -> None:
        super().__init__(reason.value)
        self.status = status
        self.reason = reason
        self.detail = detail

    def as_due(self, rule_id: str) -> Due:
        """The answer of the rule whose clock this is."""
        explanation = (("detail", self.detail),) if self.detail else ()
        return Due(rule_id=rule_id, status=self.status, reason=self.reason, explanation=explanation)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The answer of one retention rule for one dossier (or art. 8 identity).

    `due` is the first day that can be the last lawful one, `last_lawful_day` the last that can; they differ only where a date
    is known to the month or year. `entry_keys` names the entries concerned where it isn't the whole dossier. `hold_ahead`: a
    hold begins after the day asked about. `report_only`: the rule is new to some of what would go (`transition`).
    `explanation` holds pairs of a word and a date, term or name of a parameter.
    """

    rule_id: str
    status: DueStatus
    reason: Reason
    due: date | None = None
    last_lawful_day: date | None = None
    propose_from: date | None = None
    start: Span | None = None
    term: Period | None = None
    explanation: tuple[tuple[str, str], ...] = ()
    entry_keys: tuple[str, ...] | None = None
    holds_known: bool = False
    hold_ahead: bool = False
    report_only: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is put before people: a due, and why it may not be executed (None if it may, once approved)."""

    due: Due
    obstacle: Reason | None

    @property
    def is_executable(self) -> bool:
        """Whether it may be deleted once the approvals stand."""
        return self.obstacle is None


def under_holds(due: Due, holds: Iterable[Hold] | None, as_of: date) -> Due:
    """The same due under the dossier's holds: OVERDUE becomes OVERDUE_HELD. Holds that can't be read are None."""
    if holds is None:
        return replace(due, holds_known=False)
    held = tuple(holds)
    active = active_holds(held, as_of)
    if not active or due.status is not DueStatus.OVERDUE:
        return replace(due, holds_known=True, hold_ahead=any(hold_is_ahead(hold, as_of) for hold in held))
    only_archives = all(hold.kind == HoldKind.ARCHIVE_TRANSFER for hold in active)
    reason = Reason.AWAITING_ARCHIVES if only_archives else Reason.HELD
    return replace(due, status=DueStatus.OVERDUE_HELD, reason=reason, holds_known=True)


def earliest_due(dues: Iterable[Due]) -> Due | None:
    """The one that governs: the worst status, and among equals the earliest end; None if there is none."""
    return min(dues, key=urgency, default=None)


def urgency(due: Due) -> tuple[int, bool, date]:
    """A sort key: the worst status first, then the earliest end."""
    # Among expired terms the whole dossier's goes first, since only it can be executed.
    covers_less = due.status is DueStatus.OVERDUE and due.entry_keys is not None
    return _WORST_FIRST.index(due.status), covers_less, due.due or date.max


def may_propose(due: Due) -> bool:
    """Whether people should see it: the term has ended, may have ended, or ends soon. Held ones are reported only."""
    if due.rule_id not in DELETING_RULES:
        return False
    return due.status in (DueStatus.DUE_SOON, DueStatus.DUE_UNCERTAIN, DueStatus.OVERDUE)


def obstacle_to_deletion(due: Due, policy: ResolvedPolicy) -> Reason | None:
    """Why the whole dossier (or art. 8 identity) may not be deleted on this due; None if it may, once approved."""
    if due.status is not DueStatus.OVERDUE:
        return Reason.NOT_YET_OVERDUE if due.status in (DueStatus.OK, DueStatus.DUE_SOON) else due.reason
    if due.rule_id not in DELETING_RULES:
        return due.reason
    if not due.holds_known or due.hold_ahead:
        return Reason.HELD if due.hold_ahead else Reason.HOLDS_UNREADABLE
    if due.entry_keys is not None:
        return Reason.ONLY_SOME_ENTRIES
    if not policy.may_delete:
        return Reason.POLICY_NOT_ADOPTED
    return Reason.IN_TRANSITION if due.report_only else None


def may_delete(due: Due, policy: ResolvedPolicy) -> bool:
    """Whether the whole dossier (or art. 8 identity) may be deleted on this due, once the approvals stand."""
    return obstacle_to_deletion(due, policy) is None


def proposal(due: Due, policy: ResolvedPolicy) -> Proposal | None:
    """What to put before people, None if there is nothing to propose."""
    return Proposal(due, obstacle_to_deletion(due, policy)) if may_propose(due) else None
