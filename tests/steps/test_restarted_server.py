"""The database server itself goes down in the middle, and comes back: a scan and a purge end as undisturbed ones do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import Engine, event, select

from discretio.domain.purge_states import PlanState
from discretio.errors import DiscretioError
from discretio.ledger.chain_verification import verify_chain
from discretio.ledger.plans import load_plan
from discretio.ledger.scan_tables import examined, findings
from discretio.settings import Settings
from discretio.steps import erase, erasure_jobs, scan, verify_purge
from steps.conftest import AS_OF, Made, found_place
from steps.own_server import OwnServer, own_server
from steps.test_crash_storm import content
from steps.test_purge import planned, states

pytestmark = pytest.mark.services

RESTARTS = 6
"""How often the server goes down while one scan, or one purge, is under way."""
FARTHEST = 120
"""Events of the databases after which it does so at the latest."""
MOST = 40
"""Attempts after which work that doesn't end is given up."""
Fresh = Callable[[], Made]


@pytest.fixture(scope="module")
def server() -> Iterator[OwnServer]:
    with own_server() as running:
        yield running


@pytest.fixture
def fresh(
    server: OwnServer,
    tmp_path: Path,
    settings_in: Callable[[Path], Settings],
    open_at: Callable[..., Made],
    request: Any,  # noqa: ANN401 - pytest's
) -> Fresh:
    """Makes a place whose store and ledger are filled anew at each call, both on the server."""
    numbers = count(1)

    def made() -> Made:
        number = next(numbers)
        out = tmp_path / str(number)
        out.mkdir()
        name = f"{request.node.name[:30]}_{number}".replace("[", "_").replace("]", "_")
        store_url, ledger_url = (server.database(f"{part}_{name}") for part in ("store", "ledger"))
        found_place(replace(settings_in(out), ledger_url=ledger_url), out, store_url)
        return open_at(out, store_url, ledger_url)  # type: ignore[no-any-return] # a callable fixture

    return made


@contextmanager
def going_down(server: OwnServer, moment: int) -> Iterator[None]:
    """The server is restarted at that event of the databases."""
    seen = 0

    def counted(*_: Any) -> None:  # noqa: ANN401 - what SQLAlchemy hands over
        nonlocal seen
        seen += 1
        if seen == moment:
            server.restart()

    names = ("before_cursor_execute", "after_cursor_execute", "commit")
    for name in names:
        event.listen(Engine, name, counted)
    try:
        yield
    finally:
        for name in names:
            event.remove(Engine, name, counted)


def done_in_spite(server: OwnServer, work: Callable[[], bool]) -> int:
    """Do the work again until it says that it is done, with a server that goes down at some moments; how often it failed."""
    random, failures = Random(20261122), 0  # noqa: S311 - chance for a test
    for attempt in range(MOST):
        moment = random.randint(1, FARTHEST) if attempt < RESTARTS else 0
        try:
            with going_down(server, moment):
                if work():
                    return failures
        except DiscretioError:
            failures += 1
    pytest.fail("the work never ended")


def test_a_purge_goes_on_where_the_server_that_was_restarted_left_it(
    server: OwnServer, fresh: Fresh, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasure_jobs, "ITEMS_PER_BATCH", 1)
    undisturbed = fresh()
    plan_id = planned(undisturbed)
    erase.run_purge(undisturbed.place, plan_id)
    expected = content(undisturbed), states(undisturbed, plan_id)
    made = fresh()
    plan_id = planned(made)

    def purged() -> bool:
        erase.run_purge(made.place, plan_id)
        return load_plan(made.place.ledger, plan_id).state == PlanState.DONE

    assert done_in_spite(server, purged) > 1, "the server went down while it ran"
    assert (content(made), states(made, plan_id)) == expected
    assert verify_purge.verify_purge(made.place, plan_id).plan_id == plan_id
    verify_chain(made.place.ledger)


def test_a_scan_whose_partitions_are_tried_again_finds_all_once(
    server: OwnServer, fresh: Fresh, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan, "DOSSIERS_PER_PARTITION", 10)
    undisturbed = fresh()
    scanned(undisturbed, scan.begin_scan(undisturbed.place, "main", AS_OF))
    made = fresh()
    run_id = scan.begin_scan(made.place, "main", AS_OF)
    left = [part.number for part in scan.partitions_of(made.place, run_id)]
    assert len(left) > 3

    def partition_scanned() -> bool:
        scan.scan_partition(made.place, run_id, left[0])
        left.pop(0)
        return not left

    assert done_in_spite(server, partition_scanned) > 1, "the server went down while it ran"
    scan.finish_scan(made.place, run_id)
    assert found(made) == found(undisturbed)
    verify_chain(made.place.ledger)


def scanned(made: Made, run_id: str) -> None:
    list(scan.scan_in_turn(made.place, run_id))
    scan.finish_scan(made.place, run_id)


def found(made: Made) -> tuple[list[str], list[str]]:
    """What was found and what was examined, without the ids, which differ from ledger to ledger."""
    same = ("category", "flags", "type", "lang", "score", "negated", "about", "evidence", "span_start", "span_end", "part")
    with made.place.ledger.reading() as connection:
        rows = connection.execute(select(*(findings.c[name] for name in same))).all()
        units = connection.execute(select(examined.c.characters, examined.c.not_examined, examined.c.declared_categories)).all()
    return sorted(repr(tuple(row)) for row in rows), sorted(repr(tuple(row)) for row in units)
