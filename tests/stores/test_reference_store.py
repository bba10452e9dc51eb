from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import text

from discretio.domain.frames import STORE_FRAMES
from discretio.errors import StoreContentError, StoreUnavailableError, UsageError
from discretio.stores.loading import load_rows
from discretio.stores.reference import ReferenceStore, create_store
from stores.store_rows import key, sample_rows

Filled = Callable[..., ReferenceStore]


@pytest.mark.parametrize("name", STORE_FRAMES)
def test_each_frame_comes_back_as_it_was_loaded_with_the_dtypes_of_the_domain_and_without_content(
    name: str, filled: Filled
) -> None:
    frame = filled(6).read(name)
    loaded = sample_rows(6)[name].sort_values(STORE_FRAMES[name].key, ignore_index=True)
    expected = [column for column in STORE_FRAMES[name].columns if column.name != "text"]
    assert {column.name: column.dtype for column in expected} == frame.dtypes.astype(str).to_dict()
    for column in (column.name for column in expected if column.name in loaded):
        assert frame[column].isna().equals(loaded[column].isna())
        assert frame[column].dropna().tolist() == loaded[column].dropna().tolist()


@pytest.mark.parametrize("name", STORE_FRAMES)
def test_an_empty_store_gives_empty_frames_of_the_same_dtypes(name: str, empty: ReferenceStore, filled: Filled) -> None:
    assert empty.read(name).empty
    assert empty.read(name).dtypes.equals(filled(2).read(name).dtypes)


def test_an_empty_store_is_sound_and_has_no_partition_no_text_and_no_digest(empty: ReferenceStore) -> None:
    empty.check()
    assert empty.partitions(10) == []
    assert list(empty.texts()) == []
    assert list(empty.digests()) == []


@pytest.mark.parametrize("size", [1, 3, 7, 100])
def test_partitions_hold_each_row_and_each_text_of_the_store_once(size: int, filled: Filled) -> None:
    store = filled(7)
    partitions = store.partitions(size)
    assert [partition.number for partition in partitions] == list(range(len(partitions)))
    assert sum(partition.dossiers for partition in partitions) == 7
    for name in STORE_FRAMES.keys() - {"controllers", "art8_rows"}:
        parts = pd.concat([store.read(name, partition) for partition in partitions])
        whole = store.read(name)
        assert sorted(parts[STORE_FRAMES[name].key]) == sorted(whole[STORE_FRAMES[name].key])
    parts = [unit for partition in partitions for unit in store.texts(partition)]
    assert sorted(parts, key=str) == sorted(store.texts(), key=str)


def test_a_frame_that_belongs_to_no_dossier_is_whole_in_every_partition(filled: Filled) -> None:
    store = filled(4)
    first = store.partitions(2)[0]
    assert store.read("controllers", first).equals(store.read("controllers"))
    assert store.read("art8_rows", first).equals(store.read("art8_rows"))


def test_texts_deliver_every_entry_and_attachment_and_say_where_there_is_none(filled: Filled) -> None:
    rows = sample_rows(5)
    units = list(filled(5).texts())
    entries = {unit.entry_key: unit for unit in units if unit.attachment_key is None}
    assert {name: unit.text for name, unit in entries.items()} == dict(
        zip(rows["entries"].entry_key, rows["entries"].text, strict=True)
    )
    attached = {unit.attachment_key: (unit.text, unit.not_examined) for unit in units if unit.attachment_key}
    expected = dict(zip(rows["attachments"].attachment_key, rows["attachments"].text, strict=True))
    assert attached == {name: ("", "no_text") if pd.isna(text) else (text, None) for name, text in expected.items()}
    assert {"no_text", None} == {unit.not_examined for unit in units}
    introducers = dict(zip(rows["entries"].entry_key, rows["entries"].introduced_by, strict=True))
    assert all(unit.introduced_by == introducers[unit.entry_key] for unit in units)


def test_digests_change_with_the_content_and_with_nothing_else(filled: Filled) -> None:
    store = filled(3)
    before = {keys: digest for *keys, digest in ((e, a, d) for e, a, d in store.digests()) for keys in [tuple(keys)]}
    with store.database.writing() as connection:
        connection.execute(text("UPDATE entries SET lang = 'nl'"))
        connection.execute(text(f"UPDATE entries SET text = text || '.' WHERE dossier_key = '{key(1)}'"))  # noqa: S608 - ours
        connection.commit()
    after = {(entry, attachment): digest for entry, attachment, digest in store.digests()}
    changed = {keys for keys in after if after[keys] != before[keys]}
    entries = store.read("entries").set_index("entry_key")
    assert {entries.dossier_key[entry] for entry, _ in changed} == {key(1)}
    assert all(attachment is None for _, attachment in changed)


