"""Holds that are recorded here: who may do what about them, and which of them pass what the law allows to keep."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from discretio.domain.approvals import Role
from discretio.domain.dues import RETENTION_MAX, Due, DueStatus
from discretio.domain.hold_acts import HoldAct, HoldStanding, HoldVerb
from discretio.domain.holds import Hold, hold_is_active
from discretio.errors import ApprovalError, UsageError
from discretio.law.policy import ResolvedPolicy

UNREAD = "(unread)"
"""What a hold recorded here says of the law that asks for it: its ground is kept encrypted, and no rule reads it."""

# Whoever is enrolled may make something be held: that destroys nothing.
_PROTECTING = frozenset({HoldVerb.PLACE, HoldVerb.EXTEND})
_RELEASING = frozenset({HoldVerb.ASK_RELEASE, HoldVerb.RELEASE})


@dataclass(frozen=True, slots=True)
class RecordedHold:
    """A hold on one dossier (surrogate ids), with everything that was done about it, the first act first.

    `controllers`: those that introduced something into the dossier when the hold was placed.
    """

    hold_id: str
    store_id: int
    dossier_id: str
    kind: str
    controllers: frozenset[str]
    acts: tuple[HoldAct, ...]

    @property
    def standing(self) -> HoldStanding:
        """Where it stands."""
        return HoldStanding.after(self.acts)

    def as_hold(self) -> Hold:
        """As retention knows it."""
        return self.standing.as_hold(self.kind)


def check_entitled(verb: str, roles: Collection[str], acts_for: Collection[str], hold: RecordedHold) -> None:
    """Make sure that somebody with these roles, who acts for these controllers, may do this about the hold.

    Raises:
        ApprovalError: it isn't this person's to do.
    """
    if verb in _PROTECTING:
        return
    allowed = {Role.APPROVER.value} if verb in _RELEASING else {Role.APPROVER.value, Role.DPO.value}
    if Role.ADMINISTRATOR in roles or not allowed & set(roles):
        raise _refused(hold, "is not this person's to do", "let an enrolled approver do it who is no administrator")
    if verb in _RELEASING and hold.controllers and not hold.controllers & set(acts_for):
        raise _refused(hold, "is for an approver of a controller concerned", "let such an approver do it")


def check_follows(hold: RecordedHold, act: HoldAct) -> None:
    """Make sure that the act means something where the hold stands.

    Raises:
        UsageError: the hold was released, or has ended, or there is nothing to approve or to confirm.
        ApprovalError: it needs another person.
    """
    standing = hold.standing
    until = standing.setting.until if standing.setting else None
    if standing.released or (until is not None and until < act.day):
        raise UsageError("this hold has been released or has ended", where=hold.hold_id, remedy="place a new one")
    if act.verb == HoldVerb.APPROVE and standing.setting and standing.setting.person_id == act.person_id:
        raise _refused(hold, "is not for whoever set it", "let a second person approve it")
    if act.verb == HoldVerb.RELEASE:
        if standing.release_asked is None:
            raise UsageError("nobody asked to release this hold", where=hold.hold_id, remedy="discretio hold release asks it")
        if standing.release_asked.person_id == act.person_id:
            raise _refused(hold, "is not for whoever asked", "let a second person confirm the release")


def check_dates(hold: RecordedHold | None, act: HoldAct, policy: ResolvedPolicy) -> None:
    """Make sure that what an act sets is an end or a review in time, and never shortens a hold.

    Raises:
        UsageError: it isn't.
        ApprovalError: the release was asked for longer ago than an approval is valid.
        KeyError: the policy lacks `hold.review_within` or `approval.validity`.
    """
    latest = policy.period("hold.review_within").after(act.day)
    if any(day is not None and day < act.day for day in (act.until, act.review)):
        raise UsageError("a hold can't end, or be reviewed, in the past", remedy="give a day that is still to come")
    if act.review is not None and act.review > latest:
        raise UsageError("the review comes too late", where=f"after {latest}", remedy="have it reviewed by that day")
    standing = hold.standing if hold else HoldStanding()
    if act.verb == HoldVerb.EXTEND:
        _check_longer(standing, act)
    asked = standing.release_asked
    if act.verb == HoldVerb.RELEASE and asked and policy.period("approval.validity").after(asked.day) < act.day:
        raise ApprovalError("the release was asked for too long ago", remedy="ask for it again")


def past_ceiling(dues: Iterable[Due]) -> bool:
    """Whether a dossier is held although the longest term of the law has passed: an alarm, though nothing is deleted."""
    return any(due.rule_id == RETENTION_MAX and due.status is DueStatus.OVERDUE_HELD for due in dues)


def is_standing(hold: RecordedHold, as_of: date) -> bool:
    """Whether it suspends a deletion on that day."""
    return hold_is_active(hold.as_hold(), as_of)


def has_ended(hold: RecordedHold, before: date) -> bool:
    """Whether it ended, or was released, before that day."""
    found = hold.as_hold()
    return any(end is not None and end < before for end in (found.until_at, found.released_at))


def _check_longer(standing: HoldStanding, act: HoldAct) -> None:
    until = standing.setting.until if standing.setting else None
    if until is None:
        raise UsageError("this hold has no end, so that it can't be extended", remedy="discretio hold review prolongs it")
    if act.until is None or act.until <= until:
        raise UsageError("an extension ends later than the hold", where=str(until), remedy="a release needs two persons")


def _refused(hold: RecordedHold, why: str, remedy: str) -> ApprovalError:
    return ApprovalError(f"this act {why}", where=hold.hold_id, remedy=remedy)
