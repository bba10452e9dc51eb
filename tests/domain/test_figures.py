"""What is frozen in the ledger is read back as it was, and always written the same way."""

from datetime import date

import pytest

from discretio.domain.figures import Figures, Margins, PolicyStamp, Section, Table


def figures() -> Figures:
    table = Table("t", ("a", "b"), ("x",), ((3,), (40,)), frozenset({"b", "a"}), margins=Margins.COLUMNS)
    stamp = PolicyStamp("P", "1", "0" * 64, "LAW")
    return Figures("R1", "apd", "all", "2026-Q3", date(2026, 9, 30), stamp, ("fr",), (Section("0", (table,)), Section("1")))


def test_frozen_figures_come_back_equal() -> None:
    assert Figures.from_json(figures().to_json()) == figures()


def test_equal_figures_have_one_text() -> None:
    assert Figures.from_json(figures().to_json()).to_json() == figures().to_json()


@pytest.mark.parametrize("text", ["{}", "[]", "no json", '{"report_id": 1}'])
def test_another_text_is_refused_without_quoting_it(text: str) -> None:
    with pytest.raises(ValueError, match=r"^(these are no frozen figures|Expecting value)"):
        Figures.from_json(text)


@pytest.mark.parametrize("cells", [((1, 2),), ((-1,), (2,)), ((1,),)])
def test_a_table_that_does_not_fit_is_refused(cells: tuple[tuple[int, ...], ...]) -> None:
    with pytest.raises(ValueError, match="table t"):
        Table("t", ("a", "b"), ("x",), cells)
