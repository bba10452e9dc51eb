"""What a plan rests on is looked at again before each batch, and stays readable when the chain's old months are erased."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from discretio.domain.approvals import Decision
from discretio.domain.purge_states import PlanState
from discretio.errors import ApprovalError
from discretio.law.periods import Period
from discretio.law.policy import ResolvedPolicy
from discretio.ledger import batches
from discretio.ledger.approvals import approvals
from discretio.ledger.certificates import certificates
from discretio.ledger.chain_tables import chain_records
from discretio.ledger.chain_verification import erase_segment, verify_chain
from discretio.ledger.people import enrol, people, person_id_of, revoke
from discretio.ledger.plans import latest_plans
from discretio.ledger.purge_tables import approvals as approvals_table
from discretio.steps import approve as approving
from discretio.steps import erase, erasure_jobs, plan, verify_purge
from discretio.steps.verify_again import verify_again
from steps.conftest import Made
from steps.test_purge import ITEMS, planned, state, states


def expire(made: Made) -> None:
    made.clock.moment += timedelta(days=32)


def revoke_bob(made: Made) -> None:
    revoke(made.place.ledger, person_id_of(made.place.ledger, "bob"), made.place.now())


def enrol_bob_anew(made: Made) -> None:
    """With one more role, that nobody has confirmed."""
    bob = next(one for one in people(made.place.ledger) if one.person_id == person_id_of(made.place.ledger, "bob"))
    enrol(made.place.ledger, replace(bob, roles=(*bob.roles, "REVIEWER")))


def withdraw(made: Made) -> None:
    plan_id = latest_plans(made.place.ledger)[0].plan_id
    approving.approve(made.place, plan_id, "alice", made.key("alice"), decision=Decision.WITHDRAWN)


@pytest.mark.parametrize("loss", [expire, revoke_bob, enrol_bob_anew, withdraw])
def test_an_approval_that_is_lost_between_two_batches_stops_the_plan_before_the_next(
    loss: Callable[[Made], None], made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasure_jobs, "ITEMS_PER_BATCH", 2)
    plan_id, mark_done = planned(made), batches.mark_done

    def losing(*arguments: Any) -> None:  # noqa: ANN401 - as mark_done
        mark_done(*arguments)
        monkeypatch.setattr(batches, "mark_done", mark_done)
        loss(made)

    monkeypatch.setattr(batches, "mark_done", losing)
    done = erase.run_purge(made.place, plan_id)
    assert (done.stopped, done.deleted) == (True, 2)
    assert states(made, plan_id) == {"DELETED": 2, "DROPPED:plan_withdrawn": ITEMS - 2}
    verify_chain(made.place.ledger)


@pytest.mark.parametrize("after", [1, 3, 5])
def test_a_withdrawal_that_races_the_run_is_followed_by_no_intent(
    after: int, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasure_jobs, "ITEMS_PER_BATCH", 1)
    plan_id, going, write_intent, written = planned(made), threading.Event(), batches.write_intent, 0

    def counting(*arguments: Any) -> list[str]:  # noqa: ANN401 - as write_intent
        nonlocal written
        written += 1
        if written == after:
            going.set()
        return write_intent(*arguments)

    monkeypatch.setattr(batches, "write_intent", counting)

    def withdrawing() -> None:
        going.wait(60)
        with suppress(ApprovalError):  # the plan may have ended
            withdraw(made)

    other = threading.Thread(target=withdrawing)
    other.start()
    erase.run_purge(made.place, plan_id)
    other.join(60)
    told = kinds(made, plan_id)
    withdrawn = [n for n, (kind, decision) in enumerate(told) if (kind, decision) == ("approval.recorded", "WITHDRAWN")]
    intents = [n for n, (kind, _) in enumerate(told) if kind == "purge.intended"]
    assert not withdrawn or max(intents) < withdrawn[0]
    assert state(made, plan_id) == PlanState.DONE


def kinds(made: Made, plan_id: str) -> list[tuple[str, str | None]]:
    with made.place.ledger.reading() as connection:
        query = sa.select(chain_records.c.kind, chain_records.c.payload).where(chain_records.c.subject == plan_id)
        return [(kind, json.loads(said).get("decision")) for kind, said in connection.execute(query.order_by("sequence"))]


def test_when_the_months_of_a_plan_are_erased_from_the_chain_it_and_its_proofs_stay_readable(made: Made) -> None:
    ledger, plan_id = made.place.ledger, planned(made)
    erase.run_purge(made.place, plan_id)
    first = verify_purge.verify_purge(made.place, plan_id)
    given = approvals(ledger, plan_id)
    turn_month(made, "eve", timedelta(days=20))
    erase_segment(ledger, 1)
    assert [one.plan_id for one in latest_plans(ledger)] == [plan_id]
    assert approvals(ledger, plan_id) == given
    assert verify_purge.verify_purge(made.place, plan_id) == first
    second = verify_again(made.place, plan_id)
    turn_month(made, "carol", timedelta(days=31))
    erase_segment(ledger, 2)
    assert verify_again(made.place, plan_id) == second
    assert certificates(ledger, plan_id) == [first, second]
    verify_chain(ledger)


def test_a_plan_whose_month_was_erased_is_stopped_by_its_approvals_age_and_a_forged_one_is_still_found(made: Made) -> None:
    ledger, plan_id = made.place.ledger, planned(made)
    turn_month(made, "eve", timedelta(days=40))
    erase_segment(ledger, 1)
    with pytest.raises(ApprovalError, match="older than"):
        erase.run_purge(made.place, plan_id)
    assert state(made, plan_id) == PlanState.EXPIRED
    with ledger.writing() as connection:
        connection.execute(sa.update(approvals_table).values(decision="NO_OBJECTION"))
    with pytest.raises(ApprovalError, match="signature"):
        approvals(ledger, plan_id)


def turn_month(made: Made, login: str, later: timedelta) -> None:
    """Something is written in a later month, which closes the one before."""
    made.clock.moment += later
    revoke(made.place.ledger, person_id_of(made.place.ledger, login), made.place.now())


def test_a_plan_dated_back_deletes_nothing_that_the_law_of_today_keeps(made: Made) -> None:
    policy_of = made.place.policy_on

    def longer_since_june(day: date) -> ResolvedPolicy:
        policy = policy_of(day)
        longer = {"art8.term": Period.parse("P90Y")}
        return policy if day < date(2026, 6, 1) else replace(policy, values={**policy.values, **longer})

    place = replace(made.place, policy_on=longer_since_june)
    planned_back = plan.plan_purge(place, "main", date(2026, 5, 31), requester="admin")
    assert planned_back.art8_rows
    for login in ("alice", "bob"):
        approving.approve(place, planned_back.plan_id, login, made.key(login))
    assert not erase.run_purge(place, planned_back.plan_id).rows["art8_rows"]
    assert states(made, planned_back.plan_id)["DROPPED:no_longer_overdue"] == planned_back.art8_rows
