from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from discretio.errors import LedgerError, PurgeRefusedError
from discretio.ledger import scan_tables
from discretio.ledger.approvals import record_approval
from discretio.ledger.audit_chain import payloads
from discretio.ledger.batches import mark_done, open_intents, write_intent
from discretio.ledger.certificates import certificates, save_certificate
from discretio.ledger.connection import Ledger
from discretio.ledger.locator import natural_keys, surrogates
from discretio.ledger.outcomes import record_outcomes
from discretio.ledger.plans import plan_items, set_plan_state
from discretio.ledger.purge_tables import certificates as certificates_table
from discretio.ledger.tombstones import erased_before, forget_dossiers
from ledger.ledger_story import AT, Story, approval, enrolled, outcomes, partition, planned, recorded, results, running, told


@pytest.fixture
def story(ledger: Ledger) -> Story:
    return told(ledger)


def _states(ledger: Ledger, plan_id: str) -> dict[str, str]:
    return plan_items(ledger, plan_id).set_index("item_id").state.to_dict()


def _audited(ledger: Ledger, kind: str, subject: str) -> int:
    with ledger.reading() as connection:
        return len(payloads(connection, kind, subject))


def test_an_intent_stands_before_the_deletion_and_its_result_after(ledger: Ledger, story: Story) -> None:
    plan = running(ledger, story)
    one, two = sorted(story.dossiers.values())
    assert write_intent(ledger, plan.plan_id, [one, two], AT) == [one, two]
    assert open_intents(ledger, plan.plan_id) == [one, two]
    mark_done(ledger, plan.plan_id, results(**{one: "DELETED", two: "DROPPED"}))
    assert open_intents(ledger, plan.plan_id) == []
    assert _states(ledger, plan.plan_id) == {one: "DELETED", two: "DROPPED"}


def test_saying_an_intent_or_a_result_again_changes_nothing(ledger: Ledger, story: Story) -> None:
    plan = running(ledger, story)
    one, two = sorted(story.dossiers.values())
    for _ in range(2):
        assert write_intent(ledger, plan.plan_id, [one], AT) == [one]
    for _ in range(2):
        mark_done(ledger, plan.plan_id, results(**{one: "DELETED"}))
    assert write_intent(ledger, plan.plan_id, [one, two], AT) == [two]
    assert _audited(ledger, "purge.intended", plan.plan_id) == 2
    assert _audited(ledger, "purge.done", plan.plan_id) == 1


def test_nothing_counts_as_deleted_without_an_intent(ledger: Ledger, story: Story) -> None:
    plan = running(ledger, story)
    one, two = sorted(story.dossiers.values())
    with pytest.raises(PurgeRefusedError, match="contradicts"):
        mark_done(ledger, plan.plan_id, results(**{one: "DELETED"}))
    with pytest.raises(PurgeRefusedError, match="contradicts"):
        mark_done(ledger, plan.plan_id, results(**{one: "INTENT"}))
    mark_done(ledger, plan.plan_id, results(**{two: "DROPPED"}))
    assert _states(ledger, plan.plan_id) == {one: "PLANNED", two: "DROPPED"}


def test_what_was_dropped_is_never_deleted_by_the_same_plan(ledger: Ledger, story: Story) -> None:
    plan = running(ledger, story)
    one = story.dossiers["one"]
    mark_done(ledger, plan.plan_id, results(**{one: "DROPPED"}))
    assert write_intent(ledger, plan.plan_id, [one], AT) == []
    with pytest.raises(PurgeRefusedError, match="contradicts"):
        mark_done(ledger, plan.plan_id, results(**{one: "DELETED"}))


def test_remains_that_a_verification_finds_open_the_intent_again(ledger: Ledger, story: Story) -> None:
    plan = running(ledger, story)
    one = story.dossiers["one"]
    write_intent(ledger, plan.plan_id, [one], AT)
    for state in ("DELETED", "INTENT"):
        mark_done(ledger, plan.plan_id, results(**{one: state}))
    assert open_intents(ledger, plan.plan_id) == [one]


