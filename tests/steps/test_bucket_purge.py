"""Dossiers in a bucket are purged: two persons approve, versions are listed, judged, deleted, verified; killed, it goes on."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from discretio.domain.purge_states import PlanState
from discretio.errors import PurgeRefusedError
from discretio.ledger import batches
from discretio.ledger.chain_verification import verify_chain
from discretio.ledger.plans import load_plan, plan_items
from discretio.settings import Settings
from discretio.steps import erase, erasure_jobs, verify_purge
from discretio.steps.workplace import Workplace
from discretio.stores import bucket_lease
from discretio.stores import bucket_versions as versions
from discretio.stores.bucket import Bucket
from steps.killing import Moment, killed_after
from steps.mapped_places import DUE_IN_TREE, ForeignPlace, bucket_place
from stores.file_servers import Bucket as Server

pytestmark = pytest.mark.services

BLOWS = 40
FARTHEST = 60
"""Calls of the bucket after which a blow falls at the latest."""
Fresh = Callable[[], tuple[ForeignPlace, Server]]


@pytest.fixture
def fresh(
    tmp_path: Path, settings_in: Callable[[Path], Settings], shared: Workplace, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Fresh]:
    servers: list[Server] = []

    def made() -> tuple[ForeignPlace, Server]:
        out = tmp_path / str(len(servers))
        out.mkdir()
        server = Server(out)
        servers.append(server)
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        return bucket_place(out, settings_in(out), shared, server), server

    yield made
    for server in servers:
        server.stop()


def left(server: Server) -> list[str]:
    return [key.removeprefix("tree/") for key, _, _ in server.stored()]


STAYING = sorted(f"d{number}/note.txt" for number in range(DUE_IN_TREE, 10))


def test_what_was_approved_goes_with_every_version_and_is_certified_by_counts(fresh: Fresh) -> None:
    place, server = fresh()
    plan_id = place.planned()
    assert len(left(server)) == 10 + 2
    server.write("d1/came.txt", b"erbij")
    done = erase.run_purge(place.place, plan_id)
    assert (done.deleted, done.dropped) == (DUE_IN_TREE - 1, {"dossier_changed": 1})
    assert done.rows == {"versions": DUE_IN_TREE, "delete_markers": 1}
    assert left(server) == ["d1/came.txt", "d1/note.txt", *STAYING]
    server.write("d9/about.txt", b"zie kenmerk0000x@zorg.example")
    server.write("d9/about.txt", b"niets meer")
    certificate = json.loads(verify_purge.verify_purge(place.place, plan_id).body)
    assert certificate["rows_deleted"] == {"versions": DUE_IN_TREE, "delete_markers": 1}
    assert certificate["items_whose_rows_nobody_counted"] == 0
    found = certificate["verification"]
    # An older version of a file that stays still says it.
    assert found["mentions"] == {"dossiers": 1, "units": 1, "number": 1}
    assert (found["bytes_of_files"], found["server_still_to"]) == ("server", "copies_of_the_provider")
    verify_chain(place.place.ledger)


def test_what_somebody_puts_back_keeps_the_certificate(fresh: Fresh) -> None:
    place, server = fresh()
    plan_id = place.planned()
    erase.run_purge(place.place, plan_id)
    server.write("d0/note.txt", b"teruggezet")
    with pytest.raises(PurgeRefusedError, match="are there again"):
        verify_purge.verify_purge(place.place, plan_id)
    assert erase.run_purge(place.place, plan_id).dropped == {"dossier_changed": 1}


@pytest.mark.parametrize(
    "moment",
    [
        (batches, "write_intent", 1), (Bucket, "written", 1), (Bucket, "written", 2), (Bucket, "written", 3),
        (bucket_lease, "delete", 1), (bucket_lease, "delete", 2), (bucket_lease, "delete", 3), (batches, "mark_done", 1),
    ],
    ids=lambda one: f"{one[1]}-{one[2]}",
)  # fmt: skip
def test_killed_after_any_step_it_resumes_to_the_same_end(
    moment: Moment, fresh: Fresh, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasure_jobs, "ITEMS_PER_BATCH", 1)
    place, server = fresh()
    plan_id = place.planned()
    killed_after(place, plan_id, moment)
    erase.run_purge(place.place, plan_id)
    _ended(place, server, plan_id)


def test_whatever_blow_falls_the_end_is_the_same(fresh: Fresh, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasure_jobs, "ITEMS_PER_BATCH", 1)
    monkeypatch.setattr(versions, "_DELETED_AT_ONCE", 1)
    random, struck = Random(20261122), 0  # noqa: S311 - chance for a test
    while struck < BLOWS:
        place, server = fresh()
        plan_id = place.planned()
        while load_plan(place.place.ledger, plan_id).state != PlanState.DONE:
            struck += _struck(place, plan_id, random.randint(1, FARTHEST))
        _ended(place, server, plan_id)


def _struck(place: ForeignPlace, plan_id: str, moment: int) -> bool:
    """Run the purge in a process that is killed before or after a call of the bucket; whether it was."""
    place.place.ledger.engine.dispose()
    child = os.fork()
    if child == 0:
        original, seen = Bucket.call, 0

        def deadly(bucket: Bucket, method: str, **asked: Any) -> Any:  # noqa: ANN401 - passed on
            nonlocal seen
            seen += 1
            if 2 * seen == moment:
                os.kill(os.getpid(), signal.SIGKILL)
            answer = original(bucket, method, **asked)
            if 2 * seen + 1 == moment:
                os.kill(os.getpid(), signal.SIGKILL)
            return answer

        setattr(Bucket, "call", deadly)  # noqa: B010 - mypy knows no assignment to a method
        try:
            erase.run_purge(place.place, plan_id)
            os._exit(0)
        finally:
            os._exit(9)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert ended in {0, -signal.SIGKILL}
    return ended != 0


def _ended(place: ForeignPlace, server: Server, plan_id: str) -> None:
    assert left(server) == STAYING
    assert set(plan_items(place.place.ledger, plan_id)["state"]) == {"DELETED"}
    assert verify_purge.verify_purge(place.place, plan_id)
    verify_chain(place.place.ledger)
