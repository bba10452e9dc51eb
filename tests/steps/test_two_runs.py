"""Two runs of one approved plan at once end where one does: the later one goes on, the earlier one can do nothing more."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from discretio.domain.purge_states import PlanState
from discretio.errors import PurgeRefusedError
from discretio.ledger import batches
from discretio.ledger.audit_chain import payloads
from discretio.ledger.chain_verification import verify_chain
from discretio.steps import erase, erasure_jobs, verify_purge
from discretio.stores.reference.erasing import ReferenceEraser
from steps.conftest import AS_OF, Fresh, Made
from steps.killing import Moment
from steps.purgeable_rows import DOSSIERS, DUE, DUE_KEYS, DUE_ROWS, key
from steps.test_holding import ORDER, held
from steps.test_purge import planned, state, states

ITEMS = DUE + len(DUE_ROWS)
APART: list[Moment] = [
    (erase, "start", 1), (batches, "open_intents", 1), (batches, "write_intent", 1), (batches, "write_intent", 4),
    (erase, "recorded_hold_rows", 2), (ReferenceEraser, "commit", 1), (ReferenceEraser, "commit", 3), (erase, "tell", 2),
    (batches, "mark_done", 1), (batches, "mark_done", 3),
]  # fmt: skip
"""Where the first run stands while the second runs to its end: it holds nothing of the store."""
UNDER_LOCK: list[Moment] = [
    (ReferenceEraser, "lock", 1), (ReferenceEraser, "lock", 3), (ReferenceEraser, "delete", 1), (ReferenceEraser, "delete", 2),
]  # fmt: skip
"""Where it stands until the second waits for what it has locked."""

ON_SERVERS = {("recorded_hold_rows", 2), ("commit", 1), ("mark_done", 1), ("lock", 1), ("delete", 1)}
"""Those that are tried on servers, too."""


def on_each_database(moments: list[Moment]) -> list[Any]:
    """(where the first run stands, the database): all on SQLite, some on each server."""
    here = [pytest.param(moment, "sqlite", id=f"sqlite-{moment[1]}-{moment[2]}") for moment in moments]
    return here + [
        pytest.param(moment, server, marks=pytest.mark.services, id=f"{server}-{moment[1]}-{moment[2]}")
        for moment in moments
        for server in ("postgresql", "mariadb")
        if moment[1:] in ON_SERVERS
    ]


@pytest.fixture(autouse=True)
def two_by_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasure_jobs, "ITEMS_PER_BATCH", 2)


class Second:
    """The second run of a plan, in a thread of its own."""

    def __init__(self, made: Made, plan_id: str) -> None:
        self.ended: list[object] = []
        self.waits = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(made, plan_id))

    def _run(self, made: Made, plan_id: str) -> None:
        try:
            self.ended.append(erase.run_purge(made.place, plan_id))
        except Exception as error:  # noqa: BLE001 - the test looks at it
            self.ended.append(error)
        finally:
            self.waits.set()

    def to_its_end(self) -> None:
        self._thread.start()
        self._thread.join()

    def to_its_first_lock(self) -> None:
        self._thread.start()
        self.waits.wait()

    def joined(self) -> object:
        self._thread.join()
        (ended,) = self.ended
        return ended


def then(monkeypatch: pytest.MonkeyPatch, moment: Moment, do: Callable[[], None]) -> None:
    """Do something once, right after the n-th call by the first run of a function of a module or class."""
    (where, name, calls), first, done = moment, threading.current_thread(), 0
    original = getattr(where, name)

    def counting(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever it takes and gives
        nonlocal done
        result = original(*arguments, **named)
        if threading.current_thread() is first:
            done += 1
            if done == calls:
                do()
        return result

    monkeypatch.setattr(where, name, counting)


def wait_at_the_lock(monkeypatch: pytest.MonkeyPatch, second: Second) -> None:
    """Tell when the second run comes to open a transaction of the store, in which it waits for the first."""
    first, erase_in_store = threading.current_thread(), erase._erase

    def telling(job: Any, kind: str, keys: Any) -> Any:  # noqa: ANN401 - as `_erase`
        if threading.current_thread() is not first:
            second.waits.set()
        return erase_in_store(job, kind, keys)

    monkeypatch.setattr(erase, "_erase", telling)


def assert_as_of_one_run(made: Made, plan_id: str) -> None:
    assert state(made, plan_id) == PlanState.DONE
    assert states(made, plan_id) == {"DELETED": ITEMS}
    assert set(made.store.read("dossiers")["dossier_key"]) == {key(number) for number in range(DUE, DOSSIERS)}
    assert set(made.store.read("art8_rows")["row_key"]).isdisjoint(DUE_ROWS)
    with made.place.ledger.reading() as connection:
        told = [json.loads(said["items"]) for said in payloads(connection, batches.DONE, plan_id)]
    assert set(Counter(item for items in told for item in items).values()) == {1}
    body = json.loads(verify_purge.verify_purge(made.place, plan_id).body)
    assert (body["deleted"], body["dropped"]) == ({"dossier": DUE, "art8_row": len(DUE_ROWS)}, {})
    verify_chain(made.place.ledger)


@pytest.mark.parametrize(("moment", "places"), on_each_database(APART), indirect=["places"])
def test_a_run_that_another_overtook_does_nothing_more_and_says_so(
    moment: Moment, places: Fresh, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = places()
    plan_id = planned(made)
    second = Second(made, plan_id)
    then(monkeypatch, moment, second.to_its_end)
    with pytest.raises(PurgeRefusedError, match="another run of this plan"):
        erase.run_purge(made.place, plan_id)
    assert isinstance(second.joined(), erase.Erased), second.ended
    assert_as_of_one_run(made, plan_id)


@pytest.mark.parametrize(("moment", "places"), on_each_database(UNDER_LOCK), indirect=["places"])
def test_a_run_that_waits_for_what_another_has_locked_goes_on_after_it(
    moment: Moment, places: Fresh, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = places()
    plan_id = planned(made)
    second = Second(made, plan_id)
    wait_at_the_lock(monkeypatch, second)
    then(monkeypatch, moment, second.to_its_first_lock)
    with pytest.raises(PurgeRefusedError, match="another run of this plan"):
        erase.run_purge(made.place, plan_id)
    assert isinstance(second.joined(), erase.Erased), second.ended
    assert_as_of_one_run(made, plan_id)


@pytest.mark.parametrize(
    "places",
    ["sqlite", *(pytest.param(server, marks=pytest.mark.services) for server in ("postgresql", "mariadb"))],
    indirect=True,
)
def test_a_hold_that_the_later_run_obeyed_is_not_passed_over_by_the_earlier(
    places: Fresh, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = places()
    plan_id = planned(made)
    victim, second = min(DUE_KEYS), Second(made, plan_id)

    def hold_and_run() -> None:
        held(made, victim, replace(ORDER, review=AS_OF + timedelta(days=90)))  # a server's day isn't that of the test's clock
        second.to_its_end()

    monkeypatch.setattr(erasure_jobs, "ITEMS_PER_BATCH", ITEMS)  # so that it is in the first batch of dossiers
    then(monkeypatch, (erase, "recorded_hold_rows", 2), hold_and_run)  # read, and not yet locked; the first is of the list
    with pytest.raises(PurgeRefusedError, match="another run of this plan"):
        erase.run_purge(made.place, plan_id)
    assert victim in set(made.store.read("dossiers")["dossier_key"])
    assert states(made, plan_id) == {"DELETED": ITEMS - 1, "DROPPED:held": 1}
    verify_chain(made.place.ledger)
