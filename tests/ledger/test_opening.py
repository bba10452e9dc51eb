from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from discretio.errors import LedgerError, LedgerKeyError, LedgerVersionError, SecretInUrlError, UsageError
from discretio.ledger import (
    chain_tables,
    declaration_tables,
    hold_tables,
    opening,
    paper_tables,
    purge_tables,
    scan_tables,
    shadow_tables,
    trace_tables,
    triage_tables,
)
from discretio.ledger.columns import METADATA
from discretio.ledger.connection import Ledger, server_date
from discretio.ledger.opening import new_key, open_ledger, parse_key, read_key
from ledger.conftest import KEY
from ledger.databases import sqlite_in


def test_an_empty_database_becomes_a_ledger_and_opens_again(database_url: str) -> None:
    first = open_ledger(database_url, KEY)
    first.close()
    again = open_ledger(database_url, KEY)
    again.close()
    assert again.ledger_id == first.ledger_id


def test_the_migrations_make_exactly_the_tables_that_the_code_uses(ledger: Ledger) -> None:
    tables = {chain_tables, declaration_tables, hold_tables, paper_tables, purge_tables, scan_tables, shadow_tables}
    assert tables | {trace_tables, triage_tables}
    with ledger.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": ledger.engine.dialect.name == "sqlite"})
        assert compare_metadata(context, METADATA) == []


def test_the_known_revisions_are_those_that_are_shipped_and_none_goes_back() -> None:
    config = Config()
    config.set_main_option("script_location", str(opening._MIGRATIONS))
    shipped = list(ScriptDirectory.from_config(config).walk_revisions())
    assert tuple(script.revision for script in reversed(shipped)) == opening.REVISIONS
    assert not any(hasattr(script.module, "downgrade") for script in shipped)


def test_an_older_ledger_is_migrated_and_keeps_what_it_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = sqlite_in(tmp_path)
    from alembic import command  # noqa: PLC0415 - replaced for this test

    upgrade = command.upgrade
    with monkeypatch.context() as patch:
        patch.setattr(opening, "REVISIONS", ("0001",))
        patch.setattr(opening, "retired_masters", lambda *_: ())  # no key could be rotated then
        patch.setattr(command, "upgrade", lambda config, _: upgrade(config, "0001"))
        old = open_ledger(url, KEY)
        old.close()
    current = open_ledger(url, KEY)
    current.close()
    assert current.ledger_id == old.ledger_id
    with sa.create_engine(url).connect() as connection:
        assert connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one() == opening.REVISIONS[-1]


def test_a_ledger_from_a_newer_program_is_refused_and_left_alone(ledger: Ledger) -> None:
    with ledger.writing() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(LedgerVersionError, match="newer version"):
        open_ledger(str(ledger.engine.url), KEY)
    with ledger.reading() as connection:
        assert connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one() == "9999"


def test_another_key_does_not_open_the_ledger(ledger: Ledger) -> None:
    with pytest.raises(LedgerKeyError, match="not the ledger's key"):
        open_ledger(str(ledger.engine.url), new_key())
    with pytest.raises(LedgerKeyError, match="32 bytes"):
        open_ledger(str(ledger.engine.url), b"short")


@pytest.mark.parametrize("url", ["postgresql://u:hunter2@h/d", "postgresql://h/d?password=hunter2"])
def test_a_password_in_the_url_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(SecretInUrlError) as error:
        open_ledger(url, KEY)
    assert "hunter2" not in str(error.value)


@pytest.mark.parametrize("url", ["no url at all", "oracle-of-delphi://x/y"])
def test_what_is_no_url_is_wrong_use(url: str) -> None:
    with pytest.raises(UsageError):
        open_ledger(url, KEY)


def test_an_unreachable_database_is_a_ledger_error_without_its_address() -> None:
    with pytest.raises(LedgerError) as error:
        open_ledger("postgresql+psycopg://secretive@127.0.0.1:1/hidden?connect_timeout=2", KEY)
    assert "secretive" not in str(error.value)
    assert error.value.__suppress_context__


def test_a_file_that_is_no_database_is_a_ledger_error_and_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "ledger.db").write_bytes(b"something else " * 1000)
    with pytest.raises(LedgerError):
        open_ledger(sqlite_in(tmp_path), KEY)
    assert (tmp_path / "ledger.db").read_bytes() == b"something else " * 1000


def test_the_sqlite_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    open_ledger(f"sqlite:///{tmp_path / 'deep' / 'ledger.db'}", KEY).close()
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "deep").iterdir()}
    assert set(modes.values()) == {0o600}


def test_several_that_open_an_empty_database_at_once_found_one_ledger(database_url: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(lambda _: open_ledger(database_url, KEY), range(4)))
    for ledger in opened:
        ledger.close()
    assert len({ledger.ledger_id for ledger in opened}) == 1


def test_the_key_file_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "home" / "ledger.key"
    key = read_key(path, create=True)
    assert read_key(path, create=True) == key == read_key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [child.name for child in path.parent.iterdir()] == ["ledger.key"]


def test_a_key_file_that_is_missing_open_to_others_or_damaged_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ledger.key"
    with pytest.raises(LedgerKeyError, match="can't be read"):
        read_key(path)
    read_key(path, create=True)
    path.chmod(0o640)
    with pytest.raises(LedgerKeyError, match="others"):
        read_key(path)
    path.chmod(0o600)
    path.write_text(path.read_text()[:-8])
    with pytest.raises(LedgerKeyError, match="base64"):
        read_key(path)


def test_a_key_survives_its_text_form(tmp_path: Path) -> None:
    key = read_key(tmp_path / "k", create=True)
    assert parse_key((tmp_path / "k").read_text()) == key


def test_the_servers_date_is_brussels_not_greenwich(ledger: Ledger, clock: object) -> None:
    if ledger.engine.dialect.name != "sqlite":
        assert server_date(ledger)
        return
    clock.moment = clock.moment.replace(month=7, day=1, hour=22, minute=30)  # type: ignore[attr-defined] - the fixture's clock
    assert server_date(ledger).isoformat() == "2026-07-02"