def test_a_text_of_invalid_utf8_is_declared_and_ends_nothing(filled: Filled) -> None:
    store = filled(3)
    with store.database.writing() as connection:
        connection.execute(text(f"UPDATE entries SET text = CAST(x'C328' AS TEXT) WHERE dossier_key = '{key(1)}'"))  # noqa: S608 - ours
        connection.commit()
    reasons = {unit.dossier_key: unit.not_examined for unit in store.texts() if unit.attachment_key is None}
    assert reasons == {key(0): None, key(1): "invalid_utf8", key(2): None}
    assert len(list(store.digests())) == len(list(store.texts()))


def test_reading_can_not_write(filled: Filled) -> None:
    store = filled(2)
    with pytest.raises(StoreUnavailableError), store.database.reading() as connection:
        connection.execute(text("DELETE FROM agreements"))
    assert not store.read("agreements").empty


def test_a_store_that_is_not_there_is_unavailable_and_is_not_made_by_looking(url: str, tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailableError) as error:
        ReferenceStore(url).check()
    assert "store.db" not in str(error.value)
    assert list(tmp_path.iterdir()) == []


def test_a_store_without_a_table_is_refused_by_the_name_of_the_table(empty: ReferenceStore) -> None:
    with empty.database.writing() as connection:
        connection.execute(text("DROP TABLE sessions"))
        connection.commit()
    with pytest.raises(StoreContentError, match="sessions"):
        empty.check()


def test_a_file_that_is_no_database_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "store.db").write_text("x0001x is no database " * 100)
    with pytest.raises(StoreUnavailableError) as error:
        ReferenceStore(f"sqlite:///{tmp_path / 'store.db'}").check()
    assert "x0001x" not in str(error.value)


def test_a_store_that_dies_in_the_middle_is_unavailable_and_no_shorter_store(tmp_path: Path) -> None:
    store = create_store(f"sqlite:///{tmp_path / 'store.db'}")
    load_rows(store, sample_rows(800))
    texts = store.texts()
    next(texts)
    size = (tmp_path / "store.db").stat().st_size
    with (tmp_path / "store.db").open("r+b") as file:
        file.seek(size // 5)
        file.write(b"\0" * (size // 5 * 4))
    with pytest.raises(StoreUnavailableError) as error:
        list(texts)
    assert error.value.__suppress_context__
    assert "SELECT" not in str(error.value)


def test_a_closure_before_the_opening_is_counted_and_never_named(filled: Filled) -> None:
    store = filled(4)
    with store.database.writing() as connection:
        connection.execute(text("UPDATE dossiers SET closed_at = '1999-01-01 00:00:00.000000'"))
        connection.commit()
    with pytest.raises(StoreContentError, match="4 rows") as error:
        store.check()
    assert "dossiers.closed_at" in str(error.value)
    assert "x000" not in str(error.value)


def test_a_store_is_created_once_for_its_owner_alone_and_says_whether_it_is_the_demos(url: str, tmp_path: Path) -> None:
    assert create_store(url, demo=True).is_demo()
    assert (tmp_path / "store.db").stat().st_mode & 0o077 == 0
    with pytest.raises(UsageError, match="already"):
        create_store(url)
    assert not create_store(f"sqlite:///{tmp_path / 'other.db'}").is_demo()


def test_a_store_from_another_version_is_refused(empty: ReferenceStore) -> None:
    with empty.database.writing() as connection:
        connection.execute(text("UPDATE store_meta SET value = '99' WHERE name = 'schema_version'"))
        connection.commit()
    with pytest.raises(StoreContentError, match="version"):
        empty.check()


def test_a_creation_cut_short_is_begun_again(url: str, tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "store.db").close()
    create_store(url).check()


def test_a_folder_that_is_not_there_is_a_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="folder"):
        create_store(f"sqlite:///{tmp_path / 'no' / 'store.db'}")


def test_an_unknown_frame_and_an_empty_partition_are_wrong_uses(empty: ReferenceStore) -> None:
    with pytest.raises(UsageError):
        empty.read("nothing")
    with pytest.raises(UsageError):
        empty.partitions(0)