def test_a_dossier_outside_the_plan_is_refused(ledger: Ledger, story: Story) -> None:
    plan = running(ledger, story)
    with pytest.raises(PurgeRefusedError, match="not of this plan"):
        write_intent(ledger, plan.plan_id, [*story.dossiers.values(), "DOUTSIDE"], AT)
    assert open_intents(ledger, plan.plan_id) == []


def test_a_withdrawal_stops_the_next_intent(ledger: Ledger, story: Story) -> None:
    plan = running(ledger, story)
    one, two = sorted(story.dossiers.values())
    write_intent(ledger, plan.plan_id, [one], AT)
    said = approval(plan, "anna", story.controllers["police"], "WITHDRAWN")
    record_approval(ledger, said)
    with pytest.raises(PurgeRefusedError, match="withdrawn"):
        write_intent(ledger, plan.plan_id, [two], AT)
    assert open_intents(ledger, plan.plan_id) == [one]


def test_a_plan_that_is_not_running_or_only_dry_runs_has_no_intent(ledger: Ledger, story: Story) -> None:
    enrolled(ledger, story)
    for dry_run_only in (False, True):
        plan = planned(ledger, story, dry_run_only=dry_run_only)
        for person, controller in (("anna", "police"), ("bert", "welfare")):
            record_approval(ledger, approval(plan, person, story.controllers[controller]))
        if dry_run_only:
            set_plan_state(ledger, plan.plan_id, "PLANNED", "APPROVED")
            set_plan_state(ledger, plan.plan_id, "APPROVED", "RUNNING")
        with pytest.raises(PurgeRefusedError, match="dry-run" if dry_run_only else "not RUNNING"):
            write_intent(ledger, plan.plan_id, story.dossiers.values(), AT)


def test_one_person_alone_deletes_nothing_even_if_the_state_says_running(ledger: Ledger, story: Story) -> None:
    enrolled(ledger, story)
    plan = planned(ledger, story)
    record_approval(ledger, approval(plan, "anna", story.controllers["police"]))
    set_plan_state(ledger, plan.plan_id, "PLANNED", "APPROVED")
    set_plan_state(ledger, plan.plan_id, "APPROVED", "RUNNING")
    with pytest.raises(PurgeRefusedError, match="two persons"):
        write_intent(ledger, plan.plan_id, story.dossiers.values(), AT)


