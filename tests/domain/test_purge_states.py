"""A plan and its dossiers go only where the tables say."""

from __future__ import annotations

import pytest

from discretio.domain.purge_states import (
    ITEM_TRANSITIONS,
    PLAN_TRANSITIONS,
    ItemEvent,
    ItemState,
    PlanEvent,
    PlanState,
    next_item_state,
    next_state,
)
from discretio.errors import PurgeRefusedError


def _walk(*events: str, state: str = "PLANNED") -> str:
    for event in events:
        state = next_state(state, event)
    return state


def test_a_plan_from_request_to_certificate() -> None:
    assert _walk("APPROVE", "START", "FINISH", "VERIFY") == PlanState.VERIFIED


def test_a_killed_run_resumes_and_ends_in_the_same_state() -> None:
    assert _walk("APPROVE", "START", "RESUME", "RESUME", "FINISH", "VERIFY") == PlanState.VERIFIED


def test_a_withdrawal_stops_a_running_plan_whose_deletions_are_still_certified() -> None:
    assert _walk("APPROVE", "START", "WITHDRAW") == PlanState.STOPPED
    assert _walk("APPROVE", "START", "WITHDRAW", "FINISH", "VERIFY") == PlanState.VERIFIED


def test_nothing_runs_without_approval_and_nothing_ended_runs_again() -> None:
    startable = {state for state, events in PLAN_TRANSITIONS.items() if PlanEvent.START in events}
    assert startable == {PlanState.APPROVED}
    for state in (PlanState.VERIFIED, PlanState.REFUSED, PlanState.EXPIRED, PlanState.WITHDRAWN):
        for event in PlanEvent:
            with pytest.raises(PurgeRefusedError):
                next_state(state, event)


def test_nothing_is_deleted_without_intent_and_nothing_dropped_is_deleted() -> None:
    deletable = {state for state, events in ITEM_TRANSITIONS.items() if ItemEvent.DELETE in events}
    assert deletable == {ItemState.INTENT}
    assert ITEM_TRANSITIONS[ItemState.DROPPED] == {}
    assert next_item_state("DELETED", "FIND_REMAINS") is ItemState.INTENT
    with pytest.raises(PurgeRefusedError):
        next_item_state("DELETED", "DROP")


def test_every_state_has_its_row_and_can_be_reached() -> None:
    assert set(PLAN_TRANSITIONS) == set(PlanState)
    assert set(ITEM_TRANSITIONS) == set(ItemState)
    plan_targets = {target for events in PLAN_TRANSITIONS.values() for target in events.values()}
    item_targets = {target for events in ITEM_TRANSITIONS.values() for target in events.values()}
    assert plan_targets == set(PlanState) - {PlanState.PLANNED}
    assert item_targets == set(ItemState) - {ItemState.PLANNED}
