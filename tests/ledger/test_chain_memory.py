"""What is kept of the ledger is kept exactly as long as nobody else records anything there."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest

from discretio.errors import PurgeRefusedError
from discretio.ledger.audit_chain import append
from discretio.ledger.chain_memory import ChainMemory
from discretio.ledger.connection import Ledger

MINE = ("PLAN", ("purge.intended", "purge.done"))


def recorded(ledger: Ledger, kind: str, subject: str) -> None:
    with ledger.writing() as connection:
        append(ledger, connection, kind, {}, subject=subject)


def read(memory: ChainMemory, ledger: Ledger, readings: Iterator[int]) -> int:
    with ledger.reading() as connection:
        memory.look(connection)
    return memory.kept("anything", lambda: next(readings))


def test_own_records_change_nothing_and_any_other_has_everything_read_again(ledger: Ledger) -> None:
    memory, readings = ChainMemory(*MINE), count()
    recorded(ledger, "person.revoked", "SOMEBODY")
    assert read(memory, ledger, readings) == 0
    for kind in MINE[1]:
        recorded(ledger, kind, "PLAN")
    assert read(memory, ledger, readings) == 0
    recorded(ledger, "approval.recorded", "PLAN")
    recorded(ledger, "purge.done", "PLAN")
    assert read(memory, ledger, readings) == 1
    assert read(memory, ledger, readings) == 1


@pytest.mark.parametrize(("kind", "subject"), [("purge.done", "OTHER"), ("purge.begun", "PLAN"), ("hold.recorded", "D")])
def test_a_record_of_another_kind_or_about_another_subject_is_anothers(ledger: Ledger, kind: str, subject: str) -> None:
    memory, readings = ChainMemory(*MINE), count()
    read(memory, ledger, readings)
    recorded(ledger, kind, subject)
    assert read(memory, ledger, readings) == 1


def test_what_is_recorded_while_it_is_read_has_it_read_again(ledger: Ledger) -> None:
    memory, readings = ChainMemory(*MINE), count()

    def overtaken() -> int:
        recorded(ledger, "hold.recorded", "D")
        return next(readings)

    with ledger.reading() as connection:
        memory.look(connection)
    assert memory.kept("anything", overtaken) == 0
    assert read(memory, ledger, readings) == 1


def test_a_record_that_was_undone_hides_no_other_of_its_number(ledger: Ledger) -> None:
    memory, readings = ChainMemory(*MINE), count()
    read(memory, ledger, readings)

    def intend_in_vain() -> None:
        with ledger.writing() as connection:
            append(ledger, connection, "purge.intended", {}, subject="PLAN")
            memory.look(connection)
            raise PurgeRefusedError("the approvals of the plan don't suffice any more")

    with pytest.raises(PurgeRefusedError):
        intend_in_vain()
    recorded(ledger, "hold.recorded", "D")
    assert read(memory, ledger, readings) == 1
