"""What is held here is not deleted, whatever a store says; and only two persons let it go."""

from __future__ import annotations

import shutil
import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from discretio.checks.hold_expectations import names_law
from discretio.domain.frames import KNOWN_FRAMES
from discretio.domain.hold_acts import HoldVerb
from discretio.domain.outcomes import Outcome
from discretio.domain.purge_states import PlanState
from discretio.domain.recorded_holds import UNREAD
from discretio.domain.retention_reasons import Reason
from discretio.errors import ApprovalError, ChainBrokenError, LedgerError, UsageError
from discretio.ledger import batches
from discretio.ledger.chain_verification import verify_chain
from discretio.ledger.hold_tables import hold_acts, holds
from discretio.ledger.plans import load_plan
from discretio.steps import approve as approving
from discretio.steps import check, erase, erasure_jobs, explain, holding, plan, replay, verify_purge
from discretio.steps.holding import HoldOrder, Placed
from discretio.steps.holds_listed import dossiers_past_ceiling, standing_holds
from discretio.steps.people_keys import signer
from discretio.steps.recorded_holds import judged_holds
from steps.conftest import AS_OF, Fresh, Made
from steps.killing import killed_after
from steps.purgeable_rows import DUE, DUE_KEYS, DUE_ROWS, key
from steps.test_purge import left, planned, sql

ITEMS = DUE + len(DUE_ROWS)
ORDER = HoldOrder("LITIGATION", "ordonnance du 20 novembre 2026")


def held(made: Made, dossier: str = key(2), order: HoldOrder = ORDER, by: str = "alice") -> Placed:
    return holding.place_hold(made.place, "main", dossier, order, signer(made.place, by, made.key(by), where=""))


def did(made: Made, hold: Placed, verb: HoldVerb, by: str, on: date | None = None) -> None:
    holding.act_on_hold(made.place, hold.hold_id, verb, signer(made.place, by, made.key(by), where=""), on)


def released(made: Made, hold: Placed) -> None:
    did(made, hold, HoldVerb.ASK_RELEASE, "alice")
    did(made, hold, HoldVerb.RELEASE, "bob")


def test_what_is_held_is_not_planned(made: Made) -> None:
    held(made)
    found = plan.plan_purge(made.place, "main", AS_OF, requester="admin")
    assert (found.dossiers, found.held_back["held"]) == (DUE - 1, 1)


def test_a_hold_placed_after_the_approvals_wins(made: Made) -> None:
    plan_id = planned(made)
    assert not held(made).erasure_begun
    assert erase.run_purge(made.place, plan_id).dropped == {"held": 1}
    assert left(made) & set(DUE_KEYS) == {key(2)}
    verify_chain(made.place.ledger)


def test_a_hold_wins_over_the_erasure_of_what_a_backup_brought_back(made: Made) -> None:
    shutil.copy(made.out / "store.db", made.out / "backup.db")
    plan_id = planned(made)
    erase.run_purge(made.place, plan_id)
    verify_purge.verify_purge(made.place, plan_id)
    shutil.copy(made.out / "backup.db", made.out / "store.db")
    held(made, key(1))
    again = replay.plan_replay(made.place, "main", AS_OF, requester="admin")
    assert again.held_back == {Reason.HELD.value: 1}
    for login in ("alice", "bob"):
        approving.approve(made.place, again.plan_id, login, made.key(login))
    held(made)
    assert erase.run_purge(made.place, again.plan_id).dropped == {"held": 1}
    assert left(made) & set(DUE_KEYS) == {key(1), key(2)}


def test_a_hold_placed_on_an_interrupted_erasure_keeps_what_is_still_there(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasure_jobs, "ITEMS_PER_BATCH", ITEMS)
    plan_id = planned(made)
    killed_after(made, plan_id, (batches, "write_intent", 2))
    assert held(made).erasure_begun
    assert "held" in erase.run_purge(made.place, plan_id).dropped
    assert left(made) & set(DUE_KEYS) == {key(2)}


