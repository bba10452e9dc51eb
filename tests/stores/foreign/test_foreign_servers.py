"""Foreign databases on real servers: read only, gently, and to the end although connections are killed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, make_url, text

from discretio.errors import PurgeRefusedError, StoreUnavailableError
from discretio.stores import engines
from discretio.stores.engines import Purpose
from discretio.stores.foreign.accounts import _grant_writes
from discretio.stores.foreign.checking import remarks_on
from discretio.stores.mapped import MappedStore
from stores.foreign.erasable import filled as filled_centre
from stores.foreign.foreign_databases import opened
from stores.test_servers import kill_others, url

pytestmark = pytest.mark.services

__all__ = ["url"]  # the fixture: a database of its own on each server

FRAMES = """\
  dossiers: {table: zaak, columns: {dossier_key: nr, opened_at: geopend}}
  entries:
    table: nota
    columns: {entry_key: id, dossier_key: zaak, text: tekst, special_declared: {column: soort, codes: {1: [health]}}}
"""
ROWS = 1_300


def run(url: str, *statements: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


@pytest.fixture
def filled(url: str) -> str:
    run(
        url,
        "CREATE TABLE zaak (nr INTEGER PRIMARY KEY, geopend DATE)",
        "CREATE TABLE nota (id INTEGER PRIMARY KEY, zaak INTEGER, tekst TEXT, soort INTEGER)",
        "INSERT INTO zaak VALUES (1, '2020-01-02'), (2, '2021-03-04'), (10, NULL)",
        f"INSERT INTO nota VALUES {', '.join(_note(number) for number in range(ROWS))}",  # noqa: S608 - numbers only
        # So long that no buffer between server and reader holds a page of them.
        "UPDATE nota SET tekst = concat(tekst, repeat('y', 20000))",
    )
    return url


def _note(number: int) -> str:
    return f"({number}, {(1, 2, 10)[number % 3]}, 'x{number:04d}x', 1)"


def test_a_lost_connection_is_made_again_and_every_text_comes_once(filled: str, tmp_path: Path) -> None:
    pauses: list[float] = []
    store = opened(tmp_path, filled, FRAMES, "  page_rows: 600\n", pause=pauses.append)
    texts = store.texts()
    seen = [next(texts).text[:6]]
    kill_others(store)  # type: ignore[arg-type] - it asks for the database only
    seen += [unit.text[:6] for unit in texts]
    assert sorted(seen) == [f"x{n:04d}x" for n in range(ROWS)]
    assert pauses == [1.0]


def killed_once(store: MappedStore, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    """The server ends one connection of the store, the one that is asked for after so many others."""
    connect, made = store.database.connect, count()

    def connected(purpose: Purpose) -> Connection:
        connection = connect(purpose)
        if next(made) == at:
            kill(store, connection)
        return connection

    monkeypatch.setattr(store.database, "connect", connected)


def kill(store: MappedStore, connection: Connection) -> None:
    postgresql = store.database.dialect == "postgresql"
    number = connection.execute(text("SELECT pg_backend_pid()" if postgresql else "SELECT connection_id()")).scalar_one()
    run(store.database.url.render_as_string(), f"SELECT pg_terminate_backend({number})" if postgresql else f"KILL {number}")


@pytest.mark.parametrize("look", [lambda s: s.read("entries").entry_key.tolist(), lambda s: s.partitions(2, 90_000_000)])
def test_a_read_in_one_go_is_repeated_when_its_connection_is_lost(
    look: Callable[[MappedStore], object], filled: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    store = opened(tmp_path, filled, FRAMES, pause=pauses.append)
    whole = look(store)
    killed_once(store, monkeypatch, at=0)
    assert look(store) == whole
    assert pauses == [1.0]


def test_what_is_no_loss_is_not_tried_again(filled: str, tmp_path: Path) -> None:
    pauses: list[float] = []
    store = opened(tmp_path, filled, FRAMES, pause=pauses.append)
    assert store.parts
    run(filled, "DROP TABLE nota")
    with pytest.raises(StoreUnavailableError):
        store.read("entries")
    assert pauses == []


def test_the_content_of_an_unchanged_version_is_not_asked_for(filled: str, tmp_path: Path) -> None:
    run(filled, "ALTER TABLE nota ADD versie INTEGER", "UPDATE nota SET versie = 1 WHERE id > 0")
    store = opened(tmp_path, filled, FRAMES.replace("table: nota\n", "table: nota\n    version: versie\n"))
    before = {entry: digest for entry, _, digest in store.versions()}
    run(filled, "UPDATE nota SET versie = 2 WHERE id = 7", "UPDATE nota SET tekst = 'stil' WHERE id IN (0, 8)")
    after = {entry: digest for entry, _, digest in store.versions()}
    assert {entry for entry in after if after[entry] != before[entry]} == {"0", "7"}
    assert len(set(after.values())) == 3  # version 1, version 2, and the one content without a version


def test_a_database_that_stays_away_ends_the_scan_and_quotes_nothing(
    filled: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    store = opened(tmp_path, filled, FRAMES, "  page_rows: 600\n  reconnections: 2\n", pause=pauses.append)
    texts = store.texts()
    next(texts)
    kill_others(store)  # type: ignore[arg-type] - it asks for the database only
    monkeypatch.setattr(store.database, "url", store.database.url.set(port=1))
    with pytest.raises(StoreUnavailableError, match="could not be had again") as error:
        list(texts)
    assert pauses == [1.0, 2.0]
    assert not any(word in str(error.value) for word in ("SELECT", "x0", "127.0.0.1"))


def test_rows_deleted_and_added_while_scanning_disturb_nobody_else(filled: str, tmp_path: Path) -> None:
    store = opened(tmp_path, filled, FRAMES, "  page_rows: 100\n")
    texts = store.texts()
    seen = [next(texts).text[:6]]
    run(filled, "DELETE FROM nota WHERE id < 1298 AND id > 5", "INSERT INTO nota VALUES (1300, 10, 'new', 1)")
    seen += [unit.text[:6] for unit in texts]
    assert len(seen) == len(set(seen))
    assert {f"x{n:04d}x" for n in (0, 1, 2, 3, 4, 5, 1298, 1299)} | {"new"} <= set(seen)


def test_a_rate_is_kept_by_pauses(filled: str, tmp_path: Path) -> None:
    pauses: list[float] = []
    store = opened(tmp_path, filled, FRAMES, "  page_rows: 500\n  rows_per_second: 1000\n", pause=pauses.append)
    assert len(list(store.digests())) == ROWS
    assert pauses == [0.5, 0.5]


def test_no_transaction_can_write_and_a_statement_has_a_limit(filled: str, tmp_path: Path) -> None:
    store = opened(tmp_path, filled, FRAMES, "  statement_seconds: 1\n")
    with store.database.reading() as connection:
        assert store.database.is_proven_read_only(connection)
    with pytest.raises(StoreUnavailableError), store.database.reading() as connection:
        connection.execute(text("DELETE FROM nota"))
    with pytest.raises(PurgeRefusedError):
        store.database.connect(Purpose.WRITE)
    slow = "SELECT pg_sleep(30)"
    if store.database.dialect != "postgresql":
        slow = "SELECT count(*) FROM nota AS a, nota AS b, nota AS c, nota AS d WHERE a.id + b.id + c.id + d.id = 7"
    with pytest.raises(StoreUnavailableError), store.database.reading() as connection:
        connection.execute(text(slow)).all()


def test_partitions_follow_numbers_and_every_entry_is_in_one(filled: str, tmp_path: Path) -> None:
    store = opened(tmp_path, filled, FRAMES)
    store.check()
    cuts = store.partitions(1)
    assert [cut.first for cut in cuts] == ["1", "2", "10"] == [cut.first for cut in store.partitions(9, 9_000_000)]
    assert [cut.dossiers for cut in store.partitions(9, 90_000_000)] == [3]
    assert sum(len(list(store.texts(cut))) for cut in cuts) == ROWS


def test_an_account_that_may_write_is_reported_or_refused_and_a_wrong_one_is_unavailable(filled: str, tmp_path: Path) -> None:
    store = opened(tmp_path, filled, FRAMES)
    store.check()
    assert [remark.gravity for remark in remarks_on(store.database, store.mapping) if "may write" in remark.what] == ["warning"]
    strict = opened(tmp_path, filled, FRAMES, "  read_only_account: true\n")
    with pytest.raises(StoreUnavailableError, match="may write"):
        strict.check()
    with pytest.raises(StoreUnavailableError) as error:
        opened(tmp_path, filled.replace("root@", "nobody_here@"), FRAMES).check()
    assert "nobody_here" not in str(error.value)


def test_a_reader_without_the_right_to_write_passes(filled: str, tmp_path: Path) -> None:
    address = make_url(filled)
    reader = f"reader_{abs(hash(filled)) % 10**8}"
    if address.get_backend_name() == "postgresql":
        schema = str(address.query["options"]).partition("=")[2]
        grants = [f"CREATE ROLE {reader} LOGIN", f"GRANT USAGE ON SCHEMA {schema} TO {reader}",
                  f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {reader}"]  # fmt: skip
        end = [f"DROP OWNED BY {reader}", f"DROP ROLE {reader}"]
    else:
        grants = [f"CREATE USER {reader}@'%'", f"GRANT SELECT ON {address.database}.* TO {reader}@'%'"]
        end = [f"DROP USER {reader}@'%'"]
    run(filled, *grants)
    try:
        store = opened(tmp_path, address.set(username=reader).render_as_string(), FRAMES, "  read_only_account: true\n")
        try:
            store.check()
        except StoreUnavailableError as error:
            if "reached" not in error.what:
                raise
            pytest.skip("this server lets nobody but its own account in")
        assert not [remark for remark in remarks_on(store.database, store.mapping) if "may write" in remark.what]
    finally:
        run(filled, *end)


@pytest.mark.parametrize(
    ("grant", "writes"),
    [
        ("GRANT SELECT ON `zaken`.* TO `a`@`%`", False),
        ("GRANT USAGE ON *.* TO `a`@`%` IDENTIFIED BY PASSWORD '*F'", False),
        ("GRANT SELECT, INSERT ON `zaken`.* TO `a`@`%`", True),
        ("GRANT ALL PRIVILEGES ON *.* TO `a`@`%` WITH GRANT OPTION", True),
        ("GRANT ALL PRIVILEGES ON `other`.* TO `a`@`%`", False),
        ("GRANT DELETE ON `za\\_ken`.`t` TO `a`@`%`", False),
    ],
)
def test_grants_of_mariadb_are_understood(grant: str, writes: bool) -> None:
    assert _grant_writes(grant, "zaken") is writes


def test_types_that_nobody_knows_a_view_and_json_are_read(url: str, tmp_path: Path) -> None:
    postgresql = url.startswith("postgresql")
    unknown, value = ("xml", "'<a>gezond</a>'") if postgresql else ("INET6", "'2001:db8::1'")
    run(
        url,
        f"CREATE TABLE zaak (nr INTEGER PRIMARY KEY, inhoud {unknown}, data {'JSONB' if postgresql else 'JSON'})",
        f"""INSERT INTO zaak VALUES (1, {value}, '{{"nota": {{"tekst": "binnenin é"}}}}')""",  # noqa: S608 - two constants
        "CREATE VIEW alle AS SELECT * FROM zaak",
    )
    frames = """\
  entries:
    parts:
      vreemd: {table: alle, columns: {entry_key: nr, dossier_key: nr, text: inhoud}}
      json: {table: alle, columns: {entry_key: nr, dossier_key: nr, text: {column: data, json: [nota, tekst]}}}
      whole: {table: alle, columns: {entry_key: nr, dossier_key: nr, text: data}}
