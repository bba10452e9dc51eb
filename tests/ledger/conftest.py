"""An open ledger, on every database that is there, and the story that most tests need in it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from discretio.ledger.connection import Ledger
from discretio.ledger.opening import open_ledger
from ledger.databases import empty, schema_on, sqlite_in

KEY = bytes(range(32))
services = pytest.mark.services
DATABASES = ["sqlite", pytest.param("postgresql", marks=services), pytest.param("mariadb", marks=services)]


class SteppingClock:
    """A clock that a test sets; it moves on by a second at each look, so that no two moments are the same."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 3, 1, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock()


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new ledger in a file, to be copied: founding one for every test takes longer than the tests."""
    folder = tmp_path_factory.mktemp("founded")
    open_ledger(sqlite_in(folder), KEY, clock=SteppingClock()).close()
    return folder / "ledger.db"


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database."""
    if request.param == "sqlite":
        yield sqlite_in(tmp_path)
        return
    with schema_on(request.param) as url:
        yield url


@pytest.fixture(scope="session")
def server_urls() -> Iterator[Callable[[str], str]]:
    """One schema per server for the whole session, made when it is first asked for."""
    with ExitStack() as stack:
        yield cache(lambda server: stack.enter_context(schema_on(server)))


@pytest.fixture(params=DATABASES)
def ledger(
    request: pytest.FixtureRequest, tmp_path: Path, founded: Path, server_urls: Callable[[str], str], clock: SteppingClock
) -> Iterator[Ledger]:
    if request.param == "sqlite":
        shutil.copy(founded, tmp_path / "ledger.db")
        url = sqlite_in(tmp_path)
    else:
        url = server_urls(request.param)
        empty(url)
    opened = open_ledger(url, KEY, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def file_ledger(tmp_path: Path, clock: SteppingClock, founded: Path) -> Iterator[Ledger]:
    """On SQLite only, where the test looks at the file itself or the database makes no difference."""
    shutil.copy(founded, tmp_path / "ledger.db")
    opened = open_ledger(sqlite_in(tmp_path), KEY, clock=clock)
    yield opened
    opened.close()