def test_one_person_releases_nothing_and_two_do(made: Made) -> None:
    hold = held(made)
    did(made, hold, HoldVerb.ASK_RELEASE, "alice")
    with pytest.raises(ApprovalError, match="whoever asked"):
        did(made, hold, HoldVerb.RELEASE, "alice")
    for login in ("carol", "dora"):
        with pytest.raises(ApprovalError):
            did(made, hold, HoldVerb.RELEASE, login)
    assert plan.plan_purge(made.place, "main", AS_OF, requester="admin").dossiers == DUE - 1
    did(made, hold, HoldVerb.RELEASE, "bob")
    assert plan.plan_purge(made.place, "main", AS_OF, requester="admin").dossiers == DUE - 1
    made.clock.moment += timedelta(days=1)
    assert plan.plan_purge(made.place, "main", AS_OF + timedelta(days=1), requester="admin").dossiers == DUE


def test_a_hold_ends_with_its_last_day(made: Made) -> None:
    held(made, order=replace(ORDER, until=AS_OF))
    assert plan.plan_purge(made.place, "main", AS_OF, requester="admin").dossiers == DUE - 1
    made.clock.moment += timedelta(days=1)
    assert plan.plan_purge(made.place, "main", AS_OF + timedelta(days=1), requester="admin").dossiers == DUE


def test_an_erased_dossier_takes_its_ended_holds_along(made: Made) -> None:
    released(made, held(made))
    made.clock.moment += timedelta(days=1)
    plan_id = plan.plan_purge(made.place, "main", AS_OF + timedelta(days=1), requester="admin").plan_id
    for login in ("alice", "bob"):
        approving.approve(made.place, plan_id, login, made.key(login))
    erase.run_purge(made.place, plan_id)
    verify_purge.verify_purge(made.place, plan_id)
    with made.place.ledger.reading() as connection:
        assert [connection.execute(sa.select(table)).all() for table in (holds, hold_acts)] == [[], []]
    verify_chain(made.place.ledger)
    assert standing_holds(made.place, "main", AS_OF) == []


@pytest.mark.parametrize(
    "edit",
    [
        sa.delete(hold_acts),
        sa.update(hold_acts).values(verb="REVIEW"),
        sa.update(hold_acts).values(until=date(2020, 1, 1)),
        sa.update(holds).values(dossier_id="D" + "A" * 12),
        sa.update(holds).values(kind="ARCHIVE_TRANSFER"),
    ],
    ids=["gone", "verb", "end", "dossier", "kind"],
)
def test_a_hold_edited_in_the_database_stops_the_purge(edit: sa.Executable, made: Made) -> None:
    plan_id = planned(made)
    held(made)
    with made.place.ledger.writing() as connection:
        connection.execute(edit)
    before = left(made)
    with pytest.raises((ApprovalError, LedgerError)):
        erase.run_purge(made.place, plan_id)
    assert left(made) == before


def test_a_hold_that_is_gone_breaks_the_chain(made: Made) -> None:
    held(made)
    with made.place.ledger.writing() as connection:
        connection.execute(sa.delete(hold_acts))
        connection.execute(sa.delete(holds))
    with pytest.raises(ChainBrokenError, match="gone"):
        verify_chain(made.place.ledger)
    with pytest.raises(LedgerError, match="gone"):
        plan.plan_purge(made.place, "main", AS_OF, requester="admin")


@pytest.mark.parametrize(
    ("dossier", "order"),
    [
        ("D-nowhere", ORDER),
        (key(2), replace(ORDER, kind="BECAUSE")),
        (key(2), replace(ORDER, ground=" ")),
        (key(2), replace(ORDER, until=AS_OF - timedelta(days=1))),
        (key(2), replace(ORDER, review=AS_OF + timedelta(days=366))),
    ],
    ids=["dossier", "kind", "ground", "end", "review"],
)
def test_a_hold_that_cant_be_is_refused(dossier: str, order: HoldOrder, made: Made) -> None:
    with pytest.raises(UsageError):
        held(made, dossier, order)
    assert standing_holds(made.place, "main", AS_OF) == []


