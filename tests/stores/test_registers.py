"""The registers of a reference store: what it keeps it delivers, and with a dossier everything of it goes, but for the logs."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import text

from discretio.domain.frames import MOMENT, NUMBER, STORE_FRAMES, TRUTH, Column
from discretio.errors import UsageError
from discretio.stores.loading import load_rows
from discretio.stores.reference import ReferenceStore, create_store, keep_registers
from discretio.stores.reference.schema import LOGS, WHOLE
from stores.store_rows import sample_rows

REGISTERS = sorted(WHOLE.frames.keys() - STORE_FRAMES.keys())
KEY = b"k" * 32


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'store.db'}"


def value(column: Column, number: int) -> object:
    if column.dtype == MOMENT:
        return pd.Timestamp("2026-03-02")
    return {NUMBER: number, TRUTH: bool(number % 2)}.get(column.dtype, f"{column.name} {number}")


def register_rows(rows: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """One row per dossier in each register, about its first entry and session."""
    first = rows["entries"].drop_duplicates("dossier_key").set_index("dossier_key")["entry_key"].to_dict()
    session = rows["sessions"].drop_duplicates("dossier_key").set_index("dossier_key")["session_key"].to_dict()
    controller = rows["controllers"]["controller_key"].iloc[0]
    made = {}
    for name in REGISTERS:
        frame = WHOLE.frames[name]
        listed = []
        for number, (dossier, entry) in enumerate(sorted(first.items())):
            row = {column.name: value(column, number) for column in frame.columns} | {frame.key: f"{name}-{dossier}"}
            known = {"dossier_key": dossier, "entry_key": entry, "session_key": session.get(dossier)}
            known["secret_sharing_key"] = f"secret_sharings-{dossier}"
            known |= {column.name: controller for column in frame.columns if column.kind == "controller"}
            listed.append(row | {one: told for one, told in known.items() if one in row})
        made[name] = pd.DataFrame(listed).astype({column.name: column.dtype for column in frame.columns})
    return made


def everything(store: ReferenceStore) -> dict[str, list[tuple[object, ...]]]:
    with store.database.reading("the tables") as connection:
        return {name: sorted(map(tuple, connection.execute(text(f"SELECT * FROM {name}"))), key=repr) for name in WHOLE.by_name}  # noqa: S608 - our own names


def test_a_store_keeps_what_it_is_told_to_and_says_nothing_of_the_rest(url: str) -> None:
    store = create_store(url, registers=["legal_bases", "entries.legal_ground"])
    assert store.frames() == STORE_FRAMES.keys() | {"legal_bases"}
    there = set(store.read("entries").columns)
    assert "legal_ground" in there
    assert "mission_ref" not in there
    with pytest.raises(UsageError, match="such a frame"):
        store.read("accesses")


def test_a_store_that_stood_before_keeps_its_rows_and_reads_as_it_did(url: str) -> None:
    store = create_store(url)
    load_rows(store, sample_rows(5))
    before = {name: store.read(name) for name in store.frames()}
    keep_registers(store.database, ["accesses"])
    keep_registers(store.database, ["persons"])
    grown = ReferenceStore(url)
    grown.check()
    assert grown.frames() == before.keys() | {"accesses"}
    assert "birth_date" in grown.read("persons").columns
    for name, frame in before.items():
        pd.testing.assert_frame_equal(grown.read(name)[list(frame.columns)], frame)


def test_an_unknown_register_is_refused_and_changes_nothing(url: str) -> None:
    store = create_store(url)
    with pytest.raises(UsageError, match="no such register"):
        keep_registers(store.database, ["legal_bases", "horoscopes"])
    assert ReferenceStore(url).frames() == STORE_FRAMES.keys()


def test_with_a_dossier_all_its_registers_go_and_nothing_else_changes(url: str) -> None:
    store = create_store(url, registers=["all"])
    rows = sample_rows(6, copies_from_others=False)
    load_rows(store, rows | register_rows(rows))
    before = everything(store)
    gone, *others = sorted(rows["dossiers"]["dossier_key"])
    kept = store.dossier_hashes(others, KEY)
    with store.erasing() as eraser:
        assert eraser.lock([gone]) == {gone}
        assert eraser.dossier_hashes([gone], KEY) == store.dossier_hashes([gone], KEY)
        counts = eraser.delete([gone])
        eraser.commit()
    assert counts["secret_receivers"] == 1
    assert counts["session_attendances"] <= 1
    assert not counts.keys() & {*LOGS, "breaches", "attestations"}
    assert store.remaining([gone]) == {}
    assert store.dossier_hashes(others, KEY) == kept
    after = everything(store)
    for name in REGISTERS:
        if name in LOGS:
            continue
        assert set(after[name]) <= set(before[name])
        assert len(before[name]) - len(after[name]) == counts.get(name, 0)


def test_a_line_of_a_log_outlives_the_dossier_under_a_pseudonym(url: str) -> None:
    store = create_store(url, registers=["all"])
    rows = sample_rows(3, copies_from_others=False)
    load_rows(store, rows | register_rows(rows))
    gone = min(rows["dossiers"]["dossier_key"])
    entry = rows["entries"].loc[rows["entries"]["dossier_key"] == gone, "entry_key"].iloc[0]
    before = store.read("accesses").set_index("access_key")
    with store.erasing() as eraser:
        eraser.lock([gone])
        eraser.delete([gone])
        eraser.commit()
    after = store.read("accesses").set_index("access_key")
    line = after.loc[f"accesses-{gone}"]
    assert str(line["dossier_key"]).startswith("erased ")
    assert gone not in after["dossier_key"].tolist()
    assert entry not in after["entry_key"].tolist()
    assert line["at"] == before.loc[f"accesses-{gone}", "at"]
    pd.testing.assert_frame_equal(after.drop(f"accesses-{gone}"), before.drop(f"accesses-{gone}"))
