from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from discretio.errors import ApprovalError, LedgerError, PurgeRefusedError, UsageError
from discretio.ledger.approvals import SignedApproval, approvals, record_approval, sign_approval, standing
from discretio.ledger.connection import Ledger
from discretio.ledger.people import PersonRecord, enrol, people, person_id_of, revoke
from discretio.ledger.plans import latest_plans, load_plan, plan_items, save_plan, set_plan_state
from discretio.ledger.purge_tables import approvals as approvals_table
from discretio.ledger.purge_tables import people as people_table
from discretio.ledger.purge_tables import plan_item_controllers
from discretio.ledger.purge_tables import plan_items as items_table
from discretio.ledger.purge_tables import plans as plans_table
from ledger.ledger_story import AT, KEYS, Story, approval, approved, enrolled, items, planned, told


@pytest.fixture
def story(ledger: Ledger) -> Story:
    return told(ledger)


def _edit(ledger: Ledger, statement: sa.Executable) -> None:
    with ledger.writing() as connection:
        connection.execute(statement)


def _read(ledger: Ledger, plan_id: str) -> None:
    load_plan(ledger, plan_id)
    plan_items(ledger, plan_id)


def test_a_plan_comes_back_as_it_was_saved(ledger: Ledger, story: Story) -> None:
    plan = planned(ledger, story)
    assert load_plan(ledger, plan.plan_id) == plan == latest_plans(ledger, story.store_id)[0]
    saved = items(story).sort_values("item_id", ignore_index=True)
    found = plan_items(ledger, plan.plan_id)
    assert found[saved.columns].astype(object).values.tolist() == saved.astype(object).values.tolist()
    with pytest.raises(UsageError, match="no plan"):
        load_plan(ledger, "PLANUNKNOWN")


def test_a_plan_is_saved_once(ledger: Ledger, story: Story) -> None:
    plan = planned(ledger, story)
    with pytest.raises(LedgerError):
        save_plan(ledger, plan, items(story).iloc[:1])
    assert len(plan_items(ledger, plan.plan_id)) == 2


def test_a_plan_moves_only_from_where_it_stands_and_where_plans_go(ledger: Ledger, story: Story) -> None:
    plan = planned(ledger, story)
    set_plan_state(ledger, plan.plan_id, "PLANNED", "APPROVED")
    with pytest.raises(PurgeRefusedError, match="not PLANNED"):
        set_plan_state(ledger, plan.plan_id, "PLANNED", "APPROVED")
    with pytest.raises(PurgeRefusedError, match="can't become"):
        set_plan_state(ledger, plan.plan_id, "APPROVED", "VERIFIED")
    assert load_plan(ledger, plan.plan_id).state == "APPROVED"


@pytest.mark.parametrize(
    "edit",
    [
        sa.update(plans_table).values(dry_run_only=True),
        sa.update(plans_table).values(requester="anna"),
        sa.update(plans_table).values(root_hash="00" * 32),
        sa.update(plans_table).values(items_sha256="00" * 32),
        sa.update(items_table).values(dossier_hash="00" * 32),
        sa.update(items_table).values(due=None),
        sa.delete(plan_item_controllers),
        sa.delete(items_table),
    ],
    ids=["dry run", "requester", "root", "items hash", "dossier hash", "due", "controllers", "item gone"],
)
def test_a_plan_edited_by_hand_is_refused(file_ledger: Ledger, edit: sa.Executable) -> None:
    plan = planned(file_ledger, told(file_ledger))
    _edit(file_ledger, edit)
    with pytest.raises(LedgerError):
        _read(file_ledger, plan.plan_id)


def test_a_signed_approval_is_kept_and_verified_at_reading(ledger: Ledger, story: Story) -> None:
    plan = approved(ledger, story)
    given = approvals(ledger, plan.plan_id)
    assert {(one.person_id, one.decision) for one in given} == {("anna", "APPROVED"), ("bert", "APPROVED")}


def test_the_same_signature_twice_is_one_approval(ledger: Ledger, story: Story) -> None:
    plan = approved(ledger, story)
    record_approval(ledger, approval(plan, "anna", story.controllers["police"]))
    assert len(approvals(ledger, plan.plan_id)) == 2


def test_an_old_approval_said_again_does_not_undo_a_withdrawal(ledger: Ledger, story: Story) -> None:
    plan = approved(ledger, story)
    first = approval(plan, "anna", story.controllers["police"])
    record_approval(
        ledger, approval(plan, "anna", story.controllers["police"], "WITHDRAWN", at=first.at + timedelta(seconds=9))
    )
    record_approval(ledger, first)
    last = {one.person_id: one.decision for one in standing(approvals(ledger, plan.plan_id))}
    assert last == {"anna": "WITHDRAWN", "bert": "APPROVED"}


