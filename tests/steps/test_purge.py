from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from discretio.domain.approvals import Decision
from discretio.domain.frames import STORE_FRAMES
from discretio.domain.purge_states import PlanState
from discretio.errors import ApprovalError, PurgeRefusedError, StoreUnavailableError
from discretio.ledger import batches, certificates, dues, runs
from discretio.ledger.chain_verification import verify_chain
from discretio.ledger.keys import decrypt
from discretio.ledger.plans import load_plan, plan_items
from discretio.steps import approve as approving
from discretio.steps import erase, erasure_jobs, plan, scan, verify_purge
from discretio.stores.reference.erasing import ReferenceEraser
from steps.conftest import AS_OF, Made
from steps.killing import Moment, killed_after
from steps.purgeable_rows import DOSSIERS, DUE, DUE_KEYS, DUE_ROWS, key

ITEMS = DUE + len(DUE_ROWS)


def planned(made: Made, *, approved_by: tuple[str, ...] = ("alice", "bob")) -> str:
    plan_id = plan.plan_purge(made.place, "main", AS_OF, requester="admin").plan_id
    for login in approved_by:
        approving.approve(made.place, plan_id, login, made.key(login))
    return plan_id


def content(made: Made) -> dict[str, list[Any]]:
    """Every row of every table of the store."""
    with sqlite3.connect(made.out / "store.db") as connection:
        return {name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr) for name in STORE_FRAMES}  # noqa: S608 - our own names


def left(made: Made) -> set[str]:
    return {row[0] for row in content(made)["dossiers"]}


def sql(made: Made, statement: str) -> None:
    with made.store.database.writing() as connection:
        connection.execute(sa.text(statement))
        connection.commit()


def states(made: Made, plan_id: str) -> dict[str, int]:
    items = plan_items(made.place.ledger, plan_id)
    return {
        f"{s}:{r}" if isinstance(r, str) else s: n
        for (s, r), n in items.groupby(["state", "reason"], dropna=False).size().items()
    }


def state(made: Made, plan_id: str) -> str:
    return load_plan(made.place.ledger, plan_id).state


def test_two_approvers_and_what_was_approved_goes_and_nothing_else(made: Made) -> None:
    secret = made.place.ledger.keys.content_hash
    others = [key(number) for number in range(DUE, DOSSIERS)]
    before, hashes = content(made), made.store.dossier_hashes(others, secret)
    plan_id = planned(made)
    assert content(made) == before
    done = erase.run_purge(made.place, plan_id)
    assert (done.deleted, done.dropped, done.stopped) == (ITEMS, {}, False)
    assert left(made) == set(others)
    assert made.store.dossier_hashes(others, secret) == hashes
    assert [row[0] for row in content(made)["art8_rows"]] == ["A-x0002x"]


def test_the_certificate_says_what_went_and_the_ledger_forgets_its_names(made: Made) -> None:
    run_id = scan.begin_scan(made.place, "main", AS_OF)
    list(scan.scan_in_turn(made.place, run_id))
    plan_id = planned(made)
    erase.run_purge(made.place, plan_id)
    certificate = verify_purge.verify_purge(made.place, plan_id)
    assert f'"deleted":{{"art8_row":2,"dossier":{DUE}}}' in certificate.body.replace(" ", "")
    assert certificates.certificates(made.place.ledger, plan_id) == [certificate]
    assert state(made, plan_id) == PlanState.VERIFIED
    with made.place.ledger.reading() as connection:
        rows = connection.execute(sa.text("SELECT surrogate, natural_key FROM locator")).all()
    names = {_named(made, row) for row in rows}
    assert not {
        name for name in names if name in {*DUE_KEYS, *DUE_ROWS} or any(f"-x{number:04d}x" in name[2:] for number in range(DUE))
    }
    assert key(DUE) in names
    verify_chain(made.place.ledger)


def test_verifying_twice_gives_the_same_certificate(made: Made) -> None:
    plan_id = planned(made)
    erase.run_purge(made.place, plan_id)
    assert verify_purge.verify_purge(made.place, plan_id) == verify_purge.verify_purge(made.place, plan_id)


def test_deleting_twice_is_deleting_once(made: Made) -> None:
    plan_id = planned(made)
    erase.run_purge(made.place, plan_id)
    after = content(made)
    assert erase.run_purge(made.place, plan_id).deleted == 0
    assert content(made) == after
    assert states(made, plan_id) == {"DELETED": ITEMS}


