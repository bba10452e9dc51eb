"""Machines whose clocks disagree go by one: that of the ledger's server."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from discretio.ledger.connection import Ledger, server_clock

MOMENTS = {"postgresql": "SELECT clock_timestamp() AT TIME ZONE 'UTC'", "mysql": "SELECT UTC_TIMESTAMP(6)"}


def asked(ledger: Ledger) -> datetime:
    with ledger.engine.connect() as connection:
        moment: datetime = connection.execute(sa.text(MOMENTS[ledger.engine.dialect.name])).scalar_one()
    return moment.replace(tzinfo=UTC)


def test_the_time_is_the_servers_and_goes_on_by_a_counter_that_nobody_sets(ledger: Ledger) -> None:
    if ledger.engine.dialect.name not in MOMENTS:
        assert server_clock(ledger) is ledger.clock
        return
    counted = [100.0]
    before = asked(ledger)
    clock = server_clock(ledger, lambda: counted[0])
    begun = clock()
    assert before <= begun <= asked(ledger)
    counted[0] += 3600
    assert clock() == begun + timedelta(hours=1)