"""
    store: MappedStore = opened(tmp_path, url, frames)
    store.check()
    texts = {unit.entry_key: unit.text for unit in store.texts()}
    assert texts["vreemd:1"].startswith("<a>gezond" if postgresql else "2001:db8")
    assert texts["json:1"] == "binnenin é"
    assert '"binnenin é"' in texts["whole:1"]
    said = [remark.what for remark in remarks_on(store.database, store.mapping)]
    assert any("SQLAlchemy doesn't know" in what for what in said)
    assert any("is a view" in what for what in said)


def test_dates_of_zeros_are_dates_to_the_month_or_none(url: str, tmp_path: Path) -> None:
    if url.startswith("postgresql"):
        pytest.skip("PostgreSQL holds no such date")
    run(
        url,
        "CREATE TABLE zaak (nr INTEGER PRIMARY KEY, dicht DATE)",
        "SET SESSION sql_mode = ''",
        "INSERT INTO zaak VALUES (1, '2020-05-00'), (2, '2020-00-00'), (3, '0000-00-00'), (4, '2020-05-06')",
    )
    columns = "{dossier_key: nr, closed_at: dicht, closed_precision: {precision_of: closed_at}}"
    frames = f"  dossiers: {{table: zaak, columns: {columns}}}\n"
    read = opened(tmp_path, url, frames).read("dossiers")
    assert read.closed_precision.fillna("").tolist() == ["MONTH", "YEAR", "", "DAY"]


def test_while_a_dossier_is_erased_nobody_adds_a_hold_even_without_a_foreign_key(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "LOCK_SECONDS", 1)
    store = filled_centre(tmp_path, url)
    placed = threading.Event()

    def place_hold() -> None:
        run(url, "INSERT INTO halt VALUES (1, 1, 'LITIGATION', '2026-01-01')")
        placed.set()

    with store.erasing() as eraser:
        eraser.lock(["1"])
        assert eraser.read("holds", ["1"]).empty
        other = threading.Thread(target=place_hold)
        other.start()
        assert not placed.wait(1)
        assert eraser.read("holds", ["1"]).empty
        eraser.delete(["1"])
        eraser.commit()
    other.join(30)
    assert placed.is_set()
    assert store.remaining(["1"]) == {"halt": 1}  # it came after the erasure, and is seen
