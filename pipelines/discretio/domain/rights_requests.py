"""Requests of interested persons as they are registered here: which way each entry goes, and the clocks that run side by side.

Articles 16 and 44 of the 2018 law take what stands in a judicial decision or file (bill art. 6); the prosecutor may restrict
three rights (art. 7) and answers within three months; a controller answers within a month (GDPR art. 12(3)).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from discretio.domain.judgements import replies
from discretio.domain.judgements.answers import Circumstances, UnjudgeableError
from discretio.domain.judgements.rights import gdpr_replies
from discretio.domain.judgements.rights.judicial_origins import NONE, ORIGINS
from discretio.domain.outcomes import Judgement
from discretio.law.authorities import Regime


class Right(StrEnum):
    """What a person asks."""

    INFORMATION = "INFORMATION"
    ACCESS = "ACCESS"
    RECTIFICATION = "RECTIFICATION"
    ERASURE = "ERASURE"
    RESTRICTION = "RESTRICTION"
    OBJECTION = "OBJECTION"


class Route(StrEnum):
    """Which way a request goes for one entry. UNKNOWN: the store doesn't tell whether it is judicial, or whose it is."""

    GDPR = "GDPR"
    T2 = "T2"
    JUDICIAL = "JUDICIAL_16_44"
    UNKNOWN = "UNKNOWN"


class Reply(StrEnum):
    """How a request was answered. A refusal and a restriction are answers too; a holding letter isn't."""

    GRANTED = "GRANTED"
    PARTLY = "PARTLY"
    REFUSED = "REFUSED"
    RESTRICTED = "RESTRICTED"


@dataclass(frozen=True, slots=True)
class Restriction:
    """A restriction by the prosecutor: of which rights, on which of the five grounds, reviewed when."""

    rights: frozenset[str]
    ground: str
    decided_on: date
    review_on: date


@dataclass(frozen=True, slots=True)
class RightsRequest:
    """A request (surrogate ids), as everything that was declared about it leaves it.

    Attributes:
        request_id: its id.
        store_id: the store.
        person: the keyed hash of who asks; nothing else is kept of the person.
        right: a Right.
        dossiers: the dossiers that it touches.
        controller_id: to whom it is addressed.
        regime: that controller's.
        requested_on: the date that it bears, None if it bears none.
        received_on: when it was received.
        routes: the way of each entry.
        extended_on: when the person was told that it takes longer, and why.
        restrictions: those that the prosecutor decided.
        reply: the answer, None if there is none yet.
        replied_on: when it was given.
    """

    request_id: str
    store_id: int
    person: str
    right: str
    dossiers: tuple[str, ...]
    controller_id: str
    regime: str | None
    requested_on: date | None
    received_on: date
    routes: Mapping[str, str] = field(default_factory=dict)
    extended_on: date | None = None
    restrictions: tuple[Restriction, ...] = ()
    reply: str | None = None
    replied_on: date | None = None


@dataclass(frozen=True, slots=True)
class ReplyClock:
    """One clock of a request: its rule, the last day for an answer (None if it doesn't run), and where it stands."""

    rule_id: str
    deadline: date | None
    judgement: Judgement


def route_of(judicial_origin: str | None, regime: str | None, covered: Collection[str] = ORIGINS) -> Route:
    """The way of one entry: by its judicial origin first, then by the regime of who introduced it.

    `covered` are the origins that art. 6 covers (A-17).
    """
    if judicial_origin in covered:
        return Route.JUDICIAL
    if judicial_origin not in ORIGINS | {NONE} or regime not in (Regime.GDPR, Regime.T2):
        return Route.UNKNOWN
    return Route(regime)


def standing_routes(stated: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    """The way of each entry by what the store tells now; where it tells nothing, by what somebody stated under signature."""
    return {entry: stated.get(entry, way) if way == Route.UNKNOWN else way for entry, way in now.items()}


def clocks(request: RightsRequest, under: Circumstances) -> tuple[ReplyClock, ReplyClock]:
    """The prosecutor's clock and the controller's, side by side."""
    received, replied = _moment(request.received_on), _moment(request.replied_on)
    of_prosecutor = replies.Facts(_moment(request.requested_on), received, replied)
    told = _moment(request.extended_on)
    of_controller = gdpr_replies.Facts(request.regime, received, told, "given" if told else None, replied)
    try:
        last: date | None = replies.deadline_of(of_prosecutor, under)
    except UnjudgeableError:
        last = None
    runs = request.regime in (Regime.GDPR, Regime.T2)
    return (
        ReplyClock(replies.RULE_ID, last, replies.judge(of_prosecutor, under)),
        ReplyClock(
            gdpr_replies.RULE_ID,
            gdpr_replies.deadline_of(of_controller, under) if runs else None,
            gdpr_replies.judge(of_controller, under),
        ),
    )


def erasure_obstacles(request: RightsRequest, entries: Iterable[str]) -> tuple[str, ...]:
    """Why a dossier with these entries may not be erased on this request, as codes; empty if it may, once approved.

    Only a whole dossier is erased: an entry that goes another way, or none, keeps it.
    """
    routes = {request.routes.get(entry, Route.UNKNOWN) for entry in entries}
    reasons = {
        "no_erasure_granted": request.right != Right.ERASURE or request.reply != Reply.GRANTED,
        "erasure_restricted": any(Right.ERASURE in one.rights for one in request.restrictions),
        "judicial_way": Route.JUDICIAL in routes,
        "way_unknown": Route.UNKNOWN in routes,
    }
    return tuple(reason for reason, stands in reasons.items() if stands)


def _moment(on: date | None) -> datetime | None:
    return None if on is None else datetime.combine(on, time())
