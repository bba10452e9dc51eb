"""Sets of flags and categories survive being packed into bits."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from discretio.law.special_classes import (
    BARRED_DOCUMENTS,
    CATEGORY_NUMBERS,
    SPECIAL_DATA,
    Flag,
    categories_mask,
    categories_of,
    flags_mask,
    flags_of,
)

CASES: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).with_name("cases") / "special_classes.yaml")


@pytest.mark.parametrize("case", CASES, ids=[case["class"] for case in CASES])
def test_a_class_keeps_its_place_and_says_what_it_is(case: dict[str, Any]) -> None:
    flag = Flag(case["class"])
    assert flags_mask([flag]) == 2 ** case["bit"]
    assert flags_of(2 ** case["bit"]) == (flag,)
    assert (flag in SPECIAL_DATA, flag in BARRED_DOCUMENTS) == (case["is"] == "special data", case["is"] == "barred document")


def test_every_class_has_its_place() -> None:
    assert [case["class"] for case in CASES] == list(Flag)


@given(st.lists(st.sampled_from(Flag)))
def test_flags_survive_packing_in_any_order_and_number(flags: list[Flag]) -> None:
    assert set(flags_of(flags_mask(flags))) == set(flags)


@given(st.lists(st.sampled_from(CATEGORY_NUMBERS)))
def test_categories_survive_packing_in_any_order_and_number(numbers: list[int]) -> None:
    assert categories_of(categories_mask(numbers)) == tuple(sorted(set(numbers)))


def test_every_flag_is_either_special_data_or_bars_a_document() -> None:
    assert sorted((*SPECIAL_DATA, *BARRED_DOCUMENTS)) == sorted(Flag)
