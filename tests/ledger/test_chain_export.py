"""What a witness kept outside shows later whether the chain was put back, rewritten or cut."""

from __future__ import annotations

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from discretio.errors import ChainBrokenError, VerificationError
from discretio.ledger.chain_export import export_chain, read_export, verify_against
from discretio.ledger.chain_tables import chain_head, chain_records, chain_segments
from discretio.ledger.chain_verification import erase_segment
from discretio.ledger.connection import Ledger
from discretio.ledger.opening import open_ledger
from discretio.ledger.runs import start_run
from ledger.conftest import KEY, SteppingClock
from ledger.databases import sqlite_in
from ledger.ledger_story import START


@pytest.fixture
def ledger_of_three_months(file_ledger: Ledger, clock: SteppingClock) -> Ledger:
    for month in (4, 5):
        clock.moment = datetime(2026, month, 2, tzinfo=ZoneInfo("UTC"))
        for _ in range(3):
            start_run(file_ledger, START)
    return file_ledger


def test_a_chain_that_went_on_still_holds_what_the_witness_kept(ledger_of_three_months: Ledger) -> None:
    kept = read_export(export_chain(ledger_of_three_months))
    assert len(kept.closed) == 2
    start_run(ledger_of_three_months, START)
    assert verify_against(ledger_of_three_months, kept).records > kept.head.last_sequence


def test_old_segments_are_erased_and_the_witness_still_agrees(ledger_of_three_months: Ledger) -> None:
    kept = read_export(export_chain(ledger_of_three_months))
    erase_segment(ledger_of_three_months, 1)
    erase_segment(ledger_of_three_months, 2)
    assert verify_against(ledger_of_three_months, kept).erased_segments == 2


def test_a_ledger_that_was_put_back_is_found(ledger_of_three_months: Ledger) -> None:
    ledger = ledger_of_three_months
    tables = (chain_head, chain_records, chain_segments)
    with ledger.reading() as connection:
        earlier = {table: [dict(row) for row in connection.execute(sa.select(table)).mappings()] for table in tables}
    start_run(ledger, START)
    kept = read_export(export_chain(ledger))
    with ledger.writing() as connection:
        for table, rows in earlier.items():
            connection.execute(sa.delete(table))
            connection.execute(sa.insert(table), rows)
    with pytest.raises(ChainBrokenError, match="witness"):
        verify_against(ledger, kept)


def test_the_export_of_another_ledger_says_nothing_of_this_one(
    ledger_of_three_months: Ledger, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = open_ledger(sqlite_in(tmp_path_factory.mktemp("other")), KEY)
    with pytest.raises(ChainBrokenError, match="another ledger"):
        verify_against(ledger_of_three_months, read_export(export_chain(other)))
    other.close()


def test_a_chain_that_is_broken_is_not_exported(ledger_of_three_months: Ledger) -> None:
    with ledger_of_three_months.writing() as connection:
        connection.execute(sa.update(chain_records).where(chain_records.c.sequence == 2).values(payload="{}"))
    with pytest.raises(ChainBrokenError):
        export_chain(ledger_of_three_months)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_any_changed_byte_of_an_export_is_found(ledger_of_three_months: Ledger, data: st.DataObject) -> None:
    content = bytearray(export_chain(ledger_of_three_months).rstrip())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises((VerificationError, ChainBrokenError)):
        verify_against(ledger_of_three_months, read_export(bytes(content)))


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b'{"format": "discretio audit chain 1"}', b"\xff\xfe", b'"words"'])
def test_what_is_no_export_is_called_so(content: bytes) -> None:
    with pytest.raises(VerificationError, match="no export") as refused:
        read_export(content)
    assert refused.value.exit_code == 3


def test_an_export_holds_hashes_and_numbers_alone(ledger_of_three_months: Ledger) -> None:
    fields = json.loads(export_chain(ledger_of_three_months))
    assert set(fields) == {"format", "ledger_id", "public_key", "closed", "head"}
