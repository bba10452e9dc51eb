"""Whoever holds all reports about a controller can't subtract them: no closed count, and no band, gets narrower than k."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from discretio.domain.figures import Figures, Form, Margins, PolicyStamp, Section, Table
from discretio.domain.linked_reports import guarded
from discretio.domain.suppression import TOTAL, SuppressedTable, codes_of, publish, values_of
from discretio.ledger.figures import FrozenReport, freeze_figures
from discretio.steps.linked_bounds import width
from discretio.steps.report_history import beside_earlier
from steps.conftest import Made

K, K_SPECIAL = 5, 10
QUARTERS = tuple(f"2026-Q{number}" for number in (1, 2, 3, 4))


def report(table: Table, period: str) -> Figures:
    stamp = PolicyStamp("P", "1", "0" * 64, "LAW")
    return Figures("R", "apd", "all", period, date(2026, 12, 31), stamp, ("fr",), (Section("3", (table,)),), K, K_SPECIAL)


def issued(tables: Sequence[tuple[str, Table]]) -> list[Figures]:
    """One report after another, each beside those before it."""
    reports: list[Figures] = []
    for period, table in tables:
        reports.append(guarded(report(table, period), reports, width))
    return reports


def shown(one: Figures) -> SuppressedTable:
    return publish(one)[0].tables[0]


def counts(*lines: tuple[int, ...], margins: Margins = Margins.ROWS, sensitive: frozenset[str] = frozenset()) -> Table:
    rows, columns = tuple(f"r{n}" for n in range(len(lines))), tuple(f"c{n}" for n in range(len(lines[0])))
    return Table("t", rows, columns, lines, sensitive, margins=margins)


def purges(number: int) -> Table:
    return Table("purges", ("EXECUTED",), ("N",), ((number,),), form=Form.BANDS)


def test_a_number_that_the_last_report_closed_is_not_opened_by_the_next() -> None:
    before, now = issued([("2026-Q1", counts((3, 12))), ("2026-Q2", counts((8, 12)))])
    assert shown(before).cells == (("<5", "c", 15),)
    assert shown(now).cells == (("c", "c", 20),)


def test_a_number_that_the_last_report_showed_hides_nothing_in_the_next() -> None:
    before, now = issued([("2026-Q1", counts((6, 12))), ("2026-Q2", counts((3, 12)))])
    assert shown(before).cells == ((6, 12, 18),)
    assert shown(now).cells[0][0] == "<5"
    assert shown(now).cells[0][2] == "c"


def test_reports_that_tell_the_same_close_the_same() -> None:
    table = counts((3, 12, 40), (0, 9, 7), margins=Margins.BOTH)
    first, again = issued([("2026-Q1", table), ("2026-Q1", table)])
    assert shown(first) == shown(again)
    assert again.closed == ()


def test_where_everything_changed_nothing_more_is_closed() -> None:
    _, now = issued([("2026-Q1", counts((3, 12))), ("2026-Q2", counts((8, 13)))])
    assert shown(now).cells == ((8, 13, 21),)


def test_the_bands_of_four_quarters_are_not_narrowed_by_that_of_the_year() -> None:
    """0-4 four times and 15-19 would say that each is at least 3."""
    told = issued([(quarter, purges(4)) for quarter in QUARTERS] + [("2026", purges(16))])
    assert [shown(one).cells[0][0] for one in told] == ["0-4"] * 4 + ["c"]


def test_a_year_whose_quarters_leave_it_room_is_told() -> None:
    told = issued([*zip(QUARTERS, map(purges, (2, 7, 1, 3)), strict=True), ("2026", purges(13))])
    assert [shown(one).cells[0][0] for one in told] == ["0-4", "5-9", "0-4", "0-4", "10-14"]


def test_frozen_figures_remember_what_was_closed_for_others() -> None:
    now = issued([("2026-Q1", counts((3, 12))), ("2026-Q2", counts((8, 12)))])[-1]
    assert ("t", "r0", "c1") in now.closed
    assert Figures.from_json(now.to_json()) == now


def test_what_earlier_reports_gave_away_between_them_is_left() -> None:
    """Reports of a version that did not look at earlier ones: nothing that a new one closes takes it back."""
    careless = [report(counts((3, 12)), "2026-Q1"), report(counts((8, 12)), "2026-Q2")]
    now = guarded(report(counts((9, 30)), "2026-Q3"), careless, width)
    assert shown(now).cells == ((9, 30, 39),)


def test_a_report_stands_beside_all_that_the_ledger_issued_about_the_same(made: Made) -> None:
    issue(made, "R1", "all", counts((3, 12)))
    issue(made, "R2", "c-1", counts((8, 31)))
    assert shown(beside_earlier(made.place.ledger, report(counts((8, 12)), "2026-Q2"))).cells == (("c", "c", 20),)
    assert shown(beside_earlier(made.place.ledger, report(counts((9, 31)), "2026-Q2"))).cells == ((9, 31, 40),)


def test_the_controllers_without_a_report_are_not_told_by_those_that_have_one(made: Made) -> None:
    """All of them have 8 and 40, one of them 6 and 31: the others would have 2 and 9."""
    issue(made, "R1", "c-1", counts((6, 31)))
    assert shown(beside_earlier(made.place.ledger, report(counts((8, 40)), "2026-Q1"))).cells == (("c", "c", 48),)
    issue(made, "R2", "all", counts((8, 40)))
    second = replace(report(counts((0, 7)), "2026-Q1"), controller="c-2")
    assert shown(beside_earlier(made.place.ledger, second)).cells[0][1] == "c"


def issue(made: Made, report_id: str, controller: str, table: Table) -> None:
    told = beside_earlier(made.place.ledger, replace(report(table, "2026-Q1"), controller=controller)).to_json()
    sha256 = hashlib.sha256(told.encode()).hexdigest()
    frozen = FrozenReport(report_id, "apd", controller, "2026-Q1", told, sha256, "P", "1", "0" * 64, made.clock())
    freeze_figures(made.place.ledger, frozen)


COUNTS = st.integers(0, 9)


@st.composite
def histories(draw: st.DrawFn) -> list[Table]:
    """A table in consecutive reports, of whose counts some change each time."""
    rows, columns = draw(st.integers(1, 2)), draw(st.integers(1, 3))
    margins, sensitive = draw(st.sampled_from(Margins)), draw(st.frozensets(st.sampled_from(["r0", "r1"])))
    lines = [[draw(COUNTS) for _ in range(columns)] for _ in range(rows)]
    tables = []
    for _ in range(draw(st.integers(2, 3))):
        tables.append(counts(*map(tuple, lines), margins=margins, sensitive=sensitive))
        row, column = draw(st.integers(0, rows - 1)), draw(st.integers(0, columns - 1))
        lines[row][column] = draw(COUNTS)
    return tables


@given(histories())
@settings(max_examples=5, deadline=None)
def test_no_sequence_of_reports_gives_a_closed_count_away(tables: list[Table]) -> None:
    told = [shown(one) for one in issued([("2026", table) for table in tables])]
    attack = Attack(tables, told)
    for number, place in attack.unknown:
        table = tables[number]
        sensitive = place[0] < len(table.rows) and table.rows[place[0]] in table.sensitive_rows
        if not attack.was_public(number, place):
            low, high = attack.bounds((number, place), reading=False)
            assert high - low >= (K_SPECIAL if sensitive else K)
            low, high = attack.bounds((number, place), reading=True)
            assert high - low >= 1


Cell = tuple[int, tuple[int, int]]


class Attack:
    """An unknown for every closed cell of every report, and equations: another way than the one under test."""

    def __init__(self, tables: list[Table], told: list[SuppressedTable]) -> None:
        self.tables, self.told = tables, told
        self.values = [values_of(table) for table in tables]
        self.unknown = [
            (number, place) for number, values in enumerate(self.values) for place in values if self.mark(number, place)
        ]

    def mark(self, number: int, place: tuple[int, int]) -> str:
        cell = self.told[number].cells[place[0]][place[1]]
        return cell if isinstance(cell, str) else ""

    def was_public(self, number: int, place: tuple[int, int]) -> bool:
        """Whether a report before showed that very count: then it is no secret of this one."""
        value = self.values[number][place]
        return any(not self.mark(before, place) and self.values[before][place] == value for before in range(number))

    def bounds(self, aim: Cell, *, reading: bool) -> tuple[float, float]:
        marks = {"<5": (1, 4), "<10": (1, 9)} if reading else {}
        rooms = [marks.get(self.mark(*cell), (0, 10_000)) for cell in self.unknown]
        system = self.equations()
        goal = [float(cell == aim) for cell in self.unknown]
        low = linprog(goal, bounds=rooms, **system).fun
        high = -linprog([-number for number in goal], bounds=rooms, **system).fun
        return round(low, 6), round(high, 6)

    def equations(self) -> dict[str, list[list[int]] | list[int]]:
        signs, right = [], []
        for parts in [*self.totals(), *self.unchanged()]:
            signs.append([parts.get(cell, 0) for cell in self.unknown])
            right.append(-sum(s * self.values[n][place] for (n, place), s in parts.items() if not self.mark(n, place)))
        return {"A_eq": signs, "b_eq": right} if signs else {}

    def totals(self) -> list[dict[Cell, int]]:
        found = []
        for number, values in enumerate(self.values):
            for place in values:
                for axis in (0, 1):
                    if codes_of(self.tables[number], place)[1 - axis] == TOTAL:
                        line = [other for other in values if other[axis] == place[axis]]
                        found.append({(number, other): -1 if other == place else 1 for other in line})
        return found

    def unchanged(self) -> list[dict[Cell, int]]:
        pairs = product(range(len(self.values)), repeat=2)
        return [
            {(one, place): 1, (other, place): -1}
            for one, other in pairs if one < other
            for place, value in self.values[one].items() if self.values[other][place] == value
        ]  # fmt: skip


@given(st.lists(st.integers(0, 12), min_size=4, max_size=4), st.permutations([*QUARTERS, "2026"]))
@settings(max_examples=12, deadline=None)
def test_no_order_of_quarters_and_year_narrows_a_band(numbers: list[int], order: list[str]) -> None:
    of = {**dict(zip(QUARTERS, numbers, strict=True)), "2026": sum(numbers)}
    reports = issued([(period, purges(of[period])) for period in order])
    told = {period: range(*ends(shown(one).cells[0][0])) for period, one in zip(order, reports, strict=True)}
    possible = [(*some, sum(some)) for some in product(*(told[quarter] for quarter in QUARTERS)) if sum(some) in told["2026"]]
    for position, period in enumerate((*QUARTERS, "2026")):
        left = {some[position] for some in possible}
        assert left == set(told[period]) or (len(told[period]) > K and len(left) >= K)


def ends(cell: object) -> tuple[int, int]:
    """What a band leaves possible; a closed count of this test is anything up to sixty."""
    low, high = (0, 60) if cell == "c" else map(int, str(cell).split("-"))
    return low, high + 1


def test_months_and_their_quarter_count_as_well() -> None:
    written = ("2026-01-01/2026-01-31", "2026-02-01/2026-02-28", "2026-03-01/2026-03-31")
    told = issued([*zip(written, map(purges, (4, 4, 4)), strict=True), ("2026-Q1", purges(12))])
    assert shown(told[-1]).cells[0][0] == "c"