def test_a_purge_that_was_never_verified_is_taken_up_again(made: Made) -> None:
    plan_id = planned(made)
    erase.run_purge(made.place, plan_id)
    assert plan_id in approving.approved_plans(made.place)
    verify_purge.verify_purge(made.place, plan_id)
    assert plan_id not in approving.approved_plans(made.place)


@pytest.mark.parametrize("approvers", [(), ("alice",), ("eve",)])
def test_without_everybodys_approval_nothing_goes(approvers: tuple[str, ...], made: Made) -> None:
    before = content(made)
    plan_id = planned(made, approved_by=approvers)
    assert state(made, plan_id) == PlanState.PLANNED
    with pytest.raises(ApprovalError):
        erase.run_purge(made.place, plan_id)
    assert content(made) == before


def test_neither_the_requester_nor_an_administrator_nor_a_stranger_approves(made: Made) -> None:
    plan_id = plan.plan_purge(made.place, "main", AS_OF, requester="alice").plan_id
    for login in ("alice", "carol"):
        with pytest.raises(ApprovalError):
            approving.approve(made.place, plan_id, login, made.key(login))
    with pytest.raises(ApprovalError, match="enrolled"):
        approving.approve(made.place, plan_id, "mallory", made.key("bob"))
    with pytest.raises(ApprovalError):
        approving.approve(made.place, plan_id, "bob", made.key("alice"))
    assert approving.missing(made.place, load_plan(made.place.ledger, plan_id))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (
            "INSERT INTO holds (hold_key, dossier_key, kind, from_at) VALUES ('H', 'D-x0002x', 'LITIGATION', '2026-11-20')",
            "held",
        ),
        ("UPDATE entries SET text = 'Autre chose.' WHERE entry_key = 'E0-x0002x'", "dossier_changed"),
        ("UPDATE dossiers SET agreed_term = 'P20Y' WHERE dossier_key = 'D-x0002x'", "no_longer_overdue"),
    ],
    ids=["hold", "edit", "term"],
)
def test_a_dossier_that_changed_drops_out_with_its_reason_and_the_rest_goes(change: str, reason: str, made: Made) -> None:
    plan_id = planned(made)
    sql(made, change)
    done = erase.run_purge(made.place, plan_id)
    assert (done.deleted, done.dropped) == (ITEMS - 1, {reason: 1})
    assert left(made) & set(DUE_KEYS) == {key(2)}
    assert "D-x0002x" not in verify_purge.verify_purge(made.place, plan_id).body


def test_a_dossier_that_somebody_else_deleted_is_not_our_erasure(made: Made) -> None:
    plan_id = planned(made)
    with made.store.erasing() as eraser:
        eraser.lock([key(2)])
        eraser.delete([key(2)])
        eraser.commit()
    done = erase.run_purge(made.place, plan_id)
    assert done.dropped == {"dossier_gone": 1}


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE art8_rows SET registered_at = '2016-05-01 00:00:00.000000' WHERE row_key = 'A-x0001x'",
        "INSERT INTO art8_rows (row_key, identity_key, registered_precision) VALUES ('A-new', 'P0', 'UNKNOWN')",
        "UPDATE art8_rows SET registered_at = '2010-05-01 00:00:00.000000' WHERE row_key = 'A-x0000x'",
    ],
    ids=["another row changed", "a row came", "the first row changed"],
)
def test_rows_of_one_identity_go_together_or_stay_together(change: str, made: Made) -> None:
    plan_id = planned(made)
    sql(made, change)
    erase.run_purge(made.place, plan_id)
    rows = {row[0] for row in content(made)["art8_rows"]}
    assert set(DUE_ROWS) <= rows
    assert states(made, plan_id)["DELETED"] == DUE


def test_where_each_registration_counts_each_row_is_due_for_itself(made: Made) -> None:
    policy = made.place.policy_on(AS_OF)
    each = replace(policy, values={**policy.values, "art8.start": "PER_ENTRY"})
    made = replace(made, place=replace(made.place, policy_on=lambda _: each))
    plan_id = planned(made)
    erase.run_purge(made.place, plan_id)
    assert {row[0] for row in content(made)["art8_rows"]} == {"A-x0001x", "A-x0002x"}


