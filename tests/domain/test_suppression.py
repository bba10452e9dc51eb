"""No reader of a table can work out a count that the table hides."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discretio.domain.figures import Form, Margins, Table
from discretio.domain.suppression import COMPLEMENTARY, TOTAL, Cell, SuppressedTable, ratio, suppress

K, K_SPECIAL = 5, 10
COUNTS = st.one_of(st.integers(0, 12), st.integers(0, 300))


@st.composite
def tables(draw: st.DrawFn, largest: int = 5, counts: st.SearchStrategy[int] = COUNTS) -> Table:
    rows, columns = draw(st.integers(1, largest)), draw(st.integers(1, largest))
    cells = tuple(tuple(draw(counts) for _ in range(columns)) for _ in range(rows))
    names = tuple(f"r{number}" for number in range(rows))
    sensitive = frozenset(draw(st.sets(st.sampled_from(names))))
    margins = draw(st.sampled_from(Margins))
    return Table("t", names, tuple(f"c{number}" for number in range(columns)), cells, sensitive, margins=margins)


def true_value(table: Table, row: int, column: int) -> int:
    lines = table.cells if row == len(table.rows) else (table.cells[row],)
    return sum(sum(line) if column == len(table.columns) else line[column] for line in lines)


def threshold(table: Table, row: int) -> int:
    return K_SPECIAL if row < len(table.rows) and table.rows[row] in table.sensitive_rows else K


def table_of(*lines: tuple[int, ...], margins: Margins, sensitive: frozenset[str] = frozenset()) -> SuppressedTable:
    rows, columns = tuple(f"r{n}" for n in range(len(lines))), tuple(f"c{n}" for n in range(len(lines[0])))
    return suppress(Table("t", rows, columns, lines, sensitive, margins=margins), K, K_SPECIAL)


def test_the_vector_of_annex_1_closes_both_counts() -> None:
    assert table_of((3, 12), margins=Margins.ROWS).cells == (("<5", COMPLEMENTARY, 15),)


def test_a_small_total_closes_its_line_and_tells_no_zero_from_a_one() -> None:
    assert table_of((3, 0, 0), margins=Margins.ROWS).cells == ((COMPLEMENTARY,) * 3 + ("<5",),)
    assert table_of((1, 1, 1), margins=Margins.ROWS).cells == table_of((3, 0, 0), margins=Margins.ROWS).cells


def test_nothing_is_closed_where_nothing_is_small() -> None:
    assert table_of((0, 12), (30, 5), margins=Margins.BOTH).cells == ((0, 12, 12), (30, 5, 35), (30, 17, 47))


def test_special_rows_have_the_higher_threshold() -> None:
    assert table_of((7, 30), margins=Margins.NONE, sensitive=frozenset({"r0"})).cells == (("<10", 30),)


def test_a_banded_table_never_shows_a_count() -> None:
    table = Table("t", ("a", "b", "c"), ("N",), ((0,), (5,), (13,)), form=Form.BANDS)
    assert suppress(table, K, K_SPECIAL).cells == (("0-4",), ("5-9",), ("10-14",))


@pytest.mark.parametrize(("k", "k_special"), [(2, 10), (5, 4), (0, 0)])
def test_thresholds_that_protect_nobody_are_refused(k: int, k_special: int) -> None:
    with pytest.raises(ValueError, match="thresholds"):
        suppress(Table("t", ("a",), ("x",), ((3,),)), k, k_special)


@pytest.mark.parametrize(
    ("part", "whole", "expected"), [(5, 20, 0.25), (5, 19, None), ("<5", 40, None), (5, "c", None), (0, 20, 0.0)]
)
def test_a_share_needs_twenty_cases_and_two_published_cells(part: Cell, whole: Cell, expected: float | None) -> None:
    assert ratio(part, whole) == expected


@given(tables())
@settings(max_examples=150, deadline=None)
def test_every_published_number_is_true_and_none_is_small(table: Table) -> None:
    published = suppress(table, K, K_SPECIAL)
    for (row, line), column in product(enumerate(published.cells), range(len(published.columns))):
        true, cell = true_value(table, row, column), line[column]
        if isinstance(cell, int):
            assert cell == true
            assert cell == 0 or cell >= threshold(table, row)
        elif cell != COMPLEMENTARY:
            assert cell == f"<{threshold(table, row)}"
            assert 0 < true < threshold(table, row)


@given(tables(largest=3, counts=st.integers(0, 7)))
@settings(max_examples=60, deadline=None)
def test_every_hidden_count_could_have_k_and_more_values(table: Table) -> None:
    """An attacker who tries every table: he finds an interval of at least k for each hidden count, from the totals alone."""
    published = suppress(table, K, K_SPECIAL)
    for row, column in hidden_inside(table, published):
        low, high = bounds(table, published, (row, column), defaultdict(lambda: (0, 10_000)))
        assert high - low >= threshold(table, row)


@given(tables(largest=3, counts=st.integers(0, 9)))
@settings(max_examples=60, deadline=None)
def test_who_knows_what_the_marks_mean_learns_nothing_else_of_a_small_count(table: Table) -> None:
    """He even knows which "c" hides a zero, and that every other one hides the threshold or more, unless a total is small."""
    published = suppress(table, K, K_SPECIAL)
    if not any("<" in str(cell) for line in published.cells for cell in line):
        return
    rooms = {
        place: room(table, published, place) for place in product(range(len(published.rows)), range(len(published.columns)))
    }
    for row, column in hidden_inside(table, published):
        cell = str(published.cells[row][column])
        if cell != COMPLEMENTARY:
            assert bounds(table, published, (row, column), rooms) == (1, int(cell[1:]) - 1)


def room(table: Table, published: SuppressedTable, place: tuple[int, int]) -> tuple[int, int]:
    """What that reader knows of a count before he looks at the totals."""
    row, column = place
    cell, true = str(published.cells[row][column]), true_value(table, row, column)
    if cell.startswith("<"):
        return 1, int(cell[1:]) - 1
    small = any("<" in str(published.cells[line[-1][0]][line[-1][1]]) for line in lines_of(published) if place in line[:-1])
    if small or 0 < true < threshold(table, row):
        return 0, 10_000
    return (0, 0) if true == 0 else (threshold(table, row), 10_000)


def test_who_knows_the_whole_rule_can_compute_no_small_count_of_a_line() -> None:
    """He tries every line of three counts, and compares which of them would have been published like the one before him."""
    largest = 18
    alike: dict[tuple[Cell, ...], list[tuple[int, ...]]] = defaultdict(list)
    for line in product(range(largest + 1), repeat=3):
        alike[table_of(line, margins=Margins.ROWS).cells[0]].append(line)
    for cells, lines in alike.items():
        if any(isinstance(cell, int) and cell > largest for cell in cells):
            continue  # greater counts than were tried would be published like this too
        for place in (place for place, cell in enumerate(cells[:-1]) if isinstance(cell, str)):
            possible = {line[place] for line in lines}
            assert len(possible) > 1 or not 0 < possible.pop() < K, cells


def hidden_inside(table: Table, published: SuppressedTable) -> list[tuple[int, int]]:
    places = product(range(len(table.rows)), range(len(table.columns)))
    return [(row, column) for row, column in places if isinstance(published.cells[row][column], str)]


def bounds(
    table: Table, published: SuppressedTable, place: tuple[int, int], rooms: Mapping[tuple[int, int], tuple[int, int]]
) -> tuple[float, float]:
    """Least and greatest value by linear programming: another method than the one under test."""
    from scipy.optimize import linprog  # noqa: PLC0415 - only this test needs it

    variables = {
        (row, column): number
        for number, (row, column) in enumerate(
            (row, column)
            for row, column in product(range(len(published.rows)), range(len(published.columns)))
            if isinstance(published.cells[row][column], str)
        )
    }
    equations, right = [], []
    for line in lines_of(published):
        *parts, total = line
        signs = {**dict.fromkeys(parts, 1), total: -1}
        equations.append([signs.get(other, 0) for other in variables])
        right.append(-sum(sign * true_value(table, *other) for other, sign in signs.items() if other not in variables))
    aim = [1 if other == place else 0 for other in variables]
    system = {"A_eq": equations, "b_eq": right} if equations else {}
    admitted = [rooms[other] for other in variables]
    low = linprog(aim, bounds=admitted, **system).fun
    high = -linprog([-number for number in aim], bounds=admitted, **system).fun
    return round(low, 6), round(high, 6)


def lines_of(published: SuppressedTable) -> list[list[tuple[int, int]]]:
    """Every sum that the table shows: its parts and, last, its total."""
    rows, columns = range(len(published.rows)), range(len(published.columns))
    across = [[(row, column) for column in columns] for row in rows] if TOTAL in published.columns else []
    down = [[(row, column) for row in rows] for column in columns] if TOTAL in published.rows else []
    return across + down
