"""A wrong plan, key, clock, disk or store: a clear error and nothing deleted, or a state from which the purge goes on."""

from __future__ import annotations

import base64
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa

from discretio import wiring
from discretio.domain.purge_states import PlanState
from discretio.errors import (
    ApprovalError,
    LedgerError,
    LedgerKeyError,
    PurgeRefusedError,
    StoreUnavailableError,
)
from discretio.ledger import stores
from discretio.ledger.chain_verification import verify_chain
from discretio.ledger.opening import new_key
from discretio.ledger.purge_tables import plan_items
from discretio.settings import Settings
from discretio.steps import erase, erasure_jobs, verify_purge
from discretio.stores import engines
from discretio.stores.engines import Database, Purpose
from steps.conftest import Made
from steps.killing import bytes_at_most
from steps.purgeable_rows import DUE_ROWS, key
from steps.test_purge import ITEMS, content, planned, sql, state, states

Left = tuple[dict[str, list[Any]], dict[str, int]]
"""The rows of the store, and the states of the plan's items."""


@pytest.fixture
def undisturbed(template: Path, tmp_path: Path, open_at: Callable[[Path], Made]) -> Left:
    """What a purge leaves that nothing disturbs."""
    shutil.copytree(template, tmp_path / "undisturbed")
    made = open_at(tmp_path / "undisturbed")
    plan_id = planned(made)
    erase.run_purge(made.place, plan_id)
    return content(made), states(made, plan_id)


@pytest.mark.parametrize(
    "edit",
    [
        sa.update(plan_items).values(dossier_hash="ab" * 32),
        sa.update(plan_items).values(rule_id="ART3-1"),
        sa.delete(plan_items).where(plan_items.c.kind == "art8_row"),
    ],
    ids=["hash", "rule", "an item less"],
)
def test_a_plan_edited_by_hand_deletes_nothing(edit: sa.Executable, made: Made) -> None:
    plan_id, before = planned(made), content(made)
    with made.place.ledger.writing() as connection:
        connection.execute(edit)
    with pytest.raises(LedgerError, match="not those that were planned"):
        erase.run_purge(made.place, plan_id)
    assert content(made) == before


def test_a_plan_meets_another_store_under_the_name_of_its_own_and_deletes_nothing_there(made: Made) -> None:
    plan_id = planned(made)
    shutil.copy(made.out / "store.db", made.out / "another.db")
    with sqlite3.connect(made.out / "another.db") as connection:
        connection.execute("UPDATE persons SET name = 'Quelqu''un d''autre'")
        connection.execute("UPDATE art8_rows SET controller_key = NULL")
    connection.close()
    stores.register_store(made.place.ledger, "main", "reference_store", f"sqlite:///{made.out / 'another.db'}")
    shutil.copy(made.out / "another.db", made.out / "store.db")
    before = content(made)
    assert erase.run_purge(made.place, plan_id).dropped == {"dossier_changed": ITEMS}
    shutil.copy(made.out / "another.db", made.out / "store.db")
    assert content(made) == before


@pytest.mark.parametrize("back", [timedelta(days=1), timedelta(days=400)], ids=["a day", "over a year"])
def test_a_clock_moved_back_deletes_nothing_and_right_again_it_goes_on(back: timedelta, made: Made) -> None:
    plan_id, before = planned(made), content(made)
    made.clock.moment -= back
    with pytest.raises((PurgeRefusedError, ApprovalError)):
        erase.run_purge(made.place, plan_id)
    assert content(made) == before
    made.clock.moment += back
    assert erase.run_purge(made.place, plan_id).deleted == ITEMS
    verify_chain(made.place.ledger)


def test_with_a_wrong_key_the_ledger_does_not_open_and_nothing_is_written(
    made: Made, settings_in: Callable[[Path], Settings]
) -> None:
    planned(made)
    made.place.ledger.close()
    before = (made.out / "home" / "ledger.db").read_bytes()
    settings = replace(settings_in(made.out), ledger_key=base64.b64encode(new_key()).decode())
    with pytest.raises(LedgerKeyError):
        wiring.workplace(settings)
    assert (made.out / "home" / "ledger.db").read_bytes() == before


