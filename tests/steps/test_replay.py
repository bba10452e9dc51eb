"""What a restored backup brings back is erased again, by a plan like any other, and nothing else is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from discretio.domain.retention_reasons import Reason
from discretio.errors import ApprovalError, UsageError
from discretio.ledger.chain_verification import verify_chain
from discretio.steps import approve as approving
from discretio.steps import erase, replay, verify_purge
from discretio.steps.freezing import Planned
from discretio.steps.registering import registered_name
from steps.conftest import AS_OF, Made
from steps.purgeable_rows import DUE, DUE_KEYS, DUE_ROWS, key
from steps.test_purge import content, left, planned, sql

ITEMS = DUE + len(DUE_ROWS)
HOLD = "INSERT INTO holds (hold_key, dossier_key, kind, from_at) VALUES ('H', 'D-x0002x', 'LITIGATION', '2026-11-20')"

NEW_DOSSIER = (
    "UPDATE dossiers SET opened_at = '2026-11-21 00:00:00.000000', status = 'OPEN', closed_at = NULL "
    "WHERE dossier_key = 'D-x0002x'"
)


@pytest.fixture
def restored(made: Made) -> Made:
    """A store that was purged, certified, and then overwritten by its backup."""
    shutil.copy(made.out / "store.db", made.out / "backup.db")
    plan_id = planned(made)
    erase.run_purge(made.place, plan_id)
    verify_purge.verify_purge(made.place, plan_id)
    shutil.copy(made.out / "store.db", made.out / "purged.db")
    shutil.copy(made.out / "backup.db", made.out / "store.db")
    return made


def replayed(made: Made, *, approved_by: tuple[str, ...] = ("alice", "bob")) -> Planned:
    plan = replay.plan_replay(made.place, "main", AS_OF, requester="admin")
    for login in approved_by:
        approving.approve(made.place, plan.plan_id, login, made.key(login))
    return plan


def test_what_the_backup_brought_back_goes_again_and_is_certified_again(restored: Made) -> None:
    plan = replayed(restored)
    assert (plan.dossiers, plan.art8_rows, plan.held_back) == (DUE, len(DUE_ROWS), {})
    assert erase.run_purge(restored.place, plan.plan_id).deleted == ITEMS
    assert verify_purge.verify_purge(restored.place, plan.plan_id).plan_id == plan.plan_id
    after = content(restored)
    shutil.copy(restored.out / "purged.db", restored.out / "store.db")
    assert after == content(restored)
    verify_chain(restored.place.ledger)


def test_an_older_copy_goes_even_if_its_own_dates_would_keep_it(restored: Made) -> None:
    sql(restored, "UPDATE dossiers SET status = 'OPEN', closed_at = NULL WHERE dossier_key IN ('D-x0001x', 'D-x0002x')")
    sql(restored, "DELETE FROM dossier_events WHERE dossier_key IN ('D-x0001x', 'D-x0002x')")
    erase.run_purge(restored.place, replayed(restored).plan_id)
    assert not left(restored) & set(DUE_KEYS)


def test_a_store_that_nobody_restored_has_nothing_to_replay(made: Made) -> None:
    plan = replay.plan_replay(made.place, "main", AS_OF, requester="admin")
    assert (plan.dossiers, plan.art8_rows, plan.held_back) == (0, 0, {})


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (HOLD, Reason.HELD),
        (NEW_DOSSIER, Reason.NEWER_THAN_ERASURE),
        (
            "UPDATE entries SET introduced_at = '2026-11-21 08:00:00.000000' WHERE entry_key = 'E0-x0002x'",
            Reason.NEWER_THAN_ERASURE,
        ),
        ("UPDATE entries SET introduced_at = NULL WHERE entry_key = 'E0-x0002x'", Reason.ENTRY_INTRODUCTION_UNKNOWN),
    ],
    ids=["held", "key given to a new dossier", "entry written since", "entry of unknown date"],
)
def test_what_is_held_or_not_the_same_stays_with_its_reason(change: str, reason: Reason, restored: Made) -> None:
    sql(restored, change)
    plan = replayed(restored)
    assert plan.held_back == {reason.value: 1}
    erase.run_purge(restored.place, plan.plan_id)
    assert left(restored) & set(DUE_KEYS) == {key(2)}


@pytest.mark.parametrize(
    ("change", "reason"),
    [(HOLD, "held"), ("UPDATE entries SET text = 'Autre chose.' WHERE entry_key = 'E0-x0002x'", "dossier_changed")],
    ids=["hold", "edit"],
)
def test_what_changes_after_the_approval_drops_out(change: str, reason: str, restored: Made) -> None:
    plan = replayed(restored)
    sql(restored, change)
    assert erase.run_purge(restored.place, plan.plan_id).dropped == {reason: 1}
    assert left(restored) & set(DUE_KEYS) == {key(2)}


def test_one_person_replays_nothing(restored: Made) -> None:
    plan = replayed(restored, approved_by=("alice",))
    with pytest.raises(ApprovalError):
        erase.run_purge(restored.place, plan.plan_id)
    assert set(DUE_KEYS) <= left(restored)


def restored_elsewhere(made: Made) -> str:
    """The backup beside the purged store, under another URL, registered by nobody yet."""
    shutil.copy(made.out / "store.db", made.out / "elsewhere.db")
    shutil.copy(made.out / "purged.db", made.out / "store.db")
    return registered_name(made.place, f"sqlite:///{made.out / 'elsewhere.db'}")


def test_a_backup_restored_elsewhere_is_purged_there_by_the_erasures_of_the_store_that_it_copies(restored: Made) -> None:
    name, before = restored_elsewhere(restored), content(restored)
    plan = replay.plan_replay(restored.place, name, AS_OF, requester="admin", copy_of="main")
    assert (plan.dossiers, plan.art8_rows) == (DUE, len(DUE_ROWS))
    for login in ("alice", "bob"):
        approving.approve(restored.place, plan.plan_id, login, restored.key(login))
    assert erase.run_purge(restored.place, plan.plan_id).deleted == ITEMS
    assert verify_purge.verify_purge(restored.place, plan.plan_id).plan_id == plan.plan_id
    assert content(restored) == before
    shutil.copy(restored.out / "elsewhere.db", restored.out / "store.db")
    assert content(restored) == before
    verify_chain(restored.place.ledger)


def test_a_store_whose_origin_nobody_names_has_nothing_to_replay(restored: Made) -> None:
    plan = replay.plan_replay(restored.place, restored_elsewhere(restored), AS_OF, requester="admin")
    assert (plan.dossiers, plan.art8_rows, plan.held_back) == (0, 0, {})


def test_the_named_origin_must_be_a_registered_store_of_the_same_kind(restored: Made, tmp_path: Path) -> None:
    name = restored_elsewhere(restored)
    (tmp_path / "folder").mkdir()
    folder = registered_name(restored.place, str(tmp_path / "folder"))
    for wrong in ("nobody", folder):
        with pytest.raises(UsageError):
            replay.plan_replay(restored.place, name, AS_OF, requester="admin", copy_of=wrong)


def test_a_replay_whose_origin_is_lost_erases_nothing(restored: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    name = restored_elsewhere(restored)
    monkeypatch.setattr(replay, "record_origin", lambda *_: None)  # killed between the plan and this record
    plan = replay.plan_replay(restored.place, name, AS_OF, requester="admin", copy_of="main")
    for login in ("alice", "bob"):
        approving.approve(restored.place, plan.plan_id, login, restored.key(login))
    assert erase.run_purge(restored.place, plan.plan_id).deleted == 0
