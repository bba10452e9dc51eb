"""A purge that is killed, or cut off from its databases, more than two hundred times ends where an undisturbed one does."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import Engine, event, text

from discretio.domain.frames import STORE_FRAMES
from discretio.domain.purge_states import PlanState
from discretio.errors import DiscretioError
from discretio.ledger.chain_verification import verify_chain
from discretio.ledger.plans import load_plan
from discretio.settings import Settings
from discretio.steps import erase, erasure_jobs, verify_purge
from ledger.databases import schema_on
from steps.conftest import Made, found_place, url_in
from steps.test_purge import planned, states

pytestmark = pytest.mark.services
Fresh = Callable[[], Made]

BLOWS = 70
"""How often each pair of databases is struck; three pairs make more than two hundred."""
FARTHEST = 400
"""Events of the databases after which a blow falls at the latest."""
ENDED, REFUSED, STRANGE = 0, 3, 9


@pytest.fixture
def one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasure_jobs, "ITEMS_PER_BATCH", 1)


@pytest.mark.usefixtures("one_by_one")
@pytest.mark.parametrize("databases", ["sqlite", "postgresql", "mariadb"], indirect=True)
def test_whatever_blow_falls_the_end_is_the_same(databases: Fresh) -> None:
    random, struck, plans = Random(20261122), 0, 0  # noqa: S311 - chance for a test
    undisturbed = _whole(databases())
    while struck < BLOWS:
        made = databases()
        plan_id, plans = planned(made), plans + 1
        while True:
            outcome = _struck(made, plan_id, random)
            assert outcome in {ENDED, REFUSED, -signal.SIGKILL}, f"blow {struck}: exit {outcome}"
            struck += outcome != ENDED
            assert struck < 2 * BLOWS, "a plan that is struck no more often than this has to end"
            if load_plan(made.place.ledger, plan_id).state == PlanState.DONE:
                break
        assert (content(made), states(made, plan_id)) == undisturbed
        assert verify_purge.verify_purge(made.place, plan_id).plan_id == plan_id
        verify_chain(made.place.ledger)
    assert plans > 1


def _whole(made: Made) -> tuple[dict[str, list[str]], dict[str, int]]:
    plan_id = planned(made)
    erase.run_purge(made.place, plan_id)
    return content(made), states(made, plan_id)


def content(made: Made) -> dict[str, list[str]]:
    with made.store.database.reading() as connection:
        rows = {name: connection.execute(text(f"SELECT * FROM {name}")).all() for name in STORE_FRAMES}  # noqa: S608 - our own names
    return {name: sorted(repr(tuple(row)) for row in found) for name, found in rows.items()}


def _struck(made: Made, plan_id: str, random: Random) -> int:
    """Run the purge in a process that is killed, or loses a connection, at a random event of its databases."""
    moment, blow = random.randint(1, FARTHEST), random.choice([_kill, _cut])
    made.place.ledger.engine.dispose()
    child = os.fork()
    if child == 0:
        os._exit(_run(made, plan_id, moment, blow))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _run(made: Made, plan_id: str, moment: int, blow: Callable[[Any], None]) -> int:
    seen = 0

    def count(connection: Any, *_: Any) -> None:  # noqa: ANN401 - what SQLAlchemy hands over
        nonlocal seen
        seen += 1
        if seen == moment:
            blow(connection)

    for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(Engine, name, count)
    try:
        erase.run_purge(made.place, plan_id)
    except DiscretioError:
        return REFUSED
    except BaseException:  # noqa: BLE001 - the parent fails on it
        return STRANGE
    return ENDED


def _kill(_: Any) -> None:  # noqa: ANN401 - a connection
    os.kill(os.getpid(), signal.SIGKILL)


def _cut(connection: Any) -> None:  # noqa: ANN401 - a connection
    """Cut the line to the server; a file has none, so its process is killed."""
    raw = connection.connection.dbapi_connection
    line = raw.fileno() if hasattr(raw, "fileno") else raw._sock.fileno() if hasattr(raw, "_sock") else None
    if line is None:
        _kill(connection)
    socket.socket(fileno=os.dup(line)).shutdown(socket.SHUT_RDWR)


@pytest.fixture
def databases(
    request: pytest.FixtureRequest, tmp_path: Path, settings_in: Callable[[Path], Settings], open_at: Callable[..., Made]
) -> Iterator[Fresh]:
    """Makes a place whose store and ledger are filled anew at each call, both on the server asked for."""
    numbers = count(1)
    with ExitStack() as stack:

        def fresh() -> Made:
            out = tmp_path / str(next(numbers))
            out.mkdir()
            if request.param == "sqlite":
                store_url, ledger_url = url_in(out), settings_in(out).ledger_url
            else:
                store_url, ledger_url = (stack.enter_context(schema_on(request.param)) for _ in range(2))
            found_place(replace(settings_in(out), ledger_url=ledger_url), out, store_url)
            return open_at(out, store_url, ledger_url)  # type: ignore[no-any-return] # a callable fixture

        yield fresh
