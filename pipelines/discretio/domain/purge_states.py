"""The life of a purge plan and of each dossier in it, as tables: what isn't in them can't happen."""

from __future__ import annotations

from enum import StrEnum

from discretio.errors import PurgeRefusedError


class PlanState(StrEnum):
    """Where a plan stands."""

    PLANNED = "PLANNED"
    APPROVED = "APPROVED"
    RUNNING = "RUNNING"
    STOPPED = "STOPPED"
    DONE = "DONE"
    VERIFIED = "VERIFIED"
    REFUSED = "REFUSED"
    EXPIRED = "EXPIRED"
    WITHDRAWN = "WITHDRAWN"


class PlanEvent(StrEnum):
    """What happens to a plan. RESUME follows a crash, or remains that a verification found."""

    APPROVE = "APPROVE"
    REFUSE = "REFUSE"
    WITHDRAW = "WITHDRAW"
    EXPIRE = "EXPIRE"
    START = "START"
    RESUME = "RESUME"
    FINISH = "FINISH"
    VERIFY = "VERIFY"
    FIND_REMAINS = "FIND_REMAINS"


class ItemState(StrEnum):
    """Where one dossier of a plan stands. INTENT is written before anything is deleted."""

    PLANNED = "PLANNED"
    INTENT = "INTENT"
    DELETED = "DELETED"
    VERIFIED = "VERIFIED"
    DROPPED = "DROPPED"


class ItemEvent(StrEnum):
    """What happens to one dossier of a plan. DROP always comes with a reason."""

    INTEND = "INTEND"
    DELETE = "DELETE"
    DROP = "DROP"
    VERIFY = "VERIFY"
    FIND_REMAINS = "FIND_REMAINS"


# An approval that is withdrawn while the plan runs stops it: what was intended is finished, the rest is dropped, and what was
# deleted is still verified and certified.
PLAN_TRANSITIONS: dict[PlanState, dict[PlanEvent, PlanState]] = {
    PlanState.PLANNED: {
        PlanEvent.APPROVE: PlanState.APPROVED,
        PlanEvent.REFUSE: PlanState.REFUSED,
        PlanEvent.WITHDRAW: PlanState.WITHDRAWN,
        PlanEvent.EXPIRE: PlanState.EXPIRED,
    },
    PlanState.APPROVED: {
        PlanEvent.START: PlanState.RUNNING,
        PlanEvent.REFUSE: PlanState.REFUSED,
        PlanEvent.WITHDRAW: PlanState.WITHDRAWN,
        PlanEvent.EXPIRE: PlanState.EXPIRED,
    },
    PlanState.RUNNING: {
        PlanEvent.RESUME: PlanState.RUNNING,
        PlanEvent.FINISH: PlanState.DONE,
        PlanEvent.WITHDRAW: PlanState.STOPPED,
        PlanEvent.REFUSE: PlanState.STOPPED,
        PlanEvent.EXPIRE: PlanState.STOPPED,
    },
    PlanState.STOPPED: {PlanEvent.FINISH: PlanState.DONE},
    PlanState.DONE: {PlanEvent.VERIFY: PlanState.VERIFIED, PlanEvent.FIND_REMAINS: PlanState.RUNNING},
    PlanState.VERIFIED: {},
    PlanState.REFUSED: {},
    PlanState.EXPIRED: {},
    PlanState.WITHDRAWN: {},
}

ITEM_TRANSITIONS: dict[ItemState, dict[ItemEvent, ItemState]] = {
    ItemState.PLANNED: {ItemEvent.INTEND: ItemState.INTENT, ItemEvent.DROP: ItemState.DROPPED},
    ItemState.INTENT: {ItemEvent.DELETE: ItemState.DELETED, ItemEvent.DROP: ItemState.DROPPED},
    ItemState.DELETED: {ItemEvent.VERIFY: ItemState.VERIFIED, ItemEvent.FIND_REMAINS: ItemState.INTENT},
    ItemState.VERIFIED: {},
    ItemState.DROPPED: {},
}


def next_state(state: str, event: str) -> PlanState:
    """Where a plan stands after the event.

    Raises:
        PurgeRefusedError: that can't happen to a plan in this state.
    """
    reached = PLAN_TRANSITIONS.get(PlanState(state), {}).get(PlanEvent(event))
    if reached is None:
        raise PurgeRefusedError(
            f"A plan that is {state} can't take {event}.",
            remedy="Look at the plan's state; a plan that has ended needs a new one.",
        )
    return reached


def next_item_state(state: str, event: str) -> ItemState:
    """Where one dossier of a plan stands after the event.

    Raises:
        PurgeRefusedError: that can't happen to a dossier in this state.
    """
    reached = ITEM_TRANSITIONS.get(ItemState(state), {}).get(ItemEvent(event))
    if reached is None:
        raise PurgeRefusedError(f"A dossier that is {state} can't take {event}.", remedy="Resume the plan, or make a new one.")
    return reached
