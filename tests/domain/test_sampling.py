"""A sample is random within strata, spread in proportion, and drawn again alike by the same seed."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discretio.domain.sampling import Declared, Stratum, allocated, declared_kind, drawn
from discretio.errors import UsageError

STRATA = [Stratum(lang, kind) for lang in ("fr", "nl") for kind in Declared]
SIZES = st.dictionaries(st.sampled_from(STRATA), st.integers(0, 60), min_size=1)


@given(SIZES, st.integers(1, 400))
def test_every_stratum_is_drawn_from_and_none_beyond_its_size(sizes: dict[Stratum, int], size: int) -> None:
    filled = {stratum: number for stratum, number in sizes.items() if number}
    if size < len(filled):
        with pytest.raises(UsageError):
            allocated(sizes, size)
        return
    shares = allocated(sizes, size)
    assert shares.keys() == filled.keys()
    assert all(1 <= shares[stratum] <= filled[stratum] for stratum in shares)
    assert sum(shares.values()) == min(size, sum(filled.values()))


@given(SIZES, st.integers(20, 400))
def test_a_larger_stratum_never_gets_less(sizes: dict[Stratum, int], size: int) -> None:
    shares = allocated(sizes, size)
    by_size = sorted(shares, key=lambda stratum: sizes[stratum])
    assert all(shares[small] <= shares[large] + 1 for small, large in pairwise(by_size))


def test_shares_are_proportional() -> None:
    one, other = STRATA[:2]
    assert allocated({one: 900, other: 100}, 100) == {one: 90, other: 10}


def test_the_same_seed_draws_the_same_whatever_the_order_of_the_entries() -> None:
    entries = [f"E{number}" for number in range(50)]
    first = drawn({STRATA[0]: entries}, 10, 4711)
    assert drawn({STRATA[0]: entries[::-1]}, 10, 4711) == first
    assert drawn({STRATA[0]: entries}, 10, 4712) != first


def test_every_entry_is_as_likely_as_any_other() -> None:
    entries = [f"E{number}" for number in range(10)]
    counts = dict.fromkeys(entries, 0)
    for seed in range(2000):
        for entry in drawn({STRATA[0]: entries}, 3, seed)[STRATA[0]]:
            counts[entry] += 1
    assert all(500 < number < 700 for number in counts.values())


@pytest.mark.parametrize(
    ("mask", "kind"),
    [
        (None, Declared.UNKNOWN),
        (0, Declared.NOTHING),
        (1 << 1, Declared.ORDINARY),
        (1 << 1 | 1 << 10, Declared.SENSITIVE),
        (1 << 16, Declared.ORDINARY),
    ],
)
def test_what_an_entry_declares_has_one_kind(mask: int | None, kind: Declared) -> None:
    assert declared_kind(mask) is kind
