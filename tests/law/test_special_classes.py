"""Sets of flags and categories survive being packed into bits."""

from hypothesis import given
from hypothesis import strategies as st

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


@given(st.lists(st.sampled_from(Flag)))
def test_flags_survive_packing_in_any_order_and_number(flags: list[Flag]) -> None:
    assert set(flags_of(flags_mask(flags))) == set(flags)


@given(st.lists(st.sampled_from(CATEGORY_NUMBERS)))
def test_categories_survive_packing_in_any_order_and_number(numbers: list[int]) -> None:
    assert categories_of(categories_mask(numbers)) == tuple(sorted(set(numbers)))


def test_every_flag_is_either_special_data_or_bars_a_document() -> None:
    assert sorted((*SPECIAL_DATA, *BARRED_DOCUMENTS)) == sorted(Flag)
