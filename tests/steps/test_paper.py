"""Dossiers on paper fall due like any other, are judged on what an inventory tells, and go once their destruction is signed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import sqlalchemy as sa

from discretio import wiring
from discretio.errors import ApprovalError, PurgeRefusedError, StoreContentError, UsageError
from discretio.ledger import findings, locator, stores
from discretio.ledger.chain_verification import verify_chain
from discretio.ledger.outcomes import latest_outcomes
from discretio.ledger.paper_tables import destruction_notes
from discretio.ledger.plans import plan_items
from discretio.steps import check, erase, paper, plan, scan
from discretio.steps.approve import approve
from discretio.steps.archiving import declare_clearance
from discretio.steps.people_keys import enrol_person, new_personal_key, signer
from discretio.steps.registering import registered_name
from discretio.steps.verify_purge import verify_purge
from discretio.stores.inventory_files import read_inventory
from enrolments import confirm_others
from steps.conftest import AS_OF, Made

INVENTORY = """\
controllers:
  - {controller_key: K-archive, organisation: Archief, regime: GDPR, kind: FEDERAL_GDPR}
dossiers:
  - {dossier_key: due-1, kind: SHARED, status: CLOSED, purpose: INTEGRITY, owner: K-archive, opened_at: 2010-01-05,
     closed_at: 2011-03-01, closed_precision: DAY, agreed_term: P1Y, agreed_term_start: EFFECTIVE_CLOSURE}
  - {dossier_key: held-2, kind: SHARED, status: CLOSED, purpose: INTEGRITY, owner: K-archive, opened_at: 2010-01-05,
     closed_at: 2011-03-01, closed_precision: DAY, agreed_term: P1Y, agreed_term_start: EFFECTIVE_CLOSURE}
holds:
  - {hold_key: h, dossier_key: held-2, kind: LITIGATION, reason: claim, from_at: 2020-01-01, requested_by: u1, approved_by: u2}
