"""Search indexes and caches beside a store are told of every erasure, and hold nothing of it when it is certified."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from discretio.domain.purge_states import PlanState
from discretio.errors import PurgeRefusedError, StoreUnavailableError, UsageError
from discretio.ledger import batches
from discretio.steps import erase, verify_purge
from discretio.stores import hooks
from steps.conftest import Made
from steps.killing import killed_after
from steps.purgeable_rows import DOSSIERS, DUE_KEYS, DUE_ROWS, key
from steps.test_purge import planned, state


class FullTextIndex:
    """A search index in a file of its own, which may be down."""

    name = "full_text"

    def __init__(self, file: Path) -> None:
        self.file = file
        self.down = self.lazy = False
        with sqlite3.connect(file) as connection:
            connection.execute("CREATE VIRTUAL TABLE words USING fts5(store, kind, own_key, text)")
            keys = [("dossier", key(number)) for number in range(DOSSIERS)] + [("art8_row", row) for row in DUE_ROWS]
            connection.executemany("INSERT INTO words VALUES ('main', ?, ?, 'le patient')", keys)

    def forget(self, store: str, kind: str, keys: Sequence[str]) -> None:
        if self.down:
            raise ConnectionError(f"no answer about {keys[0]}")
        if not self.lazy:
            with sqlite3.connect(self.file) as connection:
                gone = [(store, kind, one) for one in keys]
                connection.executemany("DELETE FROM words WHERE store = ? AND kind = ? AND own_key = ?", gone)

    def remaining(self, store: str, kind: str, keys: Sequence[str]) -> int:
        assert (store, kind) in {("main", "dossier"), ("main", "art8_row")}
        return len(self.held() & set(keys))

    def held(self) -> set[str]:
        with sqlite3.connect(self.file) as connection:
            return {row[0] for row in connection.execute("SELECT own_key FROM words")}


@pytest.fixture
def index(tmp_path: Path) -> FullTextIndex:
    return FullTextIndex(tmp_path / "index.db")


@pytest.fixture
def indexed(made: Made, index: FullTextIndex) -> Made:
    return replace(made, place=replace(made.place, hooks=(index,)))


def test_what_was_erased_leaves_the_index_and_nothing_else_does(indexed: Made, index: FullTextIndex) -> None:
    before, plan_id = index.held(), planned(indexed)
    erase.run_purge(indexed.place, plan_id)
    assert before - index.held() == {*DUE_KEYS, *DUE_ROWS}
    certificate = json.loads(verify_purge.verify_purge(indexed.place, plan_id).body)
    assert certificate["verification"]["indexes_and_caches"] == ["full_text"]


def test_an_index_that_is_down_stops_the_plan_which_goes_on_once_it_is_up(indexed: Made, index: FullTextIndex) -> None:
    plan_id, index.down = planned(indexed), True
    with pytest.raises(StoreUnavailableError, match="search index") as refused:
        erase.run_purge(indexed.place, plan_id)
    assert "x000" not in str(refused.value)
    assert state(indexed, plan_id) == PlanState.RUNNING
    index.down = False
    erase.run_purge(indexed.place, plan_id)
    assert not index.held() & {*DUE_KEYS, *DUE_ROWS}
    assert verify_purge.verify_purge(indexed.place, plan_id)


def test_a_purge_killed_before_the_index_was_told_tells_it_when_it_resumes(indexed: Made, index: FullTextIndex) -> None:
    plan_id = planned(indexed)
    killed_after(indexed, plan_id, (erase, "_erase", 1))
    assert index.held() >= {*DUE_KEYS, *DUE_ROWS}
    erase.run_purge(indexed.place, plan_id)
    assert not index.held() & {*DUE_KEYS, *DUE_ROWS}


def test_a_purge_killed_after_the_index_was_told_tells_it_again_and_nothing_changes(
    indexed: Made, index: FullTextIndex
) -> None:
    plan_id = planned(indexed)
    killed_after(indexed, plan_id, (batches, "mark_done", 1))
    erase.run_purge(indexed.place, plan_id)
    assert verify_purge.verify_purge(indexed.place, plan_id)


def test_an_index_that_still_holds_something_keeps_the_plan_from_being_certified(indexed: Made, index: FullTextIndex) -> None:
    plan_id, index.lazy = planned(indexed), True
    erase.run_purge(indexed.place, plan_id)
    with pytest.raises(PurgeRefusedError, match="there again, or still") as refused:
        verify_purge.verify_purge(indexed.place, plan_id)
    assert refused.value.where == "full_text"
    index.lazy = False
    erase.run_purge(indexed.place, plan_id)
    assert verify_purge.verify_purge(indexed.place, plan_id)


def test_a_dossier_that_dropped_out_stays_in_the_index(indexed: Made, index: FullTextIndex) -> None:
    plan_id = planned(indexed)
    with indexed.store.database.writing() as connection:
        connection.exec_driver_sql("UPDATE entries SET text = 'Autre chose.' WHERE entry_key = 'E0-x0002x'")
        connection.commit()
    erase.run_purge(indexed.place, plan_id)
    assert key(2) in index.held()


@pytest.mark.parametrize("value", ["json:no_such_thing", "no_such_module:Hook", "builtins:dict"])
def test_a_hook_that_cant_be_loaded_stops_everything(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hooks, "entry_points", lambda group: [EntryPoint("broken", value, group)])
    with pytest.raises(UsageError, match="hook"):
        hooks.installed_hooks()