@pytest.mark.parametrize(("decision", "reached"), [("REFUSED", "REFUSED"), ("WITHDRAWN", "WITHDRAWN")])
def test_a_refusal_or_withdrawal_before_the_run_ends_the_plan(decision: str, reached: str, made: Made) -> None:
    before = content(made)
    plan_id = planned(made)
    approving.approve(made.place, plan_id, "bob", made.key("bob"), decision=decision)
    assert state(made, plan_id) == reached
    for again in (
        lambda: erase.run_purge(made.place, plan_id),
        lambda: approving.approve(made.place, plan_id, "bob", made.key("bob")),
    ):
        with pytest.raises((ApprovalError, PurgeRefusedError), match=reached):
            again()
    assert content(made) == before


def test_a_dpo_who_is_no_approver_can_refuse(made: Made) -> None:
    plan_id = planned(made)
    approving.approve(made.place, plan_id, "dora", made.key("dora"), decision=Decision.REFUSED)
    assert state(made, plan_id) == PlanState.REFUSED


def test_a_withdrawal_in_the_middle_stops_the_plan_and_what_went_is_certified(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasure_jobs, "ITEMS_PER_BATCH", 2)
    plan_id = planned(made)
    mark_done = batches.mark_done

    def withdrawing(*arguments: Any) -> None:  # noqa: ANN401 - as mark_done
        mark_done(*arguments)
        monkeypatch.setattr(batches, "mark_done", mark_done)
        approving.approve(made.place, plan_id, "bob", made.key("bob"), decision=Decision.WITHDRAWN)

    monkeypatch.setattr(batches, "mark_done", withdrawing)
    done = erase.run_purge(made.place, plan_id)
    assert (done.stopped, done.deleted) == (True, 2)
    assert states(made, plan_id) == {"DELETED": 2, "DROPPED:plan_withdrawn": ITEMS - 2}
    assert '"plan_withdrawn":6' in verify_purge.verify_purge(made.place, plan_id).body.replace(" ", "")
    assert state(made, plan_id) == PlanState.VERIFIED


def test_a_withdrawal_after_a_kill_finishes_what_was_intended_and_no_more(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasure_jobs, "ITEMS_PER_BATCH", 2)
    plan_id = planned(made)
    killed_after(made, plan_id, (ReferenceEraser, "commit", 2))
    approving.approve(made.place, plan_id, "bob", made.key("bob"), decision=Decision.WITHDRAWN)
    assert state(made, plan_id) == PlanState.RUNNING
    done = erase.run_purge(made.place, plan_id)
    assert done.stopped
    assert states(made, plan_id) == {"DELETED": 4, "DROPPED:plan_withdrawn": ITEMS - 4}
    assert len(content(made)["dossiers"]) + len(content(made)["art8_rows"]) == DOSSIERS + 3 - 4


def test_approvals_that_have_expired_end_the_plan(made: Made) -> None:
    plan_id = planned(made)
    made.clock.moment += timedelta(days=32)
    with pytest.raises(ApprovalError, match="older"):
        erase.run_purge(made.place, plan_id)
    assert state(made, plan_id) == PlanState.EXPIRED
    assert plan_id not in approving.approved_plans(made.place)


def test_a_policy_that_changed_since_refuses_the_plan(made: Made) -> None:
    before = content(made)
    plan_id = planned(made)
    other = replace(made.place.policy_on(AS_OF), sha256="0" * 64)
    with pytest.raises(ApprovalError, match="policy changed"):
        erase.run_purge(replace(made.place, policy_on=lambda _: other), plan_id)
    assert content(made) == before


def test_over_the_cap_the_whole_plan_is_refused_and_the_terms_are_recorded(made: Made) -> None:
    sql(made, "UPDATE dossiers SET agreed_term = 'P1Y' WHERE dossier_key = 'D-x0010x'")
    with pytest.raises(PurgeRefusedError, match=r"7 of 60"):
        planned(made)
    recorded = dues.latest_dues(made.place.ledger, 1)
    overdue = recorded[(recorded["rule_id"] == "ART3-1-AGREED-TERM-EXPIRED") & (recorded["status"] == "OVERDUE")]
    assert overdue["scope_id"].nunique() == DUE + 1  # each of the controllers concerned hears of a dossier
    overdue = (recorded["rule_id"] == "ART3-1-AGREED-TERM-EXPIRED") & (recorded["status"] == "OVERDUE")
    assert recorded[overdue]["scope_id"].nunique() == DUE + 1  # one row for each controller who is to hear of it
    assert runs.runs(made.place.ledger, verb="plan")[0].state == "FAILED"


