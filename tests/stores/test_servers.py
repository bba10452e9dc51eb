"""The same promises on real servers: PostgreSQL and MariaDB on this machine, each test in a database of its own."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from discretio.domain.frames import STORE_FRAMES
from discretio.errors import StoreContentError, StoreUnavailableError
from discretio.stores import engines
from discretio.stores.loading import load_rows
from discretio.stores.reference import ReferenceStore, create_store
from required import absent
from stores.store_rows import key, mark, sample_rows

pytestmark = pytest.mark.services

SECRET = b"a key of the ledger"
SERVERS = {
    "postgresql": (
        os.environ.get("DISCRETIO_TEST_POSTGRESQL", "postgresql+psycopg://root@127.0.0.1:5432/test"),
        "CREATE SCHEMA {}",
        "DROP SCHEMA {} CASCADE",
    ),
    "mariadb": (
        os.environ.get("DISCRETIO_TEST_MARIADB", "mysql+pymysql://root@127.0.0.1:3306/test"),
        "CREATE DATABASE {}",
        "DROP DATABASE {}",
    ),
}


@pytest.fixture(params=SERVERS)
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    server, create, drop = SERVERS[request.param]
    name = f"discretio_{uuid4().hex[:12]}"
    engine = create_engine(server, connect_args={"connect_timeout": 3})
    try:
        with engine.begin() as connection:
            connection.execute(text(create.format(name)))
    except SQLAlchemyError as error:
        absent(f"no {request.param} server here ({type(error).__name__})")
    if request.param == "postgresql":
        yield f"{server}?options=-csearch_path%3D{name}"
    else:
        yield engine.url.set(database=name).render_as_string()
    with engine.begin() as connection:
        connection.execute(text(drop.format(name)))
    engine.dispose()


@pytest.fixture
def store(url: str) -> ReferenceStore:
    return create_store(url)


@pytest.fixture
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], ReferenceStore]:
    return lambda: create_store(f"sqlite:///{tmp_path_factory.mktemp('twin') / 'store.db'}")


def test_every_dialect_gives_the_same_frames_texts_digests_partitions_and_hashes(
    store: ReferenceStore, sqlite: Callable[[], ReferenceStore]
) -> None:
    twin, keys = sqlite(), [key(number) for number in range(9)]
    for one in (store, twin):
        load_rows(one, sample_rows(9))
        one.check()
    for name in STORE_FRAMES:
        assert store.read(name).equals(twin.read(name))
    assert list(store.texts()) == list(twin.texts())
    assert list(store.digests()) == list(twin.digests())
    assert store.partitions(4) == twin.partitions(4)
    assert 1 < len(store.partitions(9, 30_000)) < 9
    assert store.partitions(9, 30_000) == twin.partitions(9, 30_000)
    assert store.dossier_hashes(keys, SECRET) == twin.dossier_hashes(keys, SECRET)


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(gone=st.sets(st.integers(0, 7)), seed=st.integers(0, 99))
def test_erasing_leaves_the_others_as_they_were(store: ReferenceStore, gone: set[int], seed: int) -> None:
    keys = [key(number) for number in range(8)]
    list_keys = store.read("art8_rows").row_key
    with store.erasing() as eraser:
        eraser.delete(eraser.lock(keys))
        eraser.delete_art8(eraser.art8_hashes(list_keys, SECRET))
        eraser.commit()
    rows = sample_rows(8, seed)
    load_rows(store, {name: frame for name, frame in rows.items() if name != "controllers" or store.read(name).empty})
    before, erased = store.dossier_hashes(keys, SECRET), {key(number) for number in gone}
    counts = store.remaining(erased)
    with store.erasing() as eraser:
        eraser.lock(erased)
        assert eraser.delete(erased) == counts
        eraser.commit()
    assert store.dossier_hashes(keys, SECRET) == {name: h for name, h in before.items() if name not in erased}
    assert store.remaining(erased) == {}


@pytest.mark.parametrize(
    "intrusion",
    [
        "INSERT INTO holds (hold_key, dossier_key) VALUES ('H-new', :dossier)",
        "UPDATE holds SET released_at = NULL WHERE dossier_key = :dossier",
        "UPDATE entries SET lang = 'nl' WHERE dossier_key = :dossier",
        "INSERT INTO entry_introducers SELECT 'I-new', min(entry_key), 'K-cpas' FROM entries WHERE dossier_key = :dossier",
        "DELETE FROM sessions WHERE dossier_key = :dossier",
    ],
)
def test_under_the_lock_nobody_changes_the_dossier_or_adds_to_it(
    intrusion: str, store: ReferenceStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_rows(store, sample_rows(2))
    with store.erasing() as eraser:
        eraser.lock([key(0)])
        before = eraser.dossier_hashes([key(0)], SECRET)
        monkeypatch.setattr(engines, "LOCK_SECONDS", 1)
        store.database._kept.clear()  # connections that wait for longer
        with pytest.raises(StoreUnavailableError), store.database.writing() as intruder:
            intruder.execute(text(intrusion), {"dossier": key(0)})
        with store.database.writing() as neighbour:  # the other dossier is nobody's concern
            neighbour.execute(text("UPDATE entries SET lang = 'nl' WHERE dossier_key = :dossier"), {"dossier": key(1)})
            neighbour.commit()
        assert eraser.dossier_hashes([key(0)], SECRET) == before
        eraser.delete([key(0)])
        eraser.commit()
    assert store.remaining([key(0)]) == {}


def test_a_hold_that_came_first_is_seen_under_the_lock(store: ReferenceStore) -> None:
    load_rows(store, sample_rows(2))
    locked = threading.Event()
    seen: list[list[str]] = []

    def purge() -> None:
        with store.erasing() as eraser:
            locked.set()
            eraser.lock([key(0)])
            seen.append(eraser.read("holds", [key(0)]).hold_key.tolist())

    with store.database.writing() as connection:
        hold = text("INSERT INTO holds (hold_key, dossier_key) VALUES ('H-first', :dossier)")
        connection.execute(hold, {"dossier": key(0)})
        purging = threading.Thread(target=purge)
        purging.start()
        assert locked.wait(10)
        purging.join(0.3)
        assert seen == []  # it waits for the hold to be decided
        connection.commit()
    purging.join(20)
    assert seen == [["H-first", f"H-{mark(0)}"]]


def kill_others(store: ReferenceStore) -> None:
    """End every other connection to this database, as an administrator or a restart does."""
    with create_engine(store.database.url).connect() as connection:
        if store.database.dialect == "postgresql":
            mine = "SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_class ON relation = pg_class.oid"
            own = "relnamespace = current_schema()::regnamespace AND pid <> pg_backend_pid()"
            connection.execute(text(f"{mine} WHERE {own}"))
        else:
            ids = connection.execute(
                text("SELECT id FROM information_schema.processlist WHERE db = database() AND id <> connection_id()")
            ).scalars()
            for number in list(ids):
                connection.execute(text(f"KILL {number}"))


def test_a_scan_whose_connection_is_killed_ends_as_unavailable_and_quotes_nothing(store: ReferenceStore) -> None:
    rows = sample_rows(600)
    load_rows(store, rows)
    texts = store.texts()
    next(texts)
    kill_others(store)
    with pytest.raises(StoreUnavailableError) as error:
        list(texts)
    assert error.value.__suppress_context__
    assert not any(word in str(error.value) for word in ("SELECT", "x0", "127.0.0.1"))
    assert len(list(store.texts())) == len(rows["entries"]) + len(rows["attachments"])


def test_an_erasure_whose_connection_is_killed_erases_nothing(store: ReferenceStore) -> None:
    load_rows(store, sample_rows(3))
    keys = [key(0), key(1), key(2)]
    before = store.dossier_hashes(keys, SECRET)
    with store.erasing() as eraser:
        eraser.lock(keys)
        eraser.delete(keys[:2])
        kill_others(store)
        with pytest.raises(StoreUnavailableError):
            eraser.commit()
    assert store.dossier_hashes(keys, SECRET) == before


def test_reading_can_not_write_and_loading_is_all_or_nothing(store: ReferenceStore) -> None:
    with pytest.raises(StoreUnavailableError), store.database.reading() as connection:
        connection.execute(text("INSERT INTO controllers (controller_key) VALUES ('K')"))
    rows = sample_rows(3)
    rows["sessions"].loc[1, "dossier_key"] = "D-nowhere"
    with pytest.raises(StoreContentError):
        load_rows(store, rows)
    assert store.read("controllers").empty


def test_keys_are_told_apart_by_case_and_accent_and_ordered_alike(
    store: ReferenceStore, sqlite: Callable[[], ReferenceStore]
) -> None:
    rows = sample_rows(4)
    rows["dossiers"] = rows["dossiers"].assign(dossier_key=["É", "e", "E", "é-z"])
    some = {name: rows[name] for name in ("controllers", "dossiers")}
    twin = sqlite()
    for one in (store, twin):
        assert load_rows(one, some)["dossiers"] == 4
    assert store.partitions(1) == twin.partitions(1)
    assert store.read("dossiers", store.partitions(2)[0]).dossier_key.tolist() == ["E", "e"]


def test_a_wrong_account_is_unavailable_and_a_table_that_is_missing_is_named(store: ReferenceStore, url: str) -> None:
    with store.database.writing() as connection:
        connection.execute(text("DROP TABLE access_grants"))
        connection.commit()
    with pytest.raises(StoreContentError, match="access_grants"):
        store.check()
    with pytest.raises(StoreUnavailableError):
        ReferenceStore(url.replace("root@", "nobody_here@")).check()
