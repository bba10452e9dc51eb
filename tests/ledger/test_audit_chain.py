from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from discretio.errors import ChainBrokenError, LedgerError, UsageError
from discretio.ledger.audit_chain import append, head
from discretio.ledger.batches import mark_done, write_intent
from discretio.ledger.certificates import save_certificate
from discretio.ledger.chain_tables import chain_head, chain_records, chain_segments
from discretio.ledger.chain_verification import erase_segment, verify_chain
from discretio.ledger.connection import Ledger
from discretio.ledger.figures import freeze_figures
from discretio.ledger.plans import latest_plans, plan_items
from discretio.ledger.purge_tables import approvals, certificates, frozen_reports, tombstones
from discretio.ledger.runs import start_run
from discretio.ledger.scan_tables import identity, runs
from discretio.ledger.tombstones import forget_dossiers
from ledger.conftest import SteppingClock
from ledger.ledger_story import REPORT, START, results, running, told

TEXT_COLUMNS = [
    column for table in (chain_records, chain_segments, chain_head) for column in table.c if isinstance(column.type, sa.String)
]
NUMBER_COLUMNS = [
    column
    for table in (chain_records, chain_segments, chain_head)
    for column in table.c
    if not isinstance(column.type, sa.String)
]


def _long_story(ledger: Ledger, clock: SteppingClock) -> None:
    """A chain of three months, and so of two closed segments."""
    running(ledger, told(ledger))
    for month in (4, 5):
        clock.moment = datetime(2026, month, 2, tzinfo=UTC)
        for _ in range(3):
            start_run(ledger, START)


@pytest.fixture
def storied(file_ledger: Ledger, clock: SteppingClock) -> Ledger:
    _long_story(file_ledger, clock)
    return file_ledger


def _edit(ledger: Ledger, *statements: sa.Executable) -> None:
    with ledger.writing() as connection:
        for statement in statements:
            connection.execute(statement)


def test_every_change_is_in_the_chain_and_the_chain_verifies(ledger: Ledger, clock: SteppingClock) -> None:
    _long_story(ledger, clock)
    report = verify_chain(ledger)
    with ledger.reading() as connection:
        kinds = set(connection.execute(sa.select(chain_records.c.kind)).scalars())
    assert (report.segments, report.erased_segments, report.records) == (3, 0, report.head.last_sequence)
    assert kinds >= {"ledger.founded", "store.registered", "locator.extended", "run.started", "findings.recorded"}
    assert kinds >= {"outcomes.recorded", "dues.recorded", "plan.saved", "person.enrolled", "approval.recorded", "plan.moved"}


def test_a_change_whose_audit_fails_does_not_happen(storied: Ledger) -> None:
    _edit(storied, sa.delete(chain_head))
    with storied.reading() as connection:
        before = connection.execute(sa.select(sa.func.count()).select_from(runs)).scalar_one()
    with pytest.raises(LedgerError):
        start_run(storied, START)
    with storied.reading() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(runs)).scalar_one() == before


def _append_and_fail(ledger: Ledger) -> None:
    with ledger.writing() as connection:
        append(ledger, connection, "run.started", {})
        connection.execute(sa.text("SELECT no_such_column FROM runs"))


def test_a_change_that_fails_leaves_no_trace_in_the_chain(storied: Ledger) -> None:
    before = head(storied)
    with pytest.raises(LedgerError):
        _append_and_fail(storied)
    assert head(storied) == before


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_any_changed_character_is_found(storied: Ledger, data: st.DataObject) -> None:
    column = data.draw(st.sampled_from(TEXT_COLUMNS), label="column")
    key = next(iter(column.table.primary_key))
    with storied.reading() as connection:
        rows = connection.execute(sa.select(key, column).order_by(key)).all()
    number, value = data.draw(st.sampled_from(rows), label="row")
    place = data.draw(st.integers(0, len(value)), label="place")
    old = value[place : place + 1]
    new = data.draw(st.sampled_from("09afAF{} é").filter(lambda letter: letter != old), label="letter")
    changed = value[:place] + new + value[place + 1 :]
    _edit(storied, sa.update(column.table).where(key == number).values({column: changed}))
    try:
        with pytest.raises(ChainBrokenError):
            verify_chain(storied)
    finally:
        _edit(storied, sa.update(column.table).where(key == number).values({column: value}))
    assert verify_chain(storied)


@pytest.mark.parametrize("column", NUMBER_COLUMNS, ids=str)
def test_any_changed_number_is_found(storied: Ledger, column: sa.Column[int]) -> None:
    if column.name == "head_id":
        _edit(storied, sa.update(column.table).values({column: 7}))
        with pytest.raises(LedgerError):
            start_run(storied, START)
        return
    key = next(iter(column.table.primary_key))
    with storied.reading() as connection:
        last = connection.execute(sa.select(sa.func.max(key))).scalar_one()
    _edit(storied, sa.update(column.table).where(key == last).values({column: column + 1}))
    with pytest.raises(ChainBrokenError):
        verify_chain(storied)


