from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from discretio.domain.frames import STORE_FRAMES
from discretio.errors import PurgeRefusedError, StoreUnavailableError
from discretio.stores import engines
from discretio.stores.loading import load_rows
from discretio.stores.reference import ReferenceStore, create_store, scrubbing
from discretio.stores.reference import store as reference_store
from discretio.stores.reference.rows import row_digest
from stores.store_rows import key, mark, sample_rows

HASH_OF_VERSION_1 = "5bb9716f50f5bc6631594fa8651a6e99aa278bb4296de04647be379c5c33bb6b"

Filled = Callable[..., ReferenceStore]
SECRET = b"a key of the ledger"


def erase(store: ReferenceStore, numbers: set[int]) -> dict[str, int]:
    keys = {key(number) for number in numbers}
    with store.erasing() as eraser:
        eraser.lock(keys)
        counts = eraser.delete(keys)
        eraser.commit()
    return counts


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 99), gone=st.sets(st.integers(0, 8)))
def test_erasing_leaves_every_other_dossier_as_it_was_and_nothing_of_the_erased(
    seed: int, gone: set[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    store = create_store(f"sqlite:///{tmp_path_factory.mktemp('erased') / 'store.db'}")
    load_rows(store, sample_rows(9, seed))
    everybody = [key(number) for number in range(9)]
    erased = {key(number) for number in gone}
    before, rows, art8 = store.dossier_hashes(everybody, SECRET), store.remaining(erased), store.read("art8_rows")
    assert erase(store, gone) == rows
    assert store.dossier_hashes(everybody, SECRET) == {name: h for name, h in before.items() if name not in erased}
    assert store.remaining(erased, [f"A-{mark(0)}"]) == {"art8_rows": 1}
    assert store.read("art8_rows").equals(art8)
    marks = [mark(number) for number in gone]
    for name in STORE_FRAMES.keys() - {"art8_rows"}:
        frame = store.read(name)
        if name == "own_copies":  # a copy outlives its source (art. 4 al. 5), and keeps the source's key
            frame = frame.drop(columns="entry_key")
        assert not any(word in frame.to_csv() for word in marks)
    assert not any(word in unit.text for unit in store.texts() for word in marks)


def test_erased_words_are_in_no_file_of_the_store(tmp_path: Path) -> None:
    store = create_store(f"sqlite:///{tmp_path / 'store.db'}")
    load_rows(store, {n: f for n, f in sample_rows(200, copies_from_others=False).items() if n != "art8_rows"})
    # With changes between, so that pages are split, merged and used again: secure_delete alone leaves words in such pages.
    for start, step in ((0, 9), (1, 7), (2, 5)):
        with store.database.writing() as connection:
            connection.execute(text(f"UPDATE entries SET text = substr(text, {step}) || ' suite ' WHERE rowid % 2 = 0"))  # noqa: S608 - ours
            connection.execute(text("UPDATE persons SET name = name || 'abc' WHERE rowid % 2 = 1"))
            connection.commit()
        gone = {number for number in range(start, 200, step) if store.remaining([key(number)])}
        erase(store, gone)
        raw = b"".join(file.read_bytes() for file in tmp_path.iterdir())
        assert [number for number in gone if mark(number).encode() in raw] == []
    assert mark(4).encode() in raw


def test_a_scrubbing_that_had_to_wait_is_made_good_before_anything_is_called_gone(
    filled: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "LOCK_SECONDS", 0.05)
    store = filled(200, copies_from_others=False)
    file = Path(str(store.database.url.database))
    rewriting = scrubbing._rewrite

    def locked(_: object) -> None:
        raise sqlite3.OperationalError("database is locked")

    monkeypatch.setattr(scrubbing, "_rewrite", locked)
    erase(store, {1})
    with pytest.raises(StoreUnavailableError):
        store.remaining([key(1)])
    monkeypatch.setattr(scrubbing, "_rewrite", rewriting)
    before = file.stat().st_size
    assert store.remaining([key(1)]) == {}
    assert file.stat().st_size < before
    monkeypatch.setattr(scrubbing, "_rewrite", locked)
    assert store.remaining([key(1)]) == {}  # once is enough


def test_a_big_file_is_scrubbed_once_at_the_end(filled: Filled, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reference_store, "SCRUBBED_AT_ONCE", 1_000)
    store = filled(60, copies_from_others=False)
    file = Path(str(store.database.url.database))
    before = file.stat().st_size
    erase(store, set(range(30)))
    assert file.stat().st_size == before
    store.remaining([])
    assert file.stat().st_size < before


def test_leaving_without_commit_undoes_everything(filled: Filled) -> None:
    store = filled(3)
    before = store.dossier_hashes([key(0), key(1), key(2)], SECRET)
    with store.erasing() as eraser:
        eraser.lock([key(0)])
        assert eraser.delete([key(0)])["dossiers"] == 1
        assert eraser.dossier_hashes([key(0), key(1)], SECRET) == {key(1): before[key(1)]}
    with suppress(ZeroDivisionError), store.erasing() as eraser:
        eraser.lock([key(0)])
        eraser.delete([key(0)])
        raise ZeroDivisionError
    assert store.dossier_hashes(before, SECRET) == before


def test_what_is_not_locked_is_not_erased(filled: Filled) -> None:
    store = filled(3)
    with store.erasing() as eraser:
        eraser.lock([key(0)])
        with pytest.raises(PurgeRefusedError) as error:
            eraser.delete([key(0), key(1)])
        with pytest.raises(PurgeRefusedError):
            eraser.delete_art8([f"A-{mark(0)}"])
    assert "x000" not in str(error.value)


def test_locking_tells_which_dossiers_exist(filled: Filled) -> None:
    with filled(2).erasing() as eraser:
        assert eraser.lock([key(0), key(1), key(7)]) == {key(0), key(1)}


def test_under_the_lock_nobody_adds_a_hold(filled: Filled, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "LOCK_SECONDS", 0.05)
    store = filled(2)
    with store.erasing() as eraser:
        eraser.lock([key(0)])
        with pytest.raises(StoreUnavailableError):
            load_rows(store, {"holds": sample_rows(1)["holds"].assign(hold_key="H-new")})
        assert eraser.read("holds", [key(0)]).hold_key.tolist() == [f"H-{mark(0)}"]
        eraser.delete([key(0)])
        eraser.commit()
    assert store.remaining([key(0)]) == {}


def test_the_eraser_reads_what_the_store_reads(filled: Filled) -> None:
    store = filled(4)
    keys = [key(number) for number in range(4)]
    with store.erasing() as eraser:
        eraser.lock(keys)
        for name in STORE_FRAMES.keys() - {"controllers", "art8_rows"}:
            assert eraser.read(name, keys).equals(store.read(name))
            assert eraser.read(name, keys[:1]).equals(store.read(name, store.partitions(1)[0]))
        assert eraser.read("art8_rows", [f"A-{mark(2)}"]).row_key.tolist() == [f"A-{mark(2)}"]
        assert eraser.dossier_hashes(keys, SECRET) == store.dossier_hashes(keys, SECRET)


def test_a_row_of_the_list_is_hashed_and_erased_alone(filled: Filled) -> None:
    store = filled(4)
    with store.erasing() as eraser:
        hashes = eraser.art8_hashes([f"A-{mark(1)}", f"A-{mark(2)}", "A-nobody"], SECRET)
        assert eraser.delete_art8([f"A-{mark(1)}"]) == 1
        eraser.commit()
    assert set(hashes) == {f"A-{mark(1)}", f"A-{mark(2)}"}
    assert store.art8_hashes(hashes, SECRET) == {f"A-{mark(2)}": hashes[f"A-{mark(2)}"]}
    assert f"A-{mark(1)}" not in store.read("art8_rows").row_key.tolist()
    with store.erasing() as eraser:
        assert eraser.art8_hashes([f"A-{mark(2)}"], SECRET) == {f"A-{mark(2)}": hashes[f"A-{mark(2)}"]}


CHANGES = [
    "UPDATE dossiers SET closed_at = '2030-01-01 00:00:00.000000'",
    "UPDATE entries SET text = text || ' '",
    "UPDATE entries SET categories = categories + 2",
    "UPDATE holds SET released_at = NULL",
    "DELETE FROM sessions",
    "UPDATE agreements SET withdrawn_at = given_at",
    "UPDATE attachments SET filename = 'b'",
    "UPDATE entry_introducers SET controller_key = 'K-cpas'",
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_anywhere_in_a_dossier_changes_its_hash(change: str, filled: Filled) -> None:
    store = filled(2)
    before = store.dossier_hashes([key(0), key(1)], SECRET)
    with store.database.writing() as connection:
        connection.execute(text(change))
        connection.commit()
    after = store.dossier_hashes([key(0), key(1)], SECRET)
    assert all(after[name] != before[name] for name in before)


def test_the_hash_of_a_row_is_the_one_that_older_plans_were_approved_under() -> None:
    values = ("E1", None, datetime(2020, 1, 2, 3, 4, 5), b"\x00\xff", 3, True, 1.5, "caf\u00e9 \udcff")  # noqa: DTZ001 - as stored
    assert row_digest("entries", values, b"key").hex() == HASH_OF_VERSION_1


def test_what_no_hash_is_defined_for_is_refused() -> None:
    with pytest.raises(TypeError, match="Decimal"):
        row_digest("entries", (Decimal(1),), b"key")


def test_a_hash_depends_on_its_key_and_not_on_the_order_of_loading(tmp_path: Path) -> None:
    rows = sample_rows(5)
    stores = [create_store(f"sqlite:///{tmp_path / name}.db") for name in "ab"]
    load_rows(stores[0], rows)
    load_rows(stores[1], {name: frame.iloc[::-1] for name, frame in reversed(rows.items())})
    keys = [key(number) for number in range(5)]
    assert stores[0].dossier_hashes(keys, SECRET) == stores[1].dossier_hashes(keys, SECRET)
    assert stores[0].dossier_hashes(keys, SECRET) != stores[0].dossier_hashes(keys, b"another key")


@pytest.mark.parametrize("moment", ["locked", "deleted"])
def test_an_erasure_killed_before_its_commit_leaves_the_store_as_it_was(moment: str, tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    store = create_store(f"sqlite:///{path}")
    load_rows(store, sample_rows(40))
    keys = [key(number) for number in range(40)]
    before = store.dossier_hashes(keys, SECRET)
    child = os.fork()
    if child == 0:
        with store.erasing() as eraser:
            # A cache of one page makes SQLite write into the file before the commit, as a big erasure does.
            eraser._connection.exec_driver_sql("PRAGMA cache_size = 1")
            eraser.lock(keys)
            if moment == "deleted":
                eraser.delete(keys)
            os._exit(9)
    os.waitpid(child, 0)
    assert path.with_name("store.db-journal").exists() == (moment == "deleted")
    assert store.dossier_hashes(keys, SECRET) == before
    assert len(erase(store, set(range(40)))) == 14
    assert store.remaining(keys) == {}


def test_many_dossiers_are_erased_in_batches(tmp_path: Path) -> None:
    store = create_store(f"sqlite:///{tmp_path / 'store.db'}")
    load_rows(store, {name: frame for name, frame in sample_rows(1_300).items() if name in ("controllers", "dossiers")})
    assert erase(store, set(range(1_250))) == {"dossiers": 1_250}
    assert sqlite3.connect(tmp_path / "store.db").execute("SELECT count(*) FROM dossiers").fetchone() == (50,)


def test_where_the_file_keeps_a_write_ahead_log_no_erased_word_is_left_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "LOCK_SECONDS", 0.05)
    store = create_store(f"sqlite:///{tmp_path / 'store.db'}")
    load_rows(store, {n: f for n, f in sample_rows(60, copies_from_others=False).items() if n != "art8_rows"})
    with sqlite3.connect(tmp_path / "store.db") as reader:
        assert reader.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM dossiers").fetchone()
        erase(store, {1})  # the reader, who still sees the erased row, keeps its pages in the log
        with pytest.raises(StoreUnavailableError):
            store.remaining([key(1)])
        reader.execute("ROLLBACK")
        assert store.remaining([key(1)]) == {}
        assert mark(1).encode() not in b"".join(file.read_bytes() for file in tmp_path.iterdir())
    reader.close()
