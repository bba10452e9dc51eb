"""The life of a hold that is recorded here: what persons did about it, in order, and where it stands by that.

One person places it and it holds at once; a second one approves it. Only two persons release it, since that frees data for
deletion: one asks, another confirms.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from discretio.domain.holds import Hold

_BRUSSELS = ZoneInfo("Europe/Brussels")


class HoldVerb(StrEnum):
    """What a person can do about a hold."""

    PLACE = "PLACE"
    APPROVE = "APPROVE"
    EXTEND = "EXTEND"
    REVIEW = "REVIEW"
    ASK_RELEASE = "ASK_RELEASE"
    RELEASE = "RELEASE"


@dataclass(frozen=True, slots=True)
class HoldAct:
    """One act of one person (an id): until when it holds and when it is reviewed, as far as the act sets that."""

    verb: str
    person_id: str
    at: datetime
    until: date | None = None
    review: date | None = None

    @property
    def day(self) -> date:
        """The day in Brussels."""
        return self.at.astimezone(_BRUSSELS).date()


@dataclass(frozen=True, slots=True)
class HoldStanding:
    """Where a hold stands.

    Attributes:
        placed: the first placing; without one it holds all the same.
        setting: the act that says until when: the placing, or the last extension.
        approval: that of a second person behind it; None if there is none (yet).
        reviewed: the last review.
        release_asked: the request to release it that nobody confirmed yet; whatever prolongs the hold voids it.
        released: the confirmation by another person than who asked; nothing counts after it.
    """

    placed: HoldAct | None = None
    setting: HoldAct | None = None
    approval: HoldAct | None = None
    reviewed: HoldAct | None = None
    release_asked: HoldAct | None = None
    released: HoldAct | None = None

    @classmethod
    def after(cls, acts: Iterable[HoldAct]) -> HoldStanding:
        """Where it stands after these acts, the first act first."""
        standing = cls()
        for act in acts:
            standing = standing if standing.released else _STEPS[HoldVerb(act.verb)](standing, act)
        return standing

    def as_hold(self, kind: str) -> Hold:
        """As retention knows it: a deletion is suspended through the day of the release."""
        review = self.reviewed or self.setting
        return Hold(
            kind=kind,
            from_at=self.placed.day if self.placed else None,
            until_at=self.setting.until if self.setting else None,
            review_at=review.review if review else None,
            reviewed_at=self.reviewed.day if self.reviewed else None,
            released_at=self.released.day if self.released else None,
            requested_by=self.setting.person_id if self.setting else None,
            approved_by=self.approval.person_id if self.approval else None,
        )


def _placed(standing: HoldStanding, act: HoldAct) -> HoldStanding:
    return standing if standing.placed else replace(standing, placed=act, setting=act)


def _approved(standing: HoldStanding, act: HoldAct) -> HoldStanding:
    own = standing.setting is None or standing.setting.person_id == act.person_id
    return standing if own else replace(standing, approval=act)


def _extended(standing: HoldStanding, act: HoldAct) -> HoldStanding:
    return replace(standing, setting=act, approval=None, release_asked=None)


def _reviewed(standing: HoldStanding, act: HoldAct) -> HoldStanding:
    return replace(standing, reviewed=act, release_asked=None)


def _asked(standing: HoldStanding, act: HoldAct) -> HoldStanding:
    return replace(standing, release_asked=act)


def _released(standing: HoldStanding, act: HoldAct) -> HoldStanding:
    asked = standing.release_asked
    return replace(standing, released=act) if asked and asked.person_id != act.person_id else standing


_STEPS = {
    HoldVerb.PLACE: _placed,
    HoldVerb.APPROVE: _approved,
    HoldVerb.EXTEND: _extended,
    HoldVerb.REVIEW: _reviewed,
    HoldVerb.ASK_RELEASE: _asked,
    HoldVerb.RELEASE: _released,
}