@pytest.mark.parametrize("seed", range(12))
def test_removed_records_are_found_wherever_they_were(storied: Ledger, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a test's choice
    last = head(storied).last_sequence
    first, count = chance.randint(1, last), chance.randint(1, 3)
    _edit(storied, sa.delete(chain_records).where(chain_records.c.sequence.between(first, first + count - 1)))
    with pytest.raises(ChainBrokenError, match="record"):
        verify_chain(storied)


def test_reordered_records_are_found(storied: Ledger) -> None:
    sequence = chain_records.c.sequence
    moves = ((5, 9_005), (6, 5), (9_005, 6))
    _edit(storied, *(sa.update(chain_records).where(sequence == old).values(sequence=new) for old, new in moves))
    with pytest.raises(ChainBrokenError, match=r"record 5|changed|follow"):
        verify_chain(storied)


@pytest.mark.parametrize("segment", [2, 3, 4, 99])
def test_an_inserted_record_is_found(storied: Ledger, segment: int) -> None:
    with storied.reading() as connection:
        row = dict(
            connection.execute(sa.select(chain_records).order_by(chain_records.c.sequence.desc())).mappings().first() or {}
        )
    row |= {"sequence": row["sequence"] + 1, "segment": segment, "previous_hash": row["record_hash"]}
    _edit(storied, sa.insert(chain_records).values(row))
    with pytest.raises(ChainBrokenError):
        verify_chain(storied)


def test_a_tail_cut_off_is_found_even_if_the_old_head_is_rebuilt_without_the_key(storied: Ledger) -> None:
    sequence = chain_records.c.sequence
    last = head(storied).last_sequence
    with storied.reading() as connection:
        new_last = connection.execute(sa.select(chain_records).where(sequence == last - 1)).mappings().one()
    rebuilt = {"last_sequence": new_last["sequence"], "last_hash": new_last["record_hash"]}
    _edit(storied, sa.delete(chain_records).where(sequence == last), sa.update(chain_head).values(rebuilt))
    with pytest.raises(ChainBrokenError, match="signature"):
        verify_chain(storied)


def test_a_ledger_put_back_whole_is_found_by_a_witness_alone(storied: Ledger) -> None:
    with storied.reading() as connection:
        old_head = dict(connection.execute(sa.select(chain_head)).mappings().one())
    start_run(storied, START)
    witness = head(storied)
    assert verify_chain(storied, witness=witness)
    _edit(
        storied,
        sa.delete(chain_records).where(chain_records.c.sequence > old_head["last_sequence"]),
        sa.update(chain_head).values(old_head),
    )
    assert verify_chain(storied)
    with pytest.raises(ChainBrokenError, match="witness"):
        verify_chain(storied, witness=witness)
    with pytest.raises(ChainBrokenError, match="signature"):
        verify_chain(storied, witness=replace(witness, last_sequence=1))


def test_a_whole_chain_rewritten_under_another_key_is_found(storied: Ledger) -> None:
    _edit(storied, sa.update(identity).values(checkpoint_public_key="00" * 32))
    with pytest.raises(ChainBrokenError, match="public key"):
        verify_chain(storied)


def test_a_closed_segment_is_erased_after_its_term_and_the_rest_still_proves_itself(storied: Ledger) -> None:
    erase_segment(storied, 1)
    report = verify_chain(storied)
    assert (report.segments, report.erased_segments) == (3, 1)
    start_run(storied, START)
    assert verify_chain(storied).erased_segments == 1
    with pytest.raises(UsageError, match="closed segment"):
        erase_segment(storied, 3)


def test_a_segment_erased_behind_the_chains_back_is_found(storied: Ledger) -> None:
    _edit(storied, sa.delete(chain_records).where(chain_records.c.segment == 1))
    with pytest.raises(ChainBrokenError, match="no later record"):
        verify_chain(storied)


@pytest.mark.parametrize("table", [approvals, certificates, frozen_reports, tombstones], ids=str)
def test_a_row_that_the_chain_tells_of_is_missed(storied: Ledger, table: sa.Table) -> None:
    plan = latest_plans(storied)[0]
    item = plan_items(storied, plan.plan_id).item_id[0]
    write_intent(storied, plan.plan_id, [item], plan.created_at)
    mark_done(storied, plan.plan_id, results(**{item: "DELETED"}))
    forget_dossiers(storied, [item])
    save_certificate(storied, plan.plan_id, {"deleted": 1}, plan.created_at)
    freeze_figures(storied, REPORT)
    assert verify_chain(storied)
    _edit(storied, sa.delete(table))
    with pytest.raises(ChainBrokenError, match=table.name):
        verify_chain(storied)


def test_a_clock_set_back_does_not_break_the_chain(storied: Ledger, clock: SteppingClock) -> None:
    clock.moment = datetime(2025, 1, 1, tzinfo=UTC)
    start_run(storied, START)
    assert verify_chain(storied).segments == 3


def test_writers_at_once_make_one_chain(ledger: Ledger) -> None:
    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(lambda _: start_run(ledger, START), range(30)))
    assert len(set(made)) == 30
    assert verify_chain(ledger).records == 31


def test_an_outsider_verifies_the_head_with_the_public_key_alone(storied: Ledger) -> None:
    report = verify_chain(storied)
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(report.public_key))
    message = replace(report.head, signature="").message(storied.ledger_id)
    key.verify(bytes.fromhex(report.head.signature), message)
