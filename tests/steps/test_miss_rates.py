"""The interval of a miss rate keeps its promise: worked out over every possible sample, not simulated."""

from __future__ import annotations

from itertools import product
from math import comb, isclose

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discretio.domain.miss_rates import StratumCounts, miss_rate
from discretio.steps.exact_binomial import clopper_pearson

STRATUM = st.integers(1, 30).flatmap(
    lambda population: st.tuples(st.just(population), st.integers(1, min(population, 8)), st.integers(0, population))
)


@pytest.mark.parametrize(
    ("hits", "draws", "low", "high"),
    [
        # By hand: 1 - 0.025 ** (1 / n) for none, and the textbook's values for 1 in 10 and 4 in 20.
        (0, 10, 0.0, 0.30850),
        (10, 10, 0.69150, 1.0),
        (1, 10, 0.00253, 0.44502),
        (4, 20, 0.05733, 0.43661),
    ],
)
def test_the_exact_interval_is_the_textbook_s(hits: int, draws: int, low: float, high: float) -> None:
    found = clopper_pearson(hits, draws)
    assert found == pytest.approx((low, high), abs=1e-5)


def test_the_bounds_leave_the_promised_tails() -> None:
    """By the definition itself: at each bound, what was seen or worse has a chance of one in forty."""
    low, high = clopper_pearson(7, 50)
    at_least = sum(comb(50, k) * low**k * (1 - low) ** (50 - k) for k in range(7, 51))
    at_most = sum(comb(50, k) * high**k * (1 - high) ** (50 - k) for k in range(8))
    assert isclose(at_least, 0.025, rel_tol=1e-6)
    assert isclose(at_most, 0.025, rel_tol=1e-6)


@pytest.mark.parametrize(("hits", "draws"), [(1, 0), (-1, 5), (6, 5)])
def test_what_is_no_count_is_refused(hits: int, draws: int) -> None:
    with pytest.raises(ValueError, match="draws"):
        clopper_pearson(hits, draws)


@settings(max_examples=60)
@given(st.lists(STRATUM, min_size=1, max_size=3))
def test_the_interval_covers_the_truth_in_at_least_95_of_100_samples(strata: list[tuple[int, int, int]]) -> None:
    """Strata as (population, drawn, holding): drawn without putting back, in any proportion, with any rates."""
    population = sum(size for size, _, _ in strata)
    truth = sum(holding for _, _, holding in strata) / population
    covered = 0.0
    for missed in product(*(range(drawn + 1) for _, drawn, _ in strata)):
        chance = 1.0
        for (size, drawn, holding), seen in zip(strata, missed, strict=True):
            chance *= comb(holding, seen) * comb(size - holding, drawn - seen) / comb(size, drawn)
        if chance:
            counts = [StratumCounts(s, s, d, d, k) for (s, d, _), k in zip(strata, missed, strict=True)]
            rate = miss_rate(counts, clopper_pearson)
            covered += chance * (rate.low <= truth + 1e-12 and truth <= rate.high + 1e-12)
    assert covered >= 0.95 - 1e-9


def test_a_proportional_sample_has_the_plain_interval_but_for_its_lowest_step() -> None:
    rate = miss_rate([StratumCounts(900, 900, 90, 90, 3), StratumCounts(100, 100, 10, 10, 0)], clopper_pearson)
    assert rate.high == pytest.approx(clopper_pearson(3, 100)[1])
    assert rate.low == pytest.approx(clopper_pearson(3, 100)[0])
    assert rate.estimate == pytest.approx(0.03)


def test_strata_weigh_by_their_size() -> None:
    rate = miss_rate([StratumCounts(900, 900, 10, 10, 0), StratumCounts(100, 100, 10, 10, 10)], clopper_pearson)
    assert rate.estimate == pytest.approx(0.1)


def test_what_was_drawn_and_not_answered_widens_the_interval_both_ways() -> None:
    half = miss_rate([StratumCounts(1000, 1000, 100, 50, 2)], clopper_pearson)
    assert half.high == pytest.approx(clopper_pearson(52, 100)[1])
    assert half.low == pytest.approx(min(clopper_pearson(2, 100)[0], 0.01))
    assert half.estimate == pytest.approx(0.04)


def test_a_stratum_of_which_nothing_is_known_leaves_everything_possible() -> None:
    rate = miss_rate([StratumCounts(100, 100, 50, 50, 0), StratumCounts(100, 100, 0, 0, 0)], clopper_pearson)
    assert (rate.estimate, rate.high) == (None, 1.0)
    nothing = miss_rate([StratumCounts(100, 100, 10, 0, 0)], clopper_pearson)
    assert (nothing.estimate, nothing.low, nothing.high) == (None, 0.0, 1.0)


def test_the_rate_is_told_of_what_could_be_missed() -> None:
    """Half of the entries show the category: a miss in one of a hundred entries is one in fifty of the rest."""
    rate = miss_rate([StratumCounts(1000, 500, 100, 100, 1)], clopper_pearson)
    assert rate.estimate == pytest.approx(0.02)
    assert rate.high == pytest.approx(2 * clopper_pearson(1, 100)[1])
    assert miss_rate([StratumCounts(10, 0, 5, 5, 0)], clopper_pearson).high == 0.0


def test_entries_of_others_in_the_sample_say_nothing_but_were_drawn() -> None:
    """A tenth of the entries is theirs: none missed among ten of them leaves as much open as ten draws do."""
    rate = miss_rate([StratumCounts(1000, 100, 10, 10, 0, outside=90)], clopper_pearson)
    assert (rate.drawn, rate.answered, rate.estimate) == (10, 10, 0.0)
    assert rate.high == pytest.approx(10 * clopper_pearson(0, 100)[1])
    nobody = miss_rate([StratumCounts(1000, 100, 0, 0, 0, outside=100)], clopper_pearson)
    assert nobody.estimate is None


def test_where_the_exact_number_is_not_told_the_interval_holds_for_all_that_it_could_be() -> None:
    counts = [StratumCounts(1000, 1000, 100, 100, 3)]
    told = miss_rate(counts, clopper_pearson, fewer=3, more=1)
    exact = [miss_rate([StratumCounts(1000, 1000, 100, 100, k)], clopper_pearson) for k in range(5)]
    assert told.low == min(one.low for one in exact)
    assert told.high == max(one.high for one in exact)
