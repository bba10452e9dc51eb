"""Priority is a sum that anybody can do again; what nobody can tell never makes an item less urgent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discretio.domain.outcomes import Outcome
from discretio.domain.triage.ageing import AgeBand, Overdue, age_band, overdue
from discretio.domain.triage.groups import grouped
from discretio.domain.triage.priority import Band, Ground, PriorityTable, Traits, priority
from discretio.domain.triage.standing import Binding, Event, Standing
from discretio.domain.triage.words import Answer, Decision, Status
from discretio.law.periods import Period
from discretio.law.rules import Severity

DAY = date(2026, 11, 21)
TABLE = PriorityTable(
    severity={Severity.CRITICAL: 45, Severity.HIGH: 25, Severity.MEDIUM: 12, Severity.LOW: 5},
    outcome={Outcome.FAIL: 10, Outcome.WARN: 0},
    special_class=20,
    sensitive_category=15,
    minor=15,
    age_days=30,
    age_points=2,
    age_most=12,
    bands={Band.URGENT: 70, Band.HIGH: 55, Band.NORMAL: 30},
)
PLAIN = Traits("low", "WARN", "", minor=False, first_seen=DAY)
TRAITS = st.builds(
    Traits,
    st.sampled_from([word.value for word in Severity]),
    st.sampled_from(["FAIL", "WARN"]),
    st.sampled_from(["", "health", "criminal", *(f"category_{n}" for n in range(1, 17))]),
    st.sampled_from([True, False, None]),
    st.dates(date(2020, 1, 1), DAY),
)


@given(TRAITS)
def test_the_parts_add_up_to_the_points(traits: Traits) -> None:
    found = priority(traits, TABLE, DAY)
    assert found.points == sum(part.points for part in found.parts)
    assert len({part.ground for part in found.parts}) == len(found.parts)


@given(TRAITS, st.integers(0, 3650))
def test_waiting_never_makes_an_item_less_urgent(traits: Traits, days: int) -> None:
    assert priority(traits, TABLE, DAY + timedelta(days=days)).points >= priority(traits, TABLE, DAY).points


@given(TRAITS)
def test_an_age_that_nobody_knows_counts_as_a_minor_s(traits: Traits) -> None:
    assert priority(replace(traits, minor=None), TABLE, DAY).points == priority(replace(traits, minor=True), TABLE, DAY).points


@pytest.mark.parametrize(
    ("traits", "points", "band"),
    [
        (PLAIN, 5, Band.LOW),
        (replace(PLAIN, outcome="FAIL", severity="high"), 35, Band.NORMAL),
        (replace(PLAIN, outcome="FAIL", severity="high", target="category_10"), 50, Band.NORMAL),
        (replace(PLAIN, outcome="FAIL", severity="high", target="category_4"), 35, Band.NORMAL),
        (replace(PLAIN, outcome="FAIL", severity="high", target="health"), 55, Band.HIGH),
        (replace(PLAIN, outcome="FAIL", severity="high", target="health", minor=True), 70, Band.URGENT),
        (replace(PLAIN, first_seen=date(2026, 10, 22)), 7, Band.LOW),
        (replace(PLAIN, first_seen=date(2026, 10, 23)), 5, Band.LOW),
        (replace(PLAIN, first_seen=date(2020, 1, 1)), 17, Band.LOW),
    ],
)
def test_points_by_the_table(traits: Traits, points: int, band: Band) -> None:
    found = priority(traits, TABLE, DAY)
    assert (found.points, found.band) == (points, band)


def test_a_dossier_is_as_urgent_as_its_gravest_item_however_many_light_ones_another_has() -> None:
    light, grave = priority(PLAIN, TABLE, DAY), priority(replace(PLAIN, severity="critical"), TABLE, DAY)
    groups = grouped([*(("large", light, False) for _ in range(100)), ("grave", grave, True)])
    assert [(group.key, group.points, group.overdue) for group in groups] == [("grave", 45, 1), ("large", 5, 0)]
    assert groups[1].by_band[Band.LOW] == 100
    assert Ground.SEVERITY in {part.ground for part in grave.parts}


@pytest.mark.parametrize(
    ("days", "band"),
    [(0, AgeBand.UP_TO_30), (30, AgeBand.UP_TO_30), (31, AgeBand.UP_TO_90), (365, AgeBand.UP_TO_365), (366, AgeBand.LONGER)],
)
def test_age_bands_end_on_their_last_day(days: int, band: AgeBand) -> None:
    assert age_band(DAY - timedelta(days=days), DAY) is band


BOUND = Binding("", "", "")
MONTH = Period(days=30)


@pytest.mark.parametrize(
    ("stands", "late", "on_time"),
    [
        (Standing(Status.OPEN), Overdue.ANSWER, DAY + timedelta(days=30)),
        (Standing(Status.ANSWERED, Event(Answer.RIGHT, DAY, BOUND)), Overdue.DECISION, DAY + timedelta(days=30)),
        (Standing(Status.CONFIRMED, None, Event(Decision.CONFIRM, DAY, BOUND, due=DAY)), Overdue.ACTION, DAY),
    ],
)
def test_what_is_late_is_late_from_the_day_after(stands: Standing, late: Overdue, on_time: date) -> None:
    assert overdue(stands, DAY, on_time, MONTH) is None
    assert overdue(stands, DAY, on_time + timedelta(days=1), MONTH) is late


@pytest.mark.parametrize("status", [Status.DISMISSED, Status.ACCEPTED, Status.RESOLVED])
def test_what_is_settled_is_never_late(status: Status) -> None:
    assert overdue(Standing(status), date(2000, 1, 1), DAY, MONTH) is None
