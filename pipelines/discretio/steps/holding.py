"""Place, approve, extend, review and release holds: each act signed by an enrolled person and kept in the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from discretio.domain.hold_acts import HoldAct, HoldVerb
from discretio.domain.holds import HoldKind
from discretio.domain.recorded_holds import RecordedHold, check_dates
from discretio.errors import UsageError
from discretio.ledger import locator, stores
from discretio.ledger.connection import server_date
from discretio.ledger.holds import HeldDossier, held_by, held_dossier, holds_on, record_act, sign_act
from discretio.ledger.surrogate_ids import new_id
from discretio.steps.freezing import introducers
from discretio.steps.one_dossier import one_dossier
from discretio.steps.people_keys import Signer
from discretio.steps.workplace import Workplace

_FRAMES = ("dossiers", "entries", "entry_introducers")
_LONGEST_GROUND = 200


@dataclass(frozen=True, slots=True)
class HoldOrder:
    """What a hold is to be: a HoldKind, the provision or decision that it rests on, its end, its review (by default, late)."""

    kind: str
    ground: str
    until: date | None = None
    review: date | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A hold that stands. `erasure_begun`: the dossier is being erased, or was; where it is still there, the hold keeps it."""

    hold_id: str
    dossier_id: str
    erasure_begun: bool


def place_hold(place: Workplace, store_name: str, dossier: str, order: HoldOrder, signer: Signer) -> Placed:
    """Hold a dossier from now on. One person is enough; the hold is defective until a second one approved it.

    Args:
        place: the collaborators.
        store_name: a registered store.
        dossier: the store's own key, or the surrogate id that findings and plans name.
        order: what the hold is to be.
        signer: who places it.

    Raises:
        UsageError: there is no such dossier or kind, no ground, or an end or a review that can't be.
        ApprovalError: the signature is not that of an enrolled person.
        StoreUnavailableError: the store can't be read.
    """
    _check_order(order)
    key, frames = one_dossier(place, store_name, dossier, _FRAMES)
    store_id = stores.store_named(place.ledger, store_name).store_id
    dossier_id = locator.surrogates(place.ledger, store_id, "dossier", [key])[key]
    concerned = sorted(introducers(frames).get(key, set()))
    controllers = frozenset(locator.surrogates(place.ledger, store_id, "controller", concerned).values())
    hold = RecordedHold(new_id("hold"), store_id, dossier_id, order.kind, controllers, ())
    held = held_dossier(place.ledger, hold, order.ground)
    act = HoldAct(HoldVerb.PLACE, signer.person.person_id, place.now(), order.until, _review(place, order))
    return Placed(hold.hold_id, dossier_id, _signed(place, held, act, signer))


def act_on_hold(place: Workplace, hold_id: str, verb: HoldVerb, signer: Signer, on: date | None = None) -> RecordedHold:
    """Do something about a hold; returns it as it stands then.

    Args:
        place: the collaborators.
        hold_id: the hold.
        verb: APPROVE, EXTEND, REVIEW, ASK_RELEASE, or RELEASE by a second person.
        signer: who does it.
        on: of an extension the new end, of a review the next one (by default as late as may be).

    Raises:
        UsageError: there is no such hold, it has ended, or a date can't be.
        ApprovalError: it isn't this person's to do, or takes a second one.
    """
    held = held_by(place.ledger, hold_id)
    until = on if verb is HoldVerb.EXTEND else None
    review = on or _latest_review(place) if verb is HoldVerb.REVIEW else None
    act = HoldAct(verb, signer.person.person_id, place.now(), until, review)
    _signed(place, held, act, signer)
    return _known(place, held)


def _signed(place: Workplace, held: HeldDossier, act: HoldAct, signer: Signer) -> bool:
    known = None if act.verb == HoldVerb.PLACE else _known(place, held)
    check_dates(known, act, place.policy_on(server_date(place.ledger)))
    return record_act(place.ledger, held, act, sign_act(held, act, signer.private_key))


def _known(place: Workplace, held: HeldDossier) -> RecordedHold:
    return next(hold for hold in holds_on(place.ledger, [held.dossier_id]) if hold.hold_id == held.hold_id)


def _check_order(order: HoldOrder) -> None:
    if order.kind not in set(HoldKind):
        raise UsageError("there is no such kind of hold", where=order.kind, remedy=f"one of {', '.join(HoldKind)}")
    if not order.ground.strip() or len(order.ground) > _LONGEST_GROUND:
        raise UsageError(
            "a hold rests on a provision or a decision", remedy=f"name it in at most {_LONGEST_GROUND} signs, without a person"
        )


def _review(place: Workplace, order: HoldOrder) -> date | None:
    """What has no end is reviewed, at the latest when the policy says."""
    return order.review if order.review or order.until else _latest_review(place)


def _latest_review(place: Workplace) -> date:
    today = server_date(place.ledger)
    return place.policy_on(today).period("hold.review_within").after(today)
