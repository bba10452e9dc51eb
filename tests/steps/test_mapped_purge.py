"""Somebody else's database is purged as its mapping says: the same promises as for a store of our own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from discretio.domain.purge_states import PlanState
from discretio.errors import PurgeRefusedError
from discretio.ledger import batches
from discretio.ledger.chain_verification import verify_chain
from discretio.ledger.plans import load_plan
from discretio.settings import Settings
from discretio.steps import erase, erasure_jobs, replay, verify_purge
from discretio.steps.workplace import Workplace
from discretio.stores.foreign.erasing import MappedEraser
from ledger.databases import schema_on
from steps.conftest import AS_OF
from steps.killing import Moment, killed_after
from steps.mapped_places import ForeignPlace, centre_place
from stores.foreign.erasable import DUE, FILES, content, mapping_in, run, word


@pytest.fixture(params=["sqlite", *(pytest.param(name, marks=pytest.mark.services) for name in ("postgresql", "mariadb"))])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'centre.db'}"
    else:
        with schema_on(request.param) as made:
            yield made


@pytest.fixture
def centre(url: str, tmp_path: Path, settings_in: Callable[[Path], Settings], shared: Workplace) -> ForeignPlace:
    return centre_place(tmp_path, url, settings_in(tmp_path), shared)


def nrs(found: dict[str, list[str]]) -> set[int]:
    return {int(row.strip("()").split(",")[0]) for row in found["client_file"]}


def test_what_was_approved_goes_as_the_mapping_says_and_nothing_else_is_touched(centre: ForeignPlace, url: str) -> None:
    before = content(url)
    plan_id = centre.planned()
    assert content(url) == before
    done = erase.run_purge(centre.place, plan_id)
    after = content(url)
    assert (done.deleted, done.dropped) == (DUE, {})
    assert done.rows == {"client_file": DUE, "event": DUE, "visit": 2 * DUE, "visit_tag": 2 * DUE, "client": DUE}
    assert nrs(after) == set(range(DUE + 1, FILES + 1))
    words = [word(nr) for nr in range(1, DUE + 1)]
    kept = {name: {row for row in rows if not any(one in row for one in words)} for name, rows in before.items()}
    assert {name: set(rows) & set(before[name]) for name, rows in after.items() if name in ("visit", "visit_tag", "menu")} == {
        name: kept[name] for name in ("visit", "visit_tag", "menu")
    }
    assert sum("'erased'" in row for row in after["client"]) == DUE
    assert not any(one in row for rows in after.values() for row in rows for one in words)
    certificate = verify_purge.verify_purge(centre.place, plan_id)
    assert f'"deleted":{{"dossier":{DUE}}}' in certificate.body.replace(" ", "")
    verify_chain(centre.place.ledger)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("INSERT INTO halt VALUES (9, 2, 'LITIGATION', '2026-01-01')", "held"),
        ("UPDATE visit SET report = 'Anders.' WHERE file_nr = 2 AND site = 1", "dossier_changed"),
        ("INSERT INTO visit_tag VALUES (1, 2, 'nieuw')", "dossier_changed"),
        ("UPDATE client SET born = NULL WHERE file_nr = 2", "dossier_changed"),
        ("UPDATE client_file SET state = 'OPEN', closed = NULL WHERE nr = 2", "no_longer_overdue"),
    ],
    ids=["hold", "edit", "row beside", "column that isn't read", "reopened"],
)
def test_a_dossier_that_changed_drops_out_whole(change: str, reason: str, centre: ForeignPlace, url: str) -> None:
    plan_id = centre.planned()
    run(url, change)
    done = erase.run_purge(centre.place, plan_id)
    assert (done.deleted, done.dropped) == (DUE - 1, {reason: 1})
    assert 2 in nrs(content(url))
    assert sum(word(2) in row for row in content(url)["visit"]) == (1 if "UPDATE visit" in change else 2)


MOMENTS = [
    (batches, "write_intent", 1), (MappedEraser, "delete", 1), (MappedEraser, "commit", 1), (MappedEraser, "commit", 2),
    (batches, "mark_done", 1), (erase, "set_plan_state", 1),
]  # fmt: skip


@pytest.mark.services
@pytest.mark.parametrize("moment", MOMENTS, ids=lambda one: f"{one[1]}-{one[2]}")
def test_killed_anywhere_it_resumes_to_the_same_end(
    moment: Moment, centre: ForeignPlace, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasure_jobs, "ITEMS_PER_BATCH", 2)
    plan_id = centre.planned()
    killed_after(centre, plan_id, moment)
    if load_plan(centre.place.ledger, plan_id).state != PlanState.DONE:
        erase.run_purge(centre.place, plan_id)
    assert nrs(content(url)) == set(range(DUE + 1, FILES + 1))
    assert set(erase.plan_items(centre.place.ledger, plan_id)["state"]) == {"DELETED"}
    assert verify_purge.verify_purge(centre.place, plan_id).plan_id == plan_id
    verify_chain(centre.place.ledger)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_what_a_backup_brings_back_is_erased_again(centre: ForeignPlace, url: str, tmp_path: Path) -> None:
    shutil.copy(tmp_path / "centre.db", tmp_path / "backup.db")
    plan_id = centre.planned()
    erase.run_purge(centre.place, plan_id)
    verify_purge.verify_purge(centre.place, plan_id)
    gone = content(url)
    shutil.copy(tmp_path / "backup.db", tmp_path / "centre.db")
    again = replay.plan_replay(centre.place, "main", AS_OF, requester="admin")
    assert again.dossiers == DUE
    centre.approve(again.plan_id)
    assert erase.run_purge(centre.place, again.plan_id).deleted == DUE
    assert content(url) == gone
    assert verify_purge.verify_purge(centre.place, again.plan_id)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_what_stands_there_again_is_certified_by_nobody(centre: ForeignPlace, url: str) -> None:
    plan_id = centre.planned()
    erase.run_purge(centre.place, plan_id)
    run(url, "INSERT INTO client_file VALUES (2, 1, 'CLOSED', '2018-01-02', '2020-05-06', 'P1Y')")
    with pytest.raises(PurgeRefusedError, match="there again"):
        verify_purge.verify_purge(centre.place, plan_id)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_mapping_that_changed_since_the_plan_refuses_it(centre: ForeignPlace, url: str, tmp_path: Path) -> None:
    plan_id, before = centre.planned(), content(url)
    path = mapping_in(tmp_path, url)
    kept = path.read_text(encoding="utf-8")
    path.write_text(kept.replace("born: null", 'born: "1900-01-01"'), encoding="utf-8")
    with pytest.raises(PurgeRefusedError, match="mapping of the store changed"):
        erase.run_purge(centre.place, plan_id)
    assert content(url) == before
    path.write_text(kept, encoding="utf-8")
    assert erase.run_purge(centre.place, plan_id).deleted == DUE
