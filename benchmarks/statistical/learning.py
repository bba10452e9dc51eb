"""Logistic regression, one class at a time, by L-BFGS; the same weights come out of the same instances."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from corpus import Instances
from scipy import sparse
from scipy.optimize import minimize

from discretio.detection.statistical.model import DAMPING

STRENGTH = 15.0  # inverse of the L2 penalty
RARITY_POWER = 1.3
FEWEST = 2  # units that a feature must stand in
EVIDENCE_SCALE = 0.3
FORGOTTEN = 0.5
"""The share of evidence that is hidden while learning. The lexicons were written with the same notes at hand, and find less in
texts by others: a model that sees all of their evidence would lean on it too much."""
SEED = 458
LEANING, DOUBTS = 0.5, 3.0
"""How much of the freedom of a feature's weight goes by how unevenly the class has it (a naive Bayes prior; Wang and Manning,
2012), the rest being alike for all; and how many instances of the ordinary kind stand beside those that were seen."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Fitted:
    """Weights per hashed row and class, of the evidence, and the bias; the rarity of each row."""

    weights: Floats
    rarity: Floats
    evidence: Floats
    bias: Floats


@dataclass(frozen=True)
class Recipe:
    """What to learn: which classes, by columns, and whether the evidence of the finders is seen."""

    classes: tuple[int, ...]
    evidence: bool = True


def rarity_of(counts: sparse.csr_matrix) -> Floats:
    """How seldom each row is in units; 0 for one that is too rare to learn from."""
    seen = np.bincount(counts.indices, minlength=counts.shape[1])
    rarity = np.zeros(counts.shape[1])
    common = seen >= FEWEST
    rarity[common] = np.log(counts.shape[0] / seen[common]) ** RARITY_POWER
    return rarity


def scaled(counts: sparse.csr_matrix, rarity: Floats) -> sparse.csr_matrix:
    """Counts times rarity, each instance at length 1, a short one below."""
    squares = counts @ rarity**2 + DAMPING
    return (sparse.diags(1 / np.sqrt(squares)) @ counts @ sparse.diags(rarity)).tocsr()


def fit(data: Instances, chosen: npt.NDArray[np.bool_], recipe: Recipe) -> Fitted:
    """Learn from some instances."""
    rarity = rarity_of(data.counts[np.flatnonzero(chosen & data.is_unit)])
    columns = np.flatnonzero(rarity)
    rows = np.flatnonzero(chosen)
    seen = np.random.default_rng(SEED).random(data.evidence.shape)[rows] >= FORGOTTEN
    evidence = data.evidence[rows] * seen * (EVIDENCE_SCALE if recipe.evidence else 0.0)
    counts = data.counts[rows]
    features = sparse.hstack([scaled(counts, rarity)[:, columns], sparse.csr_matrix(evidence)]).tocsr()
    turned, holding = features.T.tocsr(), (counts[:, columns] > 0).T.tocsr()
    weight = data.weight[rows]
    fitted = Fitted(
        np.zeros((len(rarity), data.labels.shape[1])), rarity,
        np.zeros((data.evidence.shape[1], data.labels.shape[1])), np.full(data.labels.shape[1], -9.0),
    )  # fmt: skip
    for class_ in recipe.classes:
        held = data.labels[rows, class_]
        share = np.append(leanings(holding, held, weight), np.ones(evidence.shape[1]))
        by = sparse.diags(share)
        point = solved((features @ by).tocsr(), (by @ turned).tocsr(), held > 0, weight * (held >= 0), STRENGTH)
        own = point[:-1] * share
        fitted.weights[columns, class_] = own[: len(columns)]
        fitted.evidence[:, class_] = own[len(columns) :] * (EVIDENCE_SCALE if recipe.evidence else 0.0)
        fitted.bias[class_] = point[-1]
    return fitted


def leanings(holding: sparse.csr_matrix, held: npt.NDArray[np.int8], weight: Floats) -> Floats:
    """How unevenly the instances with and without a class hold each feature, by which its weight is free to grow.

    Args:
        holding: features by instances, whether it holds it.
        held: the labels.
        weight: how much each instance counts.
    """
    inside, outside = weight * (held > 0), weight * (held == 0)
    share = inside.sum() / max(inside.sum() + outside.sum(), 1e-12)
    within = (holding @ inside + DOUBTS * share) / (inside.sum() + DOUBTS * share)
    without = (holding @ outside + DOUBTS * (1 - share)) / (outside.sum() + DOUBTS * (1 - share))
    uneven = np.abs(np.log(np.maximum(within, 1e-12) / np.maximum(without, 1e-12)))
    usual = np.sqrt(np.mean(uneven**2)) if len(uneven) else 1.0
    leaning: Floats = 1 - LEANING + LEANING * uneven / max(usual, 1e-12)
    return leaning


def solved(
    features: sparse.csr_matrix, turned: sparse.csr_matrix, holds: npt.NDArray[np.bool_], weight: Floats, strength: float
) -> Floats:
    """The weights, then the bias, of logistic regression.

    Args:
        features: instances by features.
        turned: the same, features by instances.
        holds: the labels.
        weight: how much each instance counts.
        strength: inverse of the L2 penalty.
    """
    sign = np.where(holds, 1.0, -1.0)

    def loss(point: Floats) -> tuple[float, Floats]:
        margin = sign * (features @ point[:-1] + point[-1])
        slope = -sign * weight / (1 + np.exp(np.clip(margin, -50, 50)))
        gradient = np.append(turned @ slope + point[:-1] / strength, slope.sum())
        value = weight @ np.logaddexp(0, -margin) + point[:-1] @ point[:-1] / (2 * strength)
        return float(value), gradient

    start = np.zeros(features.shape[1] + 1)
    start[-1] = -2.0
    options = {"maxiter": 50, "maxcor": 6, "ftol": 1e-4}
    point: Floats = minimize(loss, start, jac=True, method="L-BFGS-B", options=options).x
    return point


def scores(fitted: Fitted, data: Instances, chosen: npt.NDArray[np.bool_]) -> Floats:
    """The scores of some instances."""
    rows = np.flatnonzero(chosen)
    found: Floats = (
        scaled(data.counts[rows], fitted.rarity) @ fitted.weights + data.evidence[rows] @ fitted.evidence + fitted.bias
    )
    return found
