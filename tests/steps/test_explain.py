"""Every due date is explained: which rule, which dates, which source, why it may not be deleted."""

from __future__ import annotations

from datetime import date

import pytest

from discretio.domain.dues import AGREED_TERM_EXPIRED, RETENTION_MAX, DueStatus
from discretio.domain.retention_reasons import Reason
from discretio.errors import UsageError
from discretio.ledger import locator
from discretio.steps import explain
from steps.conftest import AS_OF, Made
from steps.purgeable_rows import DOSSIERS, DUE, key
from steps.test_purge import content, sql


def test_an_agreed_term_that_ended_and_the_cap_that_has_not(made: Made) -> None:
    before = content(made)
    found = {one.due.rule_id: one for one in explain.explain_dossier(made.place, "main", key(0), AS_OF)}
    agreed, cap = found[AGREED_TERM_EXPIRED], found[RETENTION_MAX]
    assert (agreed.due.status, agreed.obstacle) == (DueStatus.OVERDUE, None)
    assert dict(agreed.due.explanation)["term"] == "P1Y"
    assert (cap.obstacle, dict(cap.due.explanation)["term"]) == (Reason.NOT_YET_OVERDUE, "P30Y")
    assert cap.reference is not None
    assert "art. 2" in cap.reference.article
    assert content(made) == before


def test_a_hold_is_named_as_what_stands_in_the_way(made: Made) -> None:
    sql(made, "INSERT INTO holds (hold_key, dossier_key, kind, from_at) VALUES ('H', 'D-x0002x', 'LITIGATION', '2026-11-20')")
    found = {one.due.rule_id: one for one in explain.explain_dossier(made.place, "main", key(2), AS_OF)}
    assert found[AGREED_TERM_EXPIRED].obstacle is Reason.HELD


def test_a_dossier_is_found_by_its_surrogate_too(made: Made) -> None:
    surrogate = locator.surrogates(made.place.ledger, 1, "dossier", [key(1)])[key(1)]
    by_key = explain.explain_dossier(made.place, "main", key(1), AS_OF)
    assert explain.explain_dossier(made.place, "main", surrogate, AS_OF) == by_key


def test_an_unknown_dossier_is_refused_without_repeating_its_key(made: Made) -> None:
    with pytest.raises(UsageError) as refused:
        explain.explain_dossier(made.place, "main", "D-Janssens", AS_OF)
    assert "Janssens" not in str(refused.value)


def test_the_calendar_counts_what_has_ended_and_what_will(made: Made) -> None:
    counts = explain.calendar(made.place, "main", AS_OF)
    assert counts[AGREED_TERM_EXPIRED][0] == DUE
    assert sum(sum(row) for rule, row in counts.items() if rule != "ART8-ERASURE") <= DOSSIERS
    later = explain.calendar(made.place, "main", date(2090, 1, 1))
    assert sum(row[0] for row in later.values()) == sum(map(sum, later.values()))
