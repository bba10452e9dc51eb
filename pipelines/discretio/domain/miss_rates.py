"""What share of the entries in which a category was not found holds it after all: an estimate, and an honest interval.

The interval is Clopper and Pearson's over the pooled sample, corrected for strata drawn more or less than their share. It
covers the true rate at least as often as its confidence says, whatever the rates of the single strata are: a sum of draws of
different chances, with or without putting back, scatters less than a binomial of the same mean (Hoeffding 1956, theorem 4), as
long as the bound lies at least one draw beyond what was seen; and the mean of that sum lies between the least and the greatest
of the strata's ratios of drawing, times the true rate. Whoever was drawn and not answered counts as missed for the upper bound,
and as not missed for the lower.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

ExactInterval = Callable[[int, int], tuple[float, float]]
"""Of so many in so many: Clopper and Pearson's lower and upper bound."""


@dataclass(frozen=True, slots=True)
class StratumCounts:
    """One stratum, for one thing that may have been missed.

    Attributes:
        population: its entries, of whomever.
        undetected: those of the participants concerned in which the thing was not found, so that it could be missed.
        drawn: entries of theirs in the sample.
        answered: those of them that a reviewer answered.
        missed: answered entries that hold the thing, in which it was not found.
        outside: entries of others in the sample; they say nothing of those concerned, but they were drawn.
    """

    population: int
    undetected: int
    drawn: int
    answered: int
    missed: int
    outside: int = 0

    @property
    def all_drawn(self) -> int:
        """Entries in the sample, of whomever."""
        return self.drawn + self.outside


@dataclass(frozen=True, slots=True)
class MissRate:
    """A rate among the entries in which a thing was not found.

    Attributes:
        undetected: entries that it speaks of.
        drawn: entries in the sample.
        answered: entries that a reviewer answered.
        missed: answered entries that hold the thing, in which it was not found.
        estimate: weighted by the strata; None as long as a stratum has no answer.
        low: lower bound; 0 if nothing is known.
        high: upper bound; 1 if nothing is known, 0 if there is nothing to miss.
    """

    undetected: int
    drawn: int
    answered: int
    missed: int
    estimate: float | None
    low: float
    high: float


def miss_rate(strata: Sequence[StratumCounts], interval: ExactInterval, fewer: int = 0, more: int = 0) -> MissRate:
    """The rate over some strata.

    Args:
        strata: of which it is the rate; those without an entry are passed over.
        interval: the exact interval of a binomial.
        fewer: how many misses to subtract for the lower bound ...
        more: ... and how many to add for the upper, where the exact number is not to be told.
    """
    parts = [stratum for stratum in strata if stratum.population]
    undetected, drawn, answered, missed = (
        sum(getattr(part, name) for part in parts) for name in ("undetected", "drawn", "answered", "missed")
    )
    if not undetected:
        return MissRate(0, drawn, answered, missed, None, 0.0, 0.0)
    low, high = _bounds(parts, interval, max(0, missed - fewer), missed + more + drawn - answered)
    # The sample is one of all entries; the rate is told of those that could be missed.
    scale = sum(part.population for part in parts) / undetected
    estimate = _estimate(parts)
    scaled = None if estimate is None else min(1.0, estimate * scale)
    return MissRate(undetected, drawn, answered, missed, scaled, low * scale, min(1.0, high * scale))


def _bounds(parts: Sequence[StratumCounts], interval: ExactInterval, fewest: int, most: int) -> tuple[float, float]:
    population, drawn = sum(part.population for part in parts), sum(part.all_drawn for part in parts)
    if not drawn:
        return 0.0, 1.0
    ratios = [part.all_drawn * population / (drawn * part.population) for part in parts]
    low = min(interval(fewest, drawn)[0], max(0, fewest - 1) / drawn) / max(ratios)
    high = max(interval(min(most, drawn), drawn)[1], (most + 1) / drawn)
    # A stratum of which nothing was drawn could hold anything.
    return low, 1.0 if min(ratios) == 0 else min(1.0, high / min(ratios))


def _estimate(parts: Sequence[StratumCounts]) -> float | None:
    if any(not _is_known(part) for part in parts) or not any(part.answered for part in parts):
        return None
    population = sum(part.population for part in parts)
    seen = [part for part in parts if part.answered]
    return sum(part.population / population * part.missed / part.answered * part.drawn / part.all_drawn for part in seen)


def _is_known(part: StratumCounts) -> bool:
    """Whether it was drawn from, and answered as far as it concerns the participants in question."""
    return bool(part.all_drawn and (part.answered or not part.drawn))
