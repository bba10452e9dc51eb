"""Learn the statistical layer, measure it on authors it has not seen, and write its file and its card.

python benchmarks/statistical/train.py [--alone] [--record]

It takes some five minutes on two free cores. Run it again when finders or lexicons have changed much: what they find is
evidence to the model. `--alone` also measures the model without that evidence, for the card; `--record` keeps the figures
out of fold as those that the tests hold the layer to.
"""

from __future__ import annotations

import one_thread  # noqa: F401 - the linear algebra reads it when numpy is first imported

# isort: split
import argparse
import hashlib
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import compress
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from believing import Belief, Claimed, beliefs, claimed, features_of, fit_belief
from calibration import PROVEN, Entries, Thresholds, calibrated, entries_of, toll, worth
from card import SLICE, Intervals, card_of, slice_figure
from corpus import BITS, NEUTRAL, NOTES, Instances, Written, instances, written
from figures import Measured, as_json, finders_each, judged_each, measure_presence, together
from intervals import macro_interval
from learning import Fitted, Recipe, fit, scores
from recording import record

from discretio.detection import Detector, Evaluation, build_detector
from discretio.detection.statistical import LinearModel, with_model
from discretio.detection.statistical.model import CLASSES, SHIPPED, quantised
from discretio.domain.lexicon import LANGUAGES
from discretio.policy_files.lexicon_files import load_lexicons
from discretio.resources import folder

DOSSIERS = Path(__file__).parents[2] / "pipelines" / "discretio" / "stores" / "samples" / "dossiers.jsonl"
CARD = SHIPPED.with_suffix(".md")
TALLIES = Path(__file__).with_name("out_of_fold.json")
"""The counts behind the card, from which `benchmarks/quality.py` makes its tables."""
LEARNED = tuple(column for column, each in enumerate(CLASSES) if each not in PROVEN)
WORKERS = 2
"""Processes that learn side by side; each author's weights are the same whatever their number."""
ALL = Recipe(LEARNED)
WORDS_ALONE = Recipe(LEARNED, evidence=False)

FOLDS = 6
Fold = tuple[str, ...]
"""Authors whom what is learned has not seen."""
Each = list[Evaluation]
"""One evaluation per text, in the order of the texts."""


def model_of(fitted: Fitted) -> LinearModel:
    """A model that never speaks yet."""
    levels, largest = quantised(fitted.weights.astype(np.float32))
    size = len(CLASSES)
    return LinearModel(
        bits=BITS, levels=levels, largest=largest, rarity=fitted.rarity.astype(np.float16).astype(np.float32),
        evidence=fitted.evidence.astype(np.float32), bias=fitted.bias.astype(np.float32),
        belief=np.zeros(2, np.float32), slopes=np.zeros(size + 1, np.float32),
        thresholds=np.full(size, np.inf, np.float32), doubts=np.full(size, -np.inf, np.float32), about={},
    )  # fmt: skip


def with_belief(model: LinearModel, belief: Belief) -> LinearModel:
    """The model, able to doubt."""
    table = belief.table.astype(np.float16).astype(np.float32)
    return replace(model, belief=table, slopes=belief.slopes.astype(np.float32))


def with_thresholds(model: LinearModel, chosen: Thresholds) -> LinearModel:
    """The model, ready to speak."""
    return replace(model, thresholds=chosen.speak.astype(np.float32), doubts=chosen.doubt.astype(np.float32))


@dataclass(frozen=True)
class Task:
    """What is learned without some authors; a worker inherits it, since it is large."""

    data: Instances
    recipe: Recipe

    def without(self, fold: Fold) -> tuple[LinearModel, np.ndarray]:
        """A model that saw nothing of a fold, and what it says of its units."""
        own = np.isin(self.data.author, fold)
        fitted = fit(self.data, ~own, self.recipe)
        print("learned", f"without {', '.join(fold)}" if fold else "from all", flush=True)
        return model_of(fitted), scores(fitted, self.data, own & self.data.is_unit)


_TASKS: list[Task] = []


def _without(fold: Fold) -> tuple[LinearModel, np.ndarray]:
    return _TASKS[-1].without(fold)


def folds_of(authors: Iterable[str]) -> list[Fold]:
    """The authors left out together: the dossiers' alone, the others by two or three."""
    others = sorted(set(authors) - {DOSSIERS.stem})
    return [(DOSSIERS.stem,), *(tuple(others[number::FOLDS]) for number in range(FOLDS))]


def by_fold(data: Instances, recipe: Recipe) -> tuple[dict[Fold, LinearModel], np.ndarray]:
    """For each fold a model that saw nothing of it, one of everybody for the empty fold; what is said of units out of fold."""
    folds = [*folds_of(data.author.tolist()), ()]
    models, judged = {}, np.full(data.labels.shape, -np.inf)
    with ProcessPoolExecutor(WORKERS, get_context("fork"), _TASKS.append, (Task(data, recipe),)) as pool:
        for fold, (model, said) in zip(folds, pool.map(_without, folds), strict=True):
            models[fold] = model
            judged[np.isin(data.author, fold) & data.is_unit] = said
    return models, judged


def believed_by_fold(
    texts: list[Written], claims: Claimed, judged: np.ndarray, folds: Iterable[Fold]
) -> tuple[dict[Fold, Belief], np.ndarray]:
    """For each fold what was learned of others' claims, and how far its own are to be believed.

    The scores of the others' units come from weights that have seen its notes: a leak by one number per claim.
    """
    features = features_of(claims, judged)
    authors = np.array([text.author for text in texts])[claims.text]
    learned, log_odds = {}, np.zeros(len(claims.columns))
    for fold in folds:
        own = np.isin(authors, fold)
        learned[fold] = fit_belief(claims, features, ~own)
        log_odds[own] = beliefs(learned[fold], features[own], claims.columns[own])
    return learned, log_odds