def test_at_the_same_moment_the_withdrawal_has_the_last_word(ledger: Ledger, story: Story) -> None:
    plan = approved(ledger, story)
    record_approval(ledger, approval(plan, "anna", story.controllers["police"], "WITHDRAWN"))
    assert "WITHDRAWN" in {one.decision for one in standing(approvals(ledger, plan.plan_id))}


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"person": "requester"}, "asked for the plan"),
        ({"person": "admin"}, "in this role"),
        ({"person": "dpo", "role": "APPROVER"}, "in this role"),
        ({"person": "bert"}, "for this controller"),
        ({"person": "stranger"}, "not of an enrolled person"),
        ({"root_hash": "00" * 32}, "other dossiers"),
        ({"at": datetime(2027, 1, 1, tzinfo=UTC)}, "dated ahead"),
    ],
    ids=["requester", "administrator", "dpo as approver", "other controller", "stranger", "other root", "dated ahead"],
)
def test_an_approval_that_is_not_its_givers_to_give_is_refused(ledger: Ledger, changes: dict[str, object], why: str) -> None:
    story = told(ledger)
    enrolled(ledger, story)
    plan = planned(ledger, story)
    person = str(changes.get("person", "anna"))
    changes = {name: value for name, value in changes.items() if name != "person"}
    with pytest.raises(ApprovalError, match=why):
        record_approval(ledger, approval(plan, person, story.controllers["police"], **changes))
    assert approvals(ledger, plan.plan_id) == []


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(position=st.integers(0, 63), byte=st.integers(1, 255))
def test_no_changed_byte_of_a_signature_is_accepted(file_ledger: Ledger, position: int, byte: int) -> None:
    plan = latest_plans(file_ledger)[0] if latest_plans(file_ledger) else approved(file_ledger, told(file_ledger))
    genuine = approvals(file_ledger, plan.plan_id)[0]
    raw = bytearray.fromhex(genuine.signature)
    raw[position] ^= byte
    with pytest.raises(ApprovalError, match="signature"):
        record_approval(file_ledger, replace(genuine, signature=raw.hex()))


@pytest.mark.parametrize("respell", [str.upper, lambda text: f" {text}", lambda text: f"{text[:2]} {text[2:]}"])
def test_a_signature_has_one_spelling(file_ledger: Ledger, respell: Callable[[str], str]) -> None:
    plan = approved(file_ledger, told(file_ledger))
    genuine = approvals(file_ledger, plan.plan_id)[0]
    with pytest.raises(ApprovalError, match="signature"):
        record_approval(file_ledger, replace(genuine, signature=respell(genuine.signature)))


@pytest.mark.parametrize(
    "changes",
    [
        {"decision": "NO_OBJECTION"},
        {"controller_id": None},
        {"role": "DPO"},
        {"at": AT - timedelta(hours=3)},
        {"plan_id": "other"},
    ],
    ids=["decision", "controller", "role", "moment", "plan"],
)
def test_every_word_of_an_approval_is_under_its_signature(file_ledger: Ledger, changes: dict[str, object]) -> None:
    story = told(file_ledger)
    plan = approved(file_ledger, story)
    other = replace(plan, plan_id="other")
    save_plan(file_ledger, other, items(story))
    forged = replace(approval(plan, "anna", story.controllers["police"]), **changes)
    with pytest.raises(ApprovalError, match="signature"):
        record_approval(file_ledger, forged)


def test_another_persons_signature_does_not_stand_in(ledger: Ledger, story: Story) -> None:
    enrolled(ledger, story)
    plan = planned(ledger, story)
    unsigned = replace(approval(plan, "anna", story.controllers["police"]), signature="")
    with pytest.raises(ApprovalError, match="signature"):
        record_approval(ledger, sign_approval(unsigned, KEYS["bert"]))


@pytest.mark.parametrize(
    "edit",
    [
        sa.update(approvals_table).values(decision="NO_OBJECTION"),
        sa.update(approvals_table).values(person_id="dpo"),
        sa.delete(approvals_table).where(approvals_table.c.person_id == "anna"),
    ],
    ids=["decision", "person", "gone"],
)
def test_approvals_edited_in_the_database_are_noticed_at_reading(ledger: Ledger, story: Story, edit: sa.Executable) -> None:
    plan = approved(ledger, story)
    _edit(ledger, edit)
    with pytest.raises(ApprovalError):
        approvals(ledger, plan.plan_id)


def test_a_row_that_the_ledger_did_not_write_is_no_approval(ledger: Ledger, story: Story) -> None:
    plan = approved(ledger, story)
    smuggled = approval(plan, "dpo", None, "NO_OBJECTION")
    names = SignedApproval.__slots__
    _edit(ledger, sa.insert(approvals_table).values({n: getattr(smuggled, n) for n in names} | {"recorded_at": AT}))
    with pytest.raises(ApprovalError, match="audit chain"):
        approvals(ledger, plan.plan_id)


def test_who_is_revoked_signs_no_more_and_what_was_signed_before_stands(ledger: Ledger, story: Story) -> None:
    plan = approved(ledger, story)
    revoke(ledger, "anna", AT)
    assert len(approvals(ledger, plan.plan_id)) == 2
    with pytest.raises(ApprovalError, match="revoked"):
        record_approval(ledger, approval(plan, "anna", story.controllers["police"], at=AT - timedelta(minutes=30)))


def test_an_enrolment_keeps_its_key_and_can_not_be_edited_in_the_database(ledger: Ledger, story: Story) -> None:
    enrolled(ledger, story)
    anna = next(person for person in people(ledger) if person.person_id == "anna")
    with pytest.raises(ApprovalError, match="another key"):
        enrol(ledger, replace(anna, public_key="11" * 32))
    with pytest.raises(ApprovalError, match="no public key"):
        enrol(ledger, PersonRecord("new", ("DPO",), (), "not hex", AT))
    _edit(ledger, sa.update(people_table).where(people_table.c.person_id == "anna").values(public_key="11" * 32))
    with pytest.raises(LedgerError, match="changed"):
        people(ledger)


def test_a_login_becomes_an_id_that_does_not_show_it(ledger: Ledger) -> None:
    found = person_id_of(ledger, "Anna.Peeters")
    assert found == person_id_of(ledger, "anna.peeters") != person_id_of(ledger, "anna.peters")
    assert "eeters" not in found.casefold()
