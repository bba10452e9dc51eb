"""The same bad input as for a store of our own, in somebody else's database and in a tree of documents."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa

from discretio.domain.purge_states import PlanState
from discretio.errors import ApprovalError, LedgerError, PurgeRefusedError, StoreUnavailableError
from discretio.ledger.chain_verification import verify_chain
from discretio.ledger.plans import load_plan
from discretio.ledger.purge_tables import plan_items
from discretio.settings import Settings
from discretio.steps import erase, erasure_jobs, verify_purge
from discretio.steps.workplace import Workplace
from discretio.stores import engines, erasing_folder
from discretio.stores.engines import Database, Purpose
from steps.killing import bytes_at_most
from steps.mapped_places import DUE_IN_TREE, ForeignPlace, centre_place, tree_place
from stores.foreign.erasable import DUE, FILES, content


@dataclass(frozen=True)
class Bad:
    """A foreign place to mistreat: what is in its store, which of its dossiers stand, how many are due."""

    at: ForeignPlace
    kind: str
    due: int

    @property
    def url(self) -> str:
        return f"sqlite:///{self.at.out / 'centre.db'}"

    def content(self) -> object:
        if self.kind == "mapped":
            return content(self.url)
        tree = self.at.out / "tree"
        return {str(path.relative_to(tree)): path.read_bytes() for path in tree.rglob("*") if path.is_file()}

    def standing(self) -> int:
        """How many dossiers are left."""
        if self.kind == "mapped":
            return len(content(self.url)["client_file"])
        return sum(path.is_dir() for path in (self.at.out / "tree").iterdir())

    def all_but(self, gone: int) -> int:
        return (FILES if self.kind == "mapped" else 10) - gone


@pytest.fixture(params=["mapped", "tree"])
def bad(request: pytest.FixtureRequest, tmp_path: Path, settings_in: Callable[[Path], Settings], shared: Workplace) -> Bad:
    if request.param == "tree":
        return Bad(tree_place(tmp_path, settings_in(tmp_path), shared), "tree", DUE_IN_TREE)
    url = f"sqlite:///{tmp_path / 'centre.db'}"
    return Bad(centre_place(tmp_path, url, settings_in(tmp_path), shared), "mapped", DUE)


def ends_well(bad: Bad, plan_id: str) -> None:
    """All that was planned is gone, all else stands, and it can be proved."""
    assert bad.standing() == bad.all_but(bad.due)
    assert set(erase.plan_items(bad.at.place.ledger, plan_id)["state"]) == {"DELETED"}
    assert verify_purge.verify_purge(bad.at.place, plan_id)
    verify_chain(bad.at.place.ledger)


def test_a_plan_edited_by_hand_deletes_nothing(bad: Bad) -> None:
    plan_id, before = bad.at.planned(), bad.content()
    with bad.at.place.ledger.writing() as connection:
        connection.execute(sa.update(plan_items).values(dossier_hash="ab" * 32))
    with pytest.raises(LedgerError, match="not those that were planned"):
        erase.run_purge(bad.at.place, plan_id)
    assert bad.content() == before


def test_approvals_that_have_expired_end_the_plan(bad: Bad) -> None:
    plan_id, before = bad.at.planned(), bad.content()
    bad.at.clock.moment += timedelta(days=32)
    with pytest.raises(ApprovalError, match="older"):
        erase.run_purge(bad.at.place, plan_id)
    assert bad.content() == before


def test_a_clock_moved_back_deletes_nothing_and_right_again_it_goes_on(bad: Bad) -> None:
    plan_id, before = bad.at.planned(), bad.content()
    bad.at.clock.moment -= timedelta(days=1)
    with pytest.raises((PurgeRefusedError, ApprovalError)):
        erase.run_purge(bad.at.place, plan_id)
    assert bad.content() == before
    bad.at.clock.moment += timedelta(days=1)
    erase.run_purge(bad.at.place, plan_id)
    ends_well(bad, plan_id)


def test_a_mapping_that_changed_since_refuses_the_plan(bad: Bad) -> None:
    plan_id, before = bad.at.planned(), bad.content()
    path = bad.at.out / ("centre.yaml" if bad.kind == "mapped" else "tree.yaml")
    kept = path.read_text(encoding="utf-8")
    path.write_text(f"{kept}# changed\n", encoding="utf-8")
    with pytest.raises(PurgeRefusedError, match="mapping of the store changed"):
        erase.run_purge(bad.at.place, plan_id)
    assert bad.content() == before
    path.write_text(kept, encoding="utf-8")
    erase.run_purge(bad.at.place, plan_id)
    ends_well(bad, plan_id)


def test_another_store_in_the_place_of_the_planned_one_loses_nothing(bad: Bad) -> None:
    plan_id = bad.at.planned()
    if bad.kind == "mapped":
        with sqlite3.connect(bad.at.out / "centre.db") as connection:
            connection.execute("UPDATE client SET name = 'Iemand anders'")
        connection.close()
    else:
        for note in (bad.at.out / "tree").rglob("note.txt"):
            note.write_text("over iemand anders", encoding="utf-8")
    before = bad.content()
    assert erase.run_purge(bad.at.place, plan_id).dropped == {"dossier_changed": bad.due}
    assert bad.content() == before


def test_a_dossier_of_which_a_part_is_missing_since_drops_out_whole(bad: Bad) -> None:
    plan_id = bad.at.planned()
    if bad.kind == "mapped":
        with sqlite3.connect(bad.at.out / "centre.db") as connection:
            connection.execute("DELETE FROM client WHERE file_nr = 2")
        connection.close()
    else:
        (bad.at.out / "tree" / "d2" / "note.txt").unlink()
    done = erase.run_purge(bad.at.place, plan_id)
    assert (done.deleted, done.dropped) == (bad.due - 1, {"dossier_changed": 1})
    assert bad.standing() == bad.all_but(bad.due - 1)


def test_in_a_store_that_can_only_be_read_nothing_is_deleted_and_the_plan_can_be_resumed(
    bad: Bad, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_only(*_: object, **__: object) -> None:
        raise PermissionError(30, "Read-only file system", "d0")

    plan_id, before = bad.at.planned(), bad.content()
    with monkeypatch.context() as patch:
        opened = engines._sqlite_engine
        patch.setattr(engines, "_sqlite_engine", lambda path, _: opened(path, Purpose.READ))
        patch.setattr(os, "rename", read_only)
        with pytest.raises(StoreUnavailableError) as refused:
            erase.run_purge(bad.at.place, plan_id)
    assert "d0" not in str(refused.value)
    assert (bad.content(), load_plan(bad.at.place.ledger, plan_id).state) == (before, PlanState.RUNNING)
    erase.run_purge(bad.at.place, plan_id)
    ends_well(bad, plan_id)


def test_a_store_that_answers_half_of_the_time_is_purged_in_the_end(bad: Bad, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasure_jobs, "ITEMS_PER_BATCH", 1)
    plan_id, chance = bad.at.planned(), Random(7)  # noqa: S311 - chance for a test

    def moody(works: Callable[..., Any], failure: Exception) -> Callable[..., Any]:
        def answer(*arguments: Any) -> Any:  # noqa: ANN401 - whatever it takes and gives
            if chance.random() < 0.5:
                raise failure
            return works(*arguments)

        return answer

    with monkeypatch.context() as patch:
        patch.setattr(Database, "connect", moody(Database.connect, StoreUnavailableError("the store can't be reached")))
        patch.setattr(erasing_folder, "_move", moody(erasing_folder._move, OSError("the disk went away")))
        for _ in range(40 * bad.due):
            with suppress(StoreUnavailableError):
                erase.run_purge(bad.at.place, plan_id)
    ends_well(bad, plan_id)


def test_a_disk_that_fills_up_under_the_ledger_leaves_a_plan_that_resumes_to_the_same_end(
    bad: Bad, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasure_jobs, "ITEMS_PER_BATCH", 2)
    plan_id = bad.at.planned()
    ended = [bytes_at_most(bad.at, plan_id, limit) for limit in (*range(0, 200_000, 24_576), 10**9)]
    assert set(ended) <= {0, 3}
    assert (ended[0], ended[-1]) == (3, 0)
    ends_well(bad, plan_id)
