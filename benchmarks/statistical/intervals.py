"""How sure a mean F1 is: 95 % intervals by drawing texts again, with a fixed seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple

import numpy as np
import numpy.typing as npt

from discretio.detection import Evaluation
from discretio.detection.evaluation import MACRO
from discretio.detection.scoring import Tally

DRAWS = 1000
SEED = 458

Floats = npt.NDArray[np.float64]


def macro_interval(each: Sequence[Evaluation]) -> tuple[float, float]:
    """Between which figures the entry-level macro-F1 lies for 95 of 100 draws of as many texts.

    Args:
        each: one evaluation per text.
    """
    counts = np.array([_counts(one) for one in each])
    times = np.random.default_rng(SEED).multinomial(len(each), np.full(len(each), 1 / len(each)), DRAWS)
    drawn = np.tensordot(times, counts, axes=1)
    low, high = np.quantile(_macro_f1(drawn), (0.025, 0.975))
    return float(low), float(high)


def _counts(one: Evaluation) -> list[tuple[int, ...]]:
    return [astuple(one.tallies.get(("entry", "category", f"{number:02d}", "all"), Tally())) for number in MACRO]


def _macro_f1(counts: npt.NDArray[np.int64]) -> Floats:
    hits, misses, right, alarms = np.moveaxis(counts.astype(np.float64), -1, 0)
    recall = hits / np.maximum(hits + misses, 1)
    precision = right / np.maximum(right + alarms, 1)
    both = 2 * precision * recall / np.maximum(precision + recall, 1e-12)
    held = hits + misses > 0
    mean: Floats = (both * held).sum(axis=1) / np.maximum(held.sum(axis=1), 1)
    return mean