def test_a_plan_dated_ahead_and_a_catch_up_only_dry_run(made: Made) -> None:
    before = content(made)
    ahead = plan.plan_purge(made.place, "main", AS_OF + timedelta(days=1), requester="admin")
    assert ahead.dry_run_only
    for login in ("alice", "bob"):
        approving.approve(made.place, ahead.plan_id, login, made.key(login))
    assert sum(erase.dry_run(made.place, ahead.plan_id).values()) == ITEMS
    with pytest.raises(PurgeRefusedError):
        erase.run_purge(made.place, ahead.plan_id)
    with pytest.raises(PurgeRefusedError, match="catch-up"):
        erase.run_purge(made.place, planned(made), catch_up=True)
    assert content(made) == before


@pytest.mark.parametrize(
    "moment",
    [
        (batches, "write_intent", 1), (batches, "write_intent", 3), (ReferenceEraser, "commit", 1),
        (ReferenceEraser, "commit", 4), (ReferenceEraser, "delete", 2), (batches, "mark_done", 1), (erase, "set_plan_state", 1),
    ],
    ids=lambda moment: f"{moment[1]}-{moment[2]}",
)  # fmt: skip
def test_a_purge_killed_anywhere_resumes_to_the_same_end(
    moment: Moment, made: Made, whole_run: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasure_jobs, "ITEMS_PER_BATCH", 2)
    plan_id = planned(made)
    killed_after(made, plan_id, moment)
    if load_plan(made.place.ledger, plan_id).state != PlanState.DONE:
        erase.run_purge(made.place, plan_id)
    assert content(made) == whole_run["content"]
    assert states(made, plan_id) == whole_run["states"]
    assert verify_purge.verify_purge(made.place, plan_id).plan_id == plan_id
    verify_chain(made.place.ledger)


@pytest.mark.parametrize("name", ["save_certificate", "_mark", "set_plan_state"])
def test_a_verification_killed_anywhere_ends_in_one_certificate(name: str, made: Made) -> None:
    plan_id = planned(made)
    erase.run_purge(made.place, plan_id)
    killed_after(made, plan_id, (verify_purge, name, 1), run=verify_purge.verify_purge)
    certificate = verify_purge.verify_purge(made.place, plan_id)
    assert certificates.certificates(made.place.ledger, plan_id) == [certificate]
    assert f'"dossier":{DUE}' in certificate.body.replace(" ", "")
    assert states(made, plan_id) == {"VERIFIED": ITEMS}


def test_a_store_that_dies_before_the_commit_has_lost_nothing_and_the_plan_goes_on(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(made)
    plan_id = planned(made)
    with monkeypatch.context() as patch:

        def dying(_eraser: ReferenceEraser) -> None:
            raise StoreUnavailableError("the store died")

        patch.setattr(ReferenceEraser, "commit", dying)
        with pytest.raises(StoreUnavailableError):
            erase.run_purge(made.place, plan_id)
    assert content(made) == before
    assert erase.run_purge(made.place, plan_id).deleted == ITEMS


def test_what_a_backup_brought_back_is_found_and_erased_again(made: Made) -> None:
    plan_id = planned(made)
    shutil.copy(made.out / "store.db", made.out / "backup.db")
    erase.run_purge(made.place, plan_id)
    shutil.copy(made.out / "backup.db", made.out / "store.db")
    with pytest.raises(PurgeRefusedError, match="there again"):
        verify_purge.verify_purge(made.place, plan_id)
    erase.run_purge(made.place, plan_id)
    assert verify_purge.verify_purge(made.place, plan_id).plan_id == plan_id
    assert not left(made) & set(DUE_KEYS)


@pytest.fixture
def whole_run(template: Path, tmp_path: Path, open_at: Callable[[Path], Made]) -> dict[str, Any]:
    """What a run that nobody kills leaves."""
    shutil.copytree(template, tmp_path / "whole")
    made = open_at(tmp_path / "whole")
    plan_id = planned(made)
    erase.run_purge(made.place, plan_id)
    return {"content": content(made), "states": states(made, plan_id)}


def _named(made: Made, row: Any) -> str:  # noqa: ANN401 - a row
    return decrypt(made.place.ledger.keys, row.natural_key, row.surrogate)