def test_a_table_that_came_since_and_holds_on_to_a_dossier_stops_the_batch_whole(made: Made, undisturbed: Left) -> None:
    plan_id, before = planned(made), content(made)
    sql(made, "CREATE TABLE invoices (dossier_key VARCHAR(190) REFERENCES dossiers (dossier_key))")
    sql(made, "INSERT INTO invoices VALUES ('D-x0002x')")
    with pytest.raises(StoreUnavailableError):
        erase.run_purge(made.place, plan_id)
    after = content(made)
    assert {name: rows for name, rows in after.items() if name != "art8_rows"} == {
        name: rows for name, rows in before.items() if name != "art8_rows"
    }
    sql(made, "DELETE FROM invoices")
    erase.run_purge(made.place, plan_id)
    assert (content(made), states(made, plan_id)) == undisturbed


@pytest.mark.parametrize("change", ["DELETE FROM attachments", "UPDATE attachments SET text = NULL"], ids=["gone", "emptied"])
def test_a_dossier_whose_attachment_is_missing_since_drops_out_whole(change: str, made: Made) -> None:
    sql(made, "UPDATE attachments SET text = 'annexe' WHERE dossier_key = 'D-x0002x'")
    plan_id = planned(made)
    sql(made, f"{change} WHERE dossier_key = 'D-x0002x'")
    assert erase.run_purge(made.place, plan_id).dropped == {"dossier_changed": 1}
    assert key(2) in {row[0] for row in content(made)["dossiers"]}


def test_in_a_store_that_can_only_be_read_nothing_is_deleted_and_the_plan_can_be_resumed(
    made: Made, undisturbed: Left, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan_id, before = planned(made), content(made)
    with monkeypatch.context() as patch:
        opened = engines._sqlite_engine
        patch.setattr(engines, "_sqlite_engine", lambda path, _: opened(path, Purpose.READ))
        with pytest.raises(StoreUnavailableError) as refused:
            erase.run_purge(made.place, plan_id)
    assert "x000" not in str(refused.value)
    assert (content(made), state(made, plan_id)) == (before, PlanState.RUNNING)
    erase.run_purge(made.place, plan_id)
    assert (content(made), states(made, plan_id)) == undisturbed


@pytest.mark.parametrize("seed", range(3))
def test_a_store_that_answers_half_of_the_time_is_purged_in_the_end(
    seed: int, made: Made, undisturbed: Left, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasure_jobs, "ITEMS_PER_BATCH", 1)
    plan_id, connect, chance = planned(made), Database.connect, Random(seed)  # noqa: S311 - chance for a test

    def moody(database: Database, purpose: Purpose) -> sa.Connection:
        if chance.random() < 0.5:
            raise StoreUnavailableError("the store can't be reached")
        return connect(database, purpose)

    with monkeypatch.context() as patch:
        patch.setattr(Database, "connect", moody)
        for _ in range(20 * ITEMS):
            with suppress(StoreUnavailableError):
                erase.run_purge(made.place, plan_id)
    assert (content(made), states(made, plan_id)) == undisturbed
    assert verify_purge.verify_purge(made.place, plan_id)
    verify_chain(made.place.ledger)


def test_a_disk_that_fills_up_at_any_byte_leaves_a_plan_that_resumes_to_the_same_end(
    made: Made, undisturbed: Left, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasure_jobs, "ITEMS_PER_BATCH", 2)
    plan_id, ended = planned(made), []
    for limit in (*range(0, 200_000, 8_192), 10**9):
        ended.append(bytes_at_most(made, plan_id, limit))
        assert ended[-1] in {0, 3}, f"{limit} bytes: exit {ended[-1]}"
    assert (ended[0], ended[-1]) == (3, 0)
    assert (content(made), states(made, plan_id)) == undisturbed
    assert verify_purge.verify_purge(made.place, plan_id)
    verify_chain(made.place.ledger)
    assert not {row[0] for row in content(made)["art8_rows"]} & set(DUE_ROWS)
