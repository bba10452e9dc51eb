"""Verifying a ledger reads every row again that its chain tells of: none is changed, and none takes another's place, unseen."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from discretio.errors import ChainBrokenError, LedgerError
from discretio.ledger.batches import mark_done, write_intent
from discretio.ledger.certificates import save_certificate
from discretio.ledger.chain_verification import verify_chain
from discretio.ledger.connection import Ledger
from discretio.ledger.figures import freeze_figures
from discretio.ledger.key_rotation import rotate_key
from discretio.ledger.own_data import OWN_DATA
from discretio.ledger.people import people, revoke
from discretio.ledger.plans import latest_plans, plan_items
from discretio.ledger.purge_tables import approvals, certificates, frozen_reports, plans, purge_intents, tombstones
from discretio.ledger.purge_tables import people as people_table
from discretio.ledger.purge_tables import plan_items as items_table
from discretio.ledger.tombstones import forget_dossiers
from ledger.conftest import KEY
from ledger.ledger_story import AT, REPORT, results, running, told

OTHER = "ef" * 32
FORGERIES = {
    "certificate": sa.update(certificates).values(body='{"deleted":7}'),
    "certificate_hash": sa.update(certificates).values(signature=OTHER * 2),
    "approval_gone": sa.delete(approvals).where(approvals.c.person_id == "anna"),
    "approval_by_another": sa.update(approvals).where(approvals.c.person_id == "anna").values(person_id="bert"),
    "plan_asked_by_another": sa.update(plans).values(requester="nobody"),
    "plan_root": sa.update(plans).values(root_hash=OTHER),
    "item_gone": sa.delete(items_table).where(items_table.c.state == "PLANNED"),
    "roles": sa.update(people_table).where(people_table.c.person_id == "anna").values(roles=["APPROVER", "DPO"]),
    "intents": sa.delete(purge_intents),
    "result": sa.update(purge_intents).values(state="DROPPED"),
    "tombstone": sa.update(tombstones).values(lookup=OTHER),
    "tombstone_rule": sa.update(tombstones).values(rule_id="ART2-3-4-OTHER"),
    "report": sa.update(frozen_reports).values(figures_json="{}"),
}


def _purged(ledger: Ledger) -> None:
    plan = running(ledger, told(ledger))
    item = plan_items(ledger, plan.plan_id).item_id[0]
    write_intent(ledger, plan.plan_id, [item], plan.created_at)
    mark_done(ledger, plan.plan_id, results(**{item: "DELETED"}))
    forget_dossiers(ledger, [item])
    save_certificate(ledger, plan.plan_id, {"deleted": 1}, plan.created_at)
    freeze_figures(ledger, REPORT)


def test_what_was_recorded_agrees_with_its_rows_on_every_database(ledger: Ledger) -> None:
    _purged(ledger)
    assert verify_chain(ledger)


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_row_that_was_changed_is_found(file_ledger: Ledger, forgery: str) -> None:
    _purged(file_ledger)
    with file_ledger.writing() as connection:
        assert connection.execute(FORGERIES[forgery]).rowcount
    with pytest.raises(ChainBrokenError):
        verify_chain(file_ledger)


def test_a_tombstone_that_takes_another_s_place_is_found(file_ledger: Ledger) -> None:
    _purged(file_ledger)
    plan = latest_plans(file_ledger)[0]
    second = next(item for item, state in zip(*_states(file_ledger, plan.plan_id), strict=True) if state == "PLANNED")
    write_intent(file_ledger, plan.plan_id, [second], plan.created_at)
    mark_done(file_ledger, plan.plan_id, results(**{second: "DELETED"}))
    forget_dossiers(file_ledger, [second])
    with file_ledger.writing() as connection:
        first, other = connection.execute(sa.select(tombstones).order_by(tombstones.c.tombstone_id)).mappings()
        copied = {name: value for name, value in other.items() if name != "tombstone_id"}
        here = tombstones.c.tombstone_id == first["tombstone_id"]
        connection.execute(sa.update(tombstones).where(here).values(**copied))
    with pytest.raises(ChainBrokenError, match="tombstone"):
        verify_chain(file_ledger)


def test_tombstones_that_went_at_the_end_of_their_term_are_not_missed(file_ledger: Ledger) -> None:
    _purged(file_ledger)
    assert OWN_DATA["tombstones"].erase(file_ledger, file_ledger.now() + timedelta(days=1)) == 1
    assert verify_chain(file_ledger)


def test_tombstones_are_told_again_when_the_key_is_rotated(file_ledger: Ledger) -> None:
    _purged(file_ledger)
    rotated = rotate_key(file_ledger, KEY, bytes(range(32, 64)))
    assert verify_chain(rotated)
    with rotated.writing() as connection:
        connection.execute(FORGERIES["tombstone"])
    with pytest.raises(ChainBrokenError, match="tombstone"):
        verify_chain(rotated)


def test_a_person_whose_earlier_row_is_put_back_stays_revoked(file_ledger: Ledger) -> None:
    running(file_ledger, told(file_ledger))
    here = people_table.c.person_id == "anna"
    with file_ledger.reading() as connection:
        earlier = dict(connection.execute(sa.select(people_table).where(here)).mappings().one())
    revoke(file_ledger, "anna", AT + timedelta(days=1))
    with file_ledger.writing() as connection:
        connection.execute(sa.update(people_table).where(here).values(**earlier))
    with pytest.raises(LedgerError, match="audit chain"):
        people(file_ledger)
    with pytest.raises(ChainBrokenError):
        verify_chain(file_ledger)


def _states(ledger: Ledger, plan_id: str) -> tuple[list[str], list[str]]:
    items = plan_items(ledger, plan_id)
    return list(items.item_id), list(items.state)