"""
OPEN = (
    "  - {{dossier_key: open-{n}, kind: SHARED, status: OPEN, purpose: INTEGRITY, owner: K-archive, opened_at: 2025-02-0{n}}}\n"
)


@pytest.fixture
def archive(made: Made) -> Made:
    """An inventory of one dossier that is due, one that is held, and others; two approvers of the archive."""
    path = made.out / "inventory.yaml"
    listed = "".join(OPEN.format(n=n) for n in range(1, 9))
    path.write_text(INVENTORY.replace("holds:\n", listed + "holds:\n"), encoding="utf-8")
    paper.load_inventory(made.place, path, "paper")
    store_id = stores.store_named(made.place.ledger, "paper").store_id
    archive = locator.surrogates(made.place.ledger, store_id, "controller", ["K-archive"])["K-archive"]
    for login in ("anna", "bert"):
        enrol_person(made.place, login, ["APPROVER"], [archive], new_personal_key(made.key(login)))
    confirm_others(made.place, "dora", made.key("dora"), ("anna", "bert"))
    cleared = signer(made.place, "anna", made.key("anna"), where="")
    declare_clearance(made.place, (archive, "SHARED"), "letter", cleared, withdrawn=False)
    return made


def planned(made: Made) -> str:
    return plan.plan_purge(made.place, "paper", AS_OF, requester="requester").plan_id


def approved(made: Made) -> str:
    plan_id = planned(made)
    for login in ("anna", "bert"):
        approve(made.place, plan_id, login, made.key(login))
    return plan_id


def test_content_on_paper_is_a_gap_and_no_rule_passes_for_it(archive: Made) -> None:
    run_id = scan.begin_scan(archive.place, "paper", AS_OF)
    list(scan.scan_in_turn(archive.place, run_id))
    counts = scan.finish_scan(archive.place, run_id)
    assert (counts.units, counts.not_examined, counts.detections) == (10, 10, 0)
    store_id = stores.store_named(archive.place.ledger, "paper").store_id
    assert findings.gap_counts(archive.place.ledger, store_id) == {"on_paper": 10}
    check.check(archive.place, "paper", AS_OF)
    outcomes = latest_outcomes(archive.place.ledger, store_id)
    over_content = outcomes[outcomes["rule_id"].str.startswith("ART2-2")]
    assert set(over_content["outcome"]) <= {"NOT_CHECKABLE", "N/A"}
    assert not outcomes[outcomes["scope_kind"] == "entry"]["outcome"].isin(["PASS", "FAIL", "WARN"]).any()


def test_paper_falls_due_and_goes_once_its_destruction_is_signed(archive: Made) -> None:
    plan_id = approved(archive)
    assert len(plan_items(archive.place.ledger, plan_id)) == 1, "a hold wins on paper too"
    with pytest.raises(PurgeRefusedError, match="1 dossiers of this plan lie on paper"):
        erase.run_purge(archive.place, plan_id)
    assert paper.note_destroyed(archive.place, "due-1", "anna", archive.key("anna")) == plan_id
    erased = erase.run_purge(archive.place, plan_id)
    assert (erased.deleted, dict(erased.rows)) == (1, {"dossiers": 1, "entries": 1})
    certificate = verify_purge(archive.place, plan_id)
    assert len(json.loads(certificate.body)["destruction_notes"]) == 1
    assert "due-1" not in set(archive.place.open_store("paper").read("dossiers")["dossier_key"])
    verify_chain(archive.place.ledger)


def test_nothing_is_noted_as_destroyed_before_its_plan_is_approved(archive: Made) -> None:
    with pytest.raises(ApprovalError, match="no plan lets"):
        paper.note_destroyed(archive.place, "due-1", "anna", archive.key("anna"))
    planned(archive)
    with pytest.raises(ApprovalError, match="isn't approved"):
        paper.note_destroyed(archive.place, "due-1", "anna", archive.key("anna"))
    with pytest.raises(ApprovalError, match="no plan lets"):
        paper.note_destroyed(archive.place, "held-2", "anna", archive.key("anna"))


def test_only_somebody_of_the_controller_notes_it_with_the_own_key_and_not_ahead(archive: Made) -> None:
    approved(archive)
    with pytest.raises(ApprovalError, match="not yours"):
        paper.note_destroyed(archive.place, "due-1", "dora", archive.key("dora"))
    with pytest.raises(ApprovalError, match="signature"):
        paper.note_destroyed(archive.place, "due-1", "anna", archive.key("bert"))
    with pytest.raises(UsageError, match="lies ahead"):
        paper.note_destroyed(archive.place, "due-1", "anna", archive.key("anna"), AS_OF.replace(year=2030))


def test_a_forged_note_erases_nothing(archive: Made) -> None:
    plan_id = approved(archive)
    paper.note_destroyed(archive.place, "due-1", "anna", archive.key("anna"))
    with archive.place.ledger.writing() as connection:
        connection.execute(sa.update(destruction_notes).values(destroyed_on=AS_OF.replace(year=2020)))
    with pytest.raises(ApprovalError, match="signature"):
        erase.run_purge(archive.place, plan_id)


def test_a_plan_that_waits_for_the_shredder_is_not_run_by_the_nightly_job(
    archive: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan_id = approved(archive)
    monkeypatch.setattr(wiring, "_place", lambda: archive.place)
    assert wiring.approved_plans() == []
    paper.note_destroyed(archive.place, "due-1", "bert", archive.key("bert"))
    assert wiring.approved_plans() == [plan_id]


def test_loading_again_renews_a_dossier_and_keeps_what_the_file_does_not_speak_of(archive: Made) -> None:
    later = archive.out / "later.csv"
    later.write_text("dossier_key,kind,status,owner,opened_at,closed_at,closed_precision\n"
                     "held-2,SHARED,CLOSED,K-archive,2010-01-05,2012-07-01,DAY\n"
                     "new-3,OWN,OPEN,K-archive,2026-01-05,,\n", encoding="utf-8")  # fmt: skip
    assert paper.load_inventory(archive.place, later, "paper")["dossiers"] == 2
    store = archive.place.open_store("paper")
    dossiers = store.read("dossiers").set_index("dossier_key")
    assert str(dossiers.loc["held-2", "closed_at"])[:10] == "2012-07-01"
    assert {"due-1", "new-3"} <= set(dossiers.index)
    assert list(store.read("holds")["dossier_key"]) == ["held-2"]
    assert registered_name(archive.place, store.locator) == "paper"


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("a.csv", "dossier_key,secret\nx,y\n", "no such column"),
        ("a.yaml", "entries:\n  - {entry_key: x}\n", "no such frame"),
        ("a.yaml", "dossiers: 3\n", "a list of rows"),
        ("a.yaml", "dossiers: []\n", "names no dossier"),
        ("a.yaml", "dossiers: [{\n", "can't be read"),
        ("a.csv", "dossier_key,closed_at,opened_at\nx,2010-01-01,2011-01-01\n", "lies before"),
        ("a.csv", "dossier_key,opened_at\nx,in spring\n", "holds what is no"),
    ],
)
def test_an_inventory_that_is_wrong_is_refused_whole(made: Made, name: str, text: str, what: str) -> None:
    (made.out / name).write_text(text, encoding="utf-8")
    with pytest.raises((UsageError, StoreContentError), match=what):
        paper.load_inventory(made.place, made.out / name, "paper")
    known = {record.name for record in stores.stores(made.place.ledger)}
    assert "paper" not in known or made.place.open_store("paper").read("dossiers").empty


@pytest.mark.parametrize(
    ("name", "text", "where"),
    [
        ("a.csv", "x1,Peeters Piet,CLOSED\nx2,Aerts Jan,OPEN\n", "dossiers, column 1"),
        ("a.csv", "dossier_key,Peeters Piet\nx,y\n", "dossiers, column 2"),
        ("a.csv", "dossier_key,kind\nx,OWN,Peeters Piet\n", "dossiers, column 3"),
        ("a.yaml", "dossiers: [{dossier_key: x, Peeters Piet: y}]\n", "dossiers, column 2"),
        ("a.yaml", "dossiers: [{dossier_key: x}]\nPeeters Piet: []\n", "frame 2 of the file"),
    ],
)
def test_an_inventory_without_its_head_names_nobody(tmp_path: Path, name: str, text: str, where: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(StoreContentError) as refused:
        read_inventory(tmp_path / name)
    assert refused.value.where == where
    assert "Peeters" not in str(refused.value)