def test_a_withdrawal_and_an_intent_at_once_leave_one_order_and_no_third(ledger: Ledger, story: Story) -> None:
    plan = running(ledger, story)
    one, two = sorted(story.dossiers.values())
    said = approval(plan, "anna", story.controllers["police"], "WITHDRAWN", at=AT - timedelta(minutes=59))
    refused: list[bool] = []

    def purge() -> None:
        for item in (one, two):
            try:
                write_intent(ledger, plan.plan_id, [item], AT)
                refused.append(False)
            except PurgeRefusedError:
                refused.append(True)

    threads = [threading.Thread(target=purge), threading.Thread(target=record_approval, args=(ledger, said))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == sorted(refused)
    assert len(open_intents(ledger, plan.plan_id)) == refused.count(False)
    with pytest.raises(PurgeRefusedError):
        write_intent(ledger, plan.plan_id, [one], AT)


def _erased(ledger: Ledger, story: Story) -> str:
    plan = running(ledger, story)
    one = story.dossiers["one"]
    write_intent(ledger, plan.plan_id, [one], AT)
    mark_done(ledger, plan.plan_id, results(**{one: "DELETED"}))
    return plan.plan_id


def test_of_an_erased_dossier_a_tombstone_stays_and_nothing_else(ledger: Ledger, story: Story) -> None:
    plan_id = _erased(ledger, story)
    one, e1 = story.dossiers["one"], story.entries["e1"]
    assert forget_dossiers(ledger, [one]) == 1
    assert natural_keys(ledger, [one, e1]) == {}
    stone = erased_before(ledger, story.store_id, "dossier", ["one", "two"])
    assert set(stone) == {"one"}
    assert (stone["one"].plan_id, stone["one"].counts) == (plan_id, {"units": 1, "findings": 2})
    with ledger.reading() as connection:
        for table in (scan_tables.findings, scan_tables.examined, scan_tables.outcomes, scan_tables.dues):
            assert connection.execute(sa.select(table).where(table.c.dossier_id == one)).all() == []


def test_forgetting_leaves_the_other_dossiers_and_the_controllers(ledger: Ledger, story: Story) -> None:
    _erased(ledger, story)
    kept = [story.dossiers["two"], story.entries["e2"], *story.controllers.values()]
    forget_dossiers(ledger, [story.dossiers["one"]])
    assert set(natural_keys(ledger, kept)) == set(kept)


def test_forgetting_twice_equals_once(ledger: Ledger, story: Story) -> None:
    _erased(ledger, story)
    assert [forget_dossiers(ledger, [story.dossiers["one"]]) for _ in range(2)] == [1, 0]


def test_a_dossier_that_no_plan_deleted_is_not_forgotten(ledger: Ledger, story: Story) -> None:
    _erased(ledger, story)
    with pytest.raises(PurgeRefusedError, match="no plan deleted"):
        forget_dossiers(ledger, list(story.dossiers.values()))
    assert len(natural_keys(ledger, list(story.dossiers.values()))) == 2


def test_a_restored_backup_is_recognised_although_its_dossiers_are_new_to_the_ledger(ledger: Ledger, story: Story) -> None:
    _erased(ledger, story)
    forget_dossiers(ledger, [story.dossiers["one"]])
    assert surrogates(ledger, story.store_id, "dossier", ["one"])["one"] != story.dossiers["one"]
    assert set(erased_before(ledger, story.store_id, "dossier", ["one", "two"])) == {"one"}
    assert erased_before(ledger, story.store_id, "art8_row", ["one"]) == {}


def test_a_scan_after_the_forgetting_does_not_bring_it_back(ledger: Ledger, story: Story) -> None:
    _erased(ledger, story)
    forget_dossiers(ledger, [story.dossiers["one"]])
    findings, examined = partition(story)
    recorded(ledger, story, findings.iloc[:0], examined.iloc[1:])
    record_outcomes(ledger, story.run_id, story.store_id, outcomes(story).iloc[:0])
    assert natural_keys(ledger, [story.entries["e1"]]) == {}


@pytest.mark.parametrize(
    "change", [{"body": '{"deleted":2,"rule":"ART2-3-4-RETENTION-MAX"}'}, {"issued_at": AT - timedelta(days=1)}]
)
def test_a_certificate_is_signed_kept_once_and_noticed_when_changed(
    change: dict[str, object], ledger: Ledger, story: Story
) -> None:
    plan_id = _erased(ledger, story)
    body = {"deleted": 1, "rule": "ART2-3-4-RETENTION-MAX"}
    first = save_certificate(ledger, plan_id, body, AT)
    assert save_certificate(ledger, plan_id, body, AT) == first
    assert certificates(ledger, plan_id) == [first]
    with ledger.writing() as connection:
        connection.execute(sa.update(certificates_table).values(**change))
    with pytest.raises(LedgerError, match="certificate was changed"):
        certificates(ledger, plan_id)


def test_a_certificate_of_before_its_moment_was_signed_still_verifies(ledger: Ledger, story: Story) -> None:
    plan_id = _erased(ledger, story)
    made = save_certificate(ledger, plan_id, {"deleted": 1}, AT)
    signature = ledger.keys.checkpoint.sign(b"discretio certificate\n" + made.body.encode()).hex()
    with ledger.writing() as connection:
        connection.execute(sa.update(certificates_table).values(signature=signature))
    assert certificates(ledger, plan_id) == [replace(made, signature=signature)]
