"""Clopper and Pearson's exact interval of a binomial share (1934), by the quantiles of the beta distribution."""

from __future__ import annotations

CONFIDENCE = 0.95


def clopper_pearson(hits: int, draws: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """The lower and the upper bound of the share behind so many hits in so many draws.

    Raises:
        ValueError: there are no draws, or more hits than draws.
    """
    from scipy.special import betaincinv  # noqa: PLC0415 - a third of a second that no other command needs

    if not 0 <= hits <= draws or not draws:
        raise ValueError("hits lie between zero and the number of draws, of which there is at least one")
    tail = (1 - confidence) / 2
    low = 0.0 if hits == 0 else float(betaincinv(hits, draws - hits + 1, tail))
    high = 1.0 if hits == draws else float(betaincinv(hits + 1, draws - hits, 1 - tail))
    return low, high
