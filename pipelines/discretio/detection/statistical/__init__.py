"""The statistical layer: a small linear model over hashed words and the other finders' evidence, numpy alone at run time."""

from __future__ import annotations

from collections.abc import Sequence

from discretio.detection.passage import Finder
from discretio.detection.statistical.doubting import DoubtedFinder
from discretio.detection.statistical.finder import StatisticalFinder
from discretio.detection.statistical.judging import Judge
from discretio.detection.statistical.model import LinearModel, load_model

__all__ = ["LinearModel", "StatisticalFinder", "load_model", "with_model"]


def with_model(finders: Sequence[Finder], model: LinearModel) -> list[Finder]:
    """The same finders under the model's eye, and the model as one finder more.

    Args:
        finders: the finders of a detector.
        model: the model that was learned beside them.
    """
    judge = Judge(model, finders)
    return [*(DoubtedFinder(finder, judge) for finder in finders), StatisticalFinder(judge)]