def test_nobody_places_a_hold_with_anothers_key_or_login(made: Made) -> None:
    with pytest.raises(ApprovalError, match="enrolled"):
        signer(made.place, "mallory", made.key("bob"), where="")
    forged = signer(made.place, "alice", made.key("bob"), where="")
    with pytest.raises(ApprovalError, match="signature"):
        holding.place_hold(made.place, "main", key(2), ORDER, forged)


def test_the_list_tells_ours_and_the_stores_and_what_is_wrong(made: Made) -> None:
    sql(made, "INSERT INTO holds (hold_key, dossier_key, kind, from_at) VALUES ('H', 'D-x0003x', 'LITIGATION', '2026-11-20')")
    hold = held(made)
    found = {one.recorded: one for one in standing_holds(made.place, "main", AS_OF)}
    assert found[True].hold_id == hold.hold_id
    assert found[True].remarks == (Reason.HOLD_NOT_APPROVED,)
    assert found[False].dossier_id != found[True].dossier_id
    did(made, hold, HoldVerb.APPROVE, "bob")
    did(made, hold, HoldVerb.ASK_RELEASE, "bob")
    ours = next(one for one in standing_holds(made.place, "main", AS_OF) if one.recorded)
    assert ours.remarks == (Reason.HOLD_RELEASE_ASKED,)
    much_later = date(2028, 1, 1)
    ours = next(one for one in standing_holds(made.place, "main", much_later) if one.recorded)
    assert Reason.HOLD_REVIEW_OVERDUE in ours.remarks


def test_a_hold_beyond_the_longest_term_of_the_law_is_told(made: Made) -> None:
    hold = held(made)
    assert dossiers_past_ceiling(made.place, "main", AS_OF) == frozenset()
    assert dossiers_past_ceiling(made.place, "main", date(2080, 1, 1)) == {hold.dossier_id}


def test_explaining_a_dossier_tells_that_it_is_held_here(made: Made) -> None:
    held(made)
    obstacles = {one.obstacle for one in explain.explain_dossier(made.place, "main", key(2), AS_OF)}
    assert Reason.HELD in obstacles


def test_the_rule_on_holds_judges_ours_too(made: Made) -> None:
    faulty, sound = held(made), held(made, key(3))
    did(made, sound, HoldVerb.APPROVE, "bob")
    report = check.check(made.place, "main", AS_OF, rules=frozenset({"ART2-3-4-HOLD"}))[1]
    outcomes = report.outcomes.set_index("scope_key")["outcome"]
    assert (outcomes[faulty.hold_id], outcomes[sound.hold_id]) == (Outcome.FAIL.value, Outcome.PASS.value)


def test_what_ours_say_of_a_law_is_unread_where_the_store_s_own_name_one(made: Made) -> None:
    sound = held(made)
    did(made, sound, HoldVerb.APPROVE, "bob")
    judged = judged_holds(made.place.ledger, 1, KNOWN_FRAMES["holds"].column_names)
    assert judged["law_citation"].tolist() == [UNREAD]
    assert names_law(judged).tolist() == [None]


@pytest.mark.parametrize(
    "places",
    ["sqlite", pytest.param("postgresql", marks=pytest.mark.services), pytest.param("mariadb", marks=pytest.mark.services)],
    indirect=True,
)
def test_holds_that_race_a_purge_win_or_are_told_that_they_come_after(places: Fresh, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasure_jobs, "ITEMS_PER_BATCH", 1)
    made = places()
    plan_id = planned(made)
    purging = threading.Thread(target=erase.run_purge, args=(made.place, plan_id))
    purging.start()
    in_time = {victim: placed_in_time(made, victim) for victim in sorted(DUE_KEYS, reverse=True)}
    purging.join()
    still_there = set(made.store.read("dossiers")["dossier_key"])
    assert {victim for victim, came_first in in_time.items() if came_first} <= still_there
    assert load_plan(made.place.ledger, plan_id).state == PlanState.DONE
    verify_chain(made.place.ledger)


def placed_in_time(made: Made, victim: str) -> bool:
    try:
        # A server's day isn't that of the test's clock, by which the review is judged.
        return not held(made, victim, replace(ORDER, review=AS_OF + timedelta(days=90))).erasure_begun
    except UsageError:
        assert victim not in set(made.store.read("dossiers")["dossier_key"])
        return False
