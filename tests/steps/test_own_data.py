"""What Discretio keeps itself goes at the end of its term, told in the audit chain, and nothing goes before."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from discretio.errors import ChainBrokenError
from discretio.ledger.approvals import approvals
from discretio.ledger.chain_verification import verify_chain
from discretio.ledger.figures import FrozenReport, freeze_figures
from discretio.ledger.hold_tables import hold_acts, holds
from discretio.ledger.purge_tables import frozen_reports, tombstones
from discretio.ledger.scan_tables import examined, findings
from discretio.steps import erase, replay, scan, verify_purge
from discretio.steps.holds_listed import standing_holds
from discretio.steps.own_data import erase_own_data, own_data_due
from discretio.steps.rights_register import requests
from ledger.ledger_story import REPORT
from steps.conftest import AS_OF, Made
from steps.purgeable_rows import DUE, DUE_ROWS, key
from steps.test_holding import held, released
from steps.test_purge import planned
from steps.test_rights import granted, registered


def later(made: Made, days: int) -> None:
    made.clock.moment += timedelta(days=days)


def ended(made: Made) -> dict[str, int]:
    return {one.kind: one.ended for one in own_data_due(made.place)}


def erased(made: Made) -> dict[str, int]:
    found = {one.kind: one.ended for one in erase_own_data(made.place)}
    verify_chain(made.place.ledger)
    return found


def rows(made: Made, table: sa.Table) -> int:
    with made.place.ledger.reading() as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())


def purged(made: Made) -> str:
    plan_id = planned(made)
    erase.run_purge(made.place, plan_id)
    verify_purge.verify_purge(made.place, plan_id)
    return plan_id


def test_a_dry_run_erases_nothing(made: Made) -> None:
    purged(made)
    later(made, 400)
    assert ended(made)["tombstones"] == DUE + len(DUE_ROWS) == rows(made, tombstones)


def test_every_term_names_its_source(made: Made) -> None:
    assert {one.kind: one.term for one in own_data_due(made.place)} == {
        "findings": "P1Y", "holds": "P1Y", "requests": "P3Y", "tombstones": "P1Y", "reports": "P10Y", "audit_log": "P10Y",
    }  # fmt: skip
    assert all(one.reference for one in own_data_due(made.place))


def test_tombstones_go_after_a_year_and_not_a_day_before(made: Made) -> None:
    purged(made)
    later(made, 365)
    assert erased(made)["tombstones"] == 0
    later(made, 1)
    assert erased(made)["tombstones"] == DUE + len(DUE_ROWS)
    assert rows(made, tombstones) == 0
    assert erased(made)["tombstones"] == 0
    assert replay.plan_replay(made.place, "main", AS_OF, requester="admin").dossiers == 0


def test_what_goes_otherwise_still_breaks_the_chain(made: Made) -> None:
    released(made, held(made, key(2)))
    later(made, 400)
    erased(made)
    held(made, key(3))
    with made.place.ledger.writing() as connection:
        connection.execute(sa.delete(hold_acts))
    with pytest.raises(ChainBrokenError):
        verify_chain(made.place.ledger)


def test_holds_go_a_year_after_their_release_and_standing_ones_stay(made: Made) -> None:
    released(made, held(made, key(2)))
    standing = held(made, key(3))
    later(made, 367)
    assert erased(made)["holds"] == 1
    assert (rows(made, holds), rows(made, hold_acts)) == (1, 1)
    assert [one.hold_id for one in standing_holds(made.place, "main", AS_OF) if one.recorded] == [standing.hold_id]
    assert erased(made)["holds"] == 0


def test_what_was_found_in_a_store_goes_once_nobody_scanned_it_for_a_year(made: Made) -> None:
    run_id = scan.begin_scan(made.place, "main", AS_OF)
    list(scan.scan_in_turn(made.place, run_id))
    assert rows(made, findings)
    later(made, 300)
    scan.begin_scan(made.place, "main", AS_OF)
    later(made, 300)
    assert erased(made)["findings"] == 0
    assert rows(made, findings)
    later(made, 100)
    assert erased(made)["findings"]
    assert (rows(made, findings), rows(made, examined)) == (0, 0)


def test_requests_go_three_years_after_the_answer_and_open_ones_stay(made: Made) -> None:
    granted(made)
    waiting = registered(made)
    later(made, 3 * 366)
    assert erased(made)["requests"] == 1
    assert [one.request_id for one in requests(made.place)] == [waiting.request_id]
    assert erased(made)["requests"] == 0


def test_the_figures_and_the_file_of_a_report_go_together(made: Made) -> None:
    fields = {name: getattr(REPORT, name) for name in FrozenReport.__slots__} | {"issued_at": made.place.now()}
    freeze_figures(made.place.ledger, FrozenReport(**fields))
    folder = made.place.settings.home / "reports"
    folder.mkdir(parents=True)
    old, other = folder / "apd-2026-Q1-REP1.pdf", folder / "apd-2026-Q1-REP2.pdf"
    for file in (old, other):
        file.write_bytes(b"%PDF")
    assert erased(made)["reports"] == 0
    later(made, 3660)
    assert erased(made)["reports"] == 1
    assert (rows(made, frozen_reports), old.exists(), other.exists()) == (0, False, True)


def test_the_log_goes_after_ten_years_and_what_stays_can_still_be_read(made: Made) -> None:
    plan_id = purged(made)
    later(made, 40)
    held(made, key(DUE + 1))
    later(made, 3700)
    assert erased(made)["audit_log"] >= 1
    assert {one.decision for one in approvals(made.place.ledger, plan_id)} == {"APPROVED"}
    assert erased(made)["audit_log"] == 0
