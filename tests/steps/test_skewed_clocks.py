"""An approval that a machine dates ahead of another's clock: nothing is deleted, and nothing is lost by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from discretio.domain.purge_states import PlanState
from discretio.errors import ApprovalError
from discretio.ledger.plans import load_plan
from discretio.steps import approve, erase, plan
from steps.conftest import AS_OF, Made


def test_an_approval_dated_ahead_stops_the_purge_until_the_clocks_agree(made: Made) -> None:
    plan_id = plan.plan_purge(made.place, "main", AS_OF, requester="admin").plan_id
    for login in ("alice", "bob"):
        approve.approve(made.place, plan_id, login, made.key(login))
    approved = load_plan(made.place.ledger, plan_id).state
    behind = replace(made.place, now=lambda: made.clock() - timedelta(hours=1))
    with pytest.raises(ApprovalError, match="clock") as told:
        erase.run_purge(behind, plan_id, catch_up=False)
    assert "set the clocks" in str(told.value)
    assert load_plan(made.place.ledger, plan_id).state == approved
    erase.run_purge(made.place, plan_id, catch_up=False)
    assert load_plan(made.place.ledger, plan_id).state == PlanState.DONE