@dataclass(frozen=True)
class Trial:
    """What is measured out of fold; a worker inherits it."""

    texts: list[Written]
    detector: Detector
    models: dict[Fold, LinearModel]
    entries: Entries

    def on(self, fold: Fold) -> dict[int, Evaluation]:
        """The whole detector on the texts of a fold, by their position."""
        own = [number for number, text in enumerate(self.texts) if text.author in fold]
        chosen = calibrated(self.entries, ~np.isin(self.entries.author, fold))
        judged = Detector(with_model(self.detector.finders, with_thresholds(self.models[fold], chosen)))
        return dict(zip(own, judged_each([self.texts[number] for number in own], judged), strict=True))


_TRIALS: list[Trial] = []


def _measured_on(fold: Fold) -> dict[int, Evaluation]:
    return _TRIALS[-1].on(fold)


def measured(texts: list[Written], detector: Detector, models: dict[Fold, LinearModel], entries: Entries) -> dict[str, Each]:
    """The finders alone and the whole detector, on texts by authors whom neither weights nor thresholds have seen."""
    combined: dict[int, Evaluation] = {}
    trial = Trial(texts, detector, models, entries)
    with ProcessPoolExecutor(WORKERS, get_context("fork"), _TRIALS.append, (trial,)) as pool:
        for said in pool.map(_measured_on, filter(None, models)):
            combined |= said
    return {"finders": finders_each(texts), "combined": [combined[number] for number in range(len(texts))]}


def where_it_helps(chosen: Thresholds, figures: dict[str, Measured]) -> Thresholds:
    """Silence for the classes that the layer did not serve better than the finders alone, out of fold."""
    after, before = (
        np.array([worth_of(figures[name], column) for column in range(len(CLASSES))]) for name in ("combined", "finders")
    )
    helps = after > before
    return Thresholds(np.where(helps, chosen.speak, np.inf), np.where(helps, chosen.doubt, -np.inf))


def worth_of(measured_: Measured, column: int) -> float:
    """What the thresholds are chosen for, as the whole detector was measured."""
    tally, traps = measured_.of(CLASSES[column]), measured_.traps(CLASSES[column])
    paid = toll(np.array(traps.false_alarms), traps.hits + traps.false_alarms)
    return float(worth(np.array(tally.precision), np.array(tally.recall), column) - paid)


def digest_of_data() -> str:
    """A hash over what was learned from."""
    digest = hashlib.sha256()
    for path in (*sorted(NOTES.glob("*.jsonl")), DOSSIERS, *sorted(NEUTRAL.glob("*.jsonl"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def main() -> None:
    """Learn, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--alone", action="store_true")
    parser.add_argument("--record", action="store_true")
    asked = parser.parse_args()
    detector = build_detector(load_lexicons(folder("policies") / "lexicons"))
    texts = written(DOSSIERS, detector)
    data = instances(texts)
    claims = claimed(texts, data)
    models, judged = by_fold(data, ALL)
    trust, log_odds = believed_by_fold(texts, claims, judged, models)
    models = {fold: with_belief(model, trust[fold]) for fold, model in models.items()}
    entries = entries_of(texts, data, judged, claims, log_odds)
    each = measured(texts, detector, models, entries)
    figures = {name: together(texts, said) for name, said in each.items()}
    if asked.alone:
        _, judged_alone = by_fold(data, WORDS_ALONE)
        unseen = replace(data, evidence=np.zeros_like(data.evidence))
        figures["model"] = measure_presence(texts, entries_of(texts, unseen, judged_alone, claims, log_odds))
    TALLIES.write_text(as_json(figures, digest_of_data()), encoding="utf-8")
    if asked.record:
        record(TALLIES)
    # The thresholds of the file rest on scores by models that had not seen the author; its weights on everybody.
    chosen = where_it_helps(calibrated(entries, np.ones(len(texts), np.bool_)), figures)
    model = with_thresholds(models[()], chosen)
    write(replace(model, about=about(texts, data, claims, figures)), detector, figures, intervals_of(texts, each))


def about(texts: list[Written], data: Instances, claims: Claimed, figures: dict[str, Measured]) -> dict[str, object]:
    """How the model was made."""
    return {
        "texts": sum(not text.neutral for text in texts),
        "authors": len({text.author for text in texts if not text.neutral}),
        "neutral": int((data.neutral & data.is_unit).sum()),
        "instances": len(data.author),
        "claims": len(claims.columns),
        "data": digest_of_data(),
        "f1": {str(each): round(figures["combined"].f1(each), 3) for each in CLASSES},
        "macro_f1": {lang: round(figures["combined"].macro_f1(lang), 3) for lang in ("all", *LANGUAGES)},
    }


def intervals_of(texts: list[Written], each: dict[str, Each]) -> Intervals:
    """The intervals of macro-F1, by what was measured and in which texts."""
    chosen = {"all": [not text.neutral for text in texts], "dossiers-all": [text.author == "dossiers" for text in texts]}
    chosen |= {lang: [text.item.lang == lang and not text.neutral for text in texts] for lang in LANGUAGES}
    return {
        (name, lang): macro_interval(list(compress(said, kept))) for name, said in each.items() for lang, kept in chosen.items()
    }


def write(model: LinearModel, detector: Detector, figures: dict[str, Measured], intervals: Intervals) -> None:
    """Write the file and its card."""
    figure = round(slice_figure(Detector(with_model(detector.finders, model))), 3)
    model = replace(model, about={**model.about, "slice": SLICE, "slice_macro_f1": figure})
    SHIPPED.write_bytes(model.to_bytes())
    CARD.write_text(card_of(model, figures, intervals), encoding="utf-8")
    print(CARD.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
