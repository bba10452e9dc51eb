"""A tree of documents is purged: two persons approve, folders are renamed, judged, unlinked, verified; killed, it goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from discretio.domain.purge_states import PlanState
from discretio.ledger import batches
from discretio.ledger.chain_verification import verify_chain
from discretio.ledger.plans import load_plan, plan_items
from discretio.settings import Settings
from discretio.steps import erase, erasure_jobs, verify_purge
from discretio.steps.residue import searched_rows
from discretio.steps.workplace import Workplace
from discretio.stores.erasing_folder import ErasingFolder
from discretio.stores.local_files import ERASING
from steps.conftest import AS_OF
from steps.killing import Moment, killed_after
from steps.mapped_places import ForeignPlace, foreign_place
from stores.test_document_tree import write

DUE = 3
LINE = "d{},SHARED,CLOSED,K,2018-01-02,2020-05-06,DAY,EFFECTIVE_CLOSURE,{}\n"
HEAD = "dossier_key,kind,status,owner,opened_at,closed_at,closed_precision,agreed_term_start,agreed_term\n"


@pytest.fixture
def tree(tmp_path: Path, settings_in: Callable[[Path], Settings], shared: Workplace) -> ForeignPlace:
    lines = []
    for number in range(10):
        write(tmp_path / "tree", f"d{number}/note.txt", f"over kenmerk{number:04d}x, kenmerk{number:04d}x@zorg.example")
        lines.append(LINE.format(number, "P1Y" if number < DUE else "P20Y"))
    (tmp_path / "inventory.csv").write_text(HEAD + "".join(lines), encoding="utf-8")
    (tmp_path / "tree.yaml").write_text("store: {tree: tree, inventory: inventory.csv}\nerase: {holds: ledger}\n")
    made = foreign_place(tmp_path, settings_in(tmp_path), shared, str(tmp_path / "tree.yaml"), ("K",))
    policy = made.place.policy_on(AS_OF)
    raised = replace(policy, values={**policy.values, "purge.cap_share": 1.0})
    return replace(made, place=replace(made.place, policy_on=lambda _: raised))


def left(tree: ForeignPlace) -> list[str]:
    return sorted(path.name for path in (tree.out / "tree").iterdir())


def test_what_was_approved_goes_and_is_certified(tree: ForeignPlace) -> None:
    plan_id = tree.planned()
    assert len(left(tree)) == 10
    write(tree.out / "tree", "d1/came.txt", "erbij")
    done = erase.run_purge(tree.place, plan_id)
    assert (done.deleted, done.dropped, done.rows) == (DUE - 1, {"dossier_changed": 1}, {"files": DUE - 1})
    assert left(tree) == ["d1", *(f"d{number}" for number in range(DUE, 10))]
    write(tree.out / "tree", "d9/about.txt", "zie kenmerk0000x@zorg.example")
    write(tree.out / "tree", "d8/scan.pdf", "%PDF-1.7 broken off")
    certificate = verify_purge.verify_purge(tree.place, plan_id)
    assert '"bytes_of_files":"none_found"' in certificate.body.replace(" ", "")
    assert '"mentions":{"dossiers":1,"number":1,"units":1}' in certificate.body.replace(" ", "")
    # Eight dossiers with a note each, the note that came and the one about another; the scan can't be read.
    assert searched_rows(certificate.body) == (18, 1)
    verify_chain(tree.place.ledger)


@pytest.mark.services
@pytest.mark.parametrize(
    "moment",
    [(batches, "write_intent", 1), (ErasingFolder, "lock", 1), (ErasingFolder, "unlink", 2), (batches, "mark_done", 1)],
    ids=lambda one: f"{one[1]}-{one[2]}",
)
def test_killed_anywhere_it_resumes_to_the_same_end(
    moment: Moment, tree: ForeignPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasure_jobs, "ITEMS_PER_BATCH", 1)
    plan_id = tree.planned()
    killed_after(tree, plan_id, moment)
    if load_plan(tree.place.ledger, plan_id).state != PlanState.DONE:
        erase.run_purge(tree.place, plan_id)
    assert left(tree) == [f"d{number}" for number in range(DUE, 10)]
    assert set(plan_items(tree.place.ledger, plan_id)["state"]) == {"DELETED"}
    assert verify_purge.verify_purge(tree.place, plan_id)
    assert not (tree.out / "tree" / ERASING).exists()


def test_what_a_dossier_that_stays_leads_into_drops_out_with_its_reason(tree: ForeignPlace) -> None:
    (tree.out / "tree" / "d9" / "deed.txt").symlink_to("../d0/note.txt")
    plan_id = tree.planned()
    done = erase.run_purge(tree.place, plan_id)
    assert (done.deleted, done.dropped) == (DUE - 1, {"dossier_linked": 1})
    assert (tree.out / "tree" / "d9" / "deed.txt").read_text(encoding="utf-8")
    assert '"dropped":{"dossier_linked":1}' in verify_purge.verify_purge(tree.place, plan_id).body.replace(" ", "")
