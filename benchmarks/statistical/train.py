"""Learn the statistical layer, measure it on authors it has not seen, and write its file and its card.

python benchmarks/statistical/train.py [--alone]

It takes some ten minutes on one core. Run it again when finders or lexicons have changed much: what they find is evidence to
the model. `--alone` also measures the model without that evidence, for the card.
"""

from __future__ import annotations

import argparse
import hashlib
from dataclasses import replace
from pathlib import Path

import numpy as np
from calibration import PROVEN, Entries, Thresholds, calibrated, entries_of
from card import SLICE, card_of, slice_figure
from corpus import BITS, NOTES, Instances, Written, instances, written
from figures import Measured, as_json, measure_finders, measure_judged, measure_presence
from learning import Fitted, Recipe, fit, scores

from discretio.detection import Detector, build_detector
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
ALL = Recipe(LEARNED)
WORDS_ALONE = Recipe(LEARNED, evidence=False)


def model_of(fitted: Fitted) -> LinearModel:
    """A model that never speaks yet."""
    levels, largest = quantised(fitted.weights.astype(np.float32))
    size = len(CLASSES)
    return LinearModel(
        bits=BITS, levels=levels, largest=largest, rarity=fitted.rarity.astype(np.float16).astype(np.float32),
        evidence=fitted.evidence.astype(np.float32), bias=fitted.bias.astype(np.float32),
        thresholds=np.full(size, np.inf, np.float32), doubts=np.full(size, -np.inf, np.float32), about={},
    )  # fmt: skip


def with_thresholds(model: LinearModel, chosen: Thresholds) -> LinearModel:
    """The model, ready to speak."""
    return replace(model, thresholds=chosen.speak.astype(np.float32), doubts=chosen.doubt.astype(np.float32))


def by_author(data: Instances, recipe: Recipe) -> tuple[dict[str, LinearModel], np.ndarray]:
    """For each author a model that saw nothing of his, and what it says of his units."""
    models, judged = {}, np.full(data.labels.shape, -np.inf)
    for author in sorted(set(data.author.tolist())):
        own = data.author == author
        fitted = fit(data, ~own, recipe)
        models[author] = model_of(fitted)
        judged[own & data.is_unit] = scores(fitted, data, own & data.is_unit)
        print(f"learned without {author}", flush=True)
    return models, judged


def measured(texts: list[Written], detector: Detector, models: dict[str, LinearModel], entries: Entries) -> dict[str, Measured]:
    """The finders alone and the whole detector, on texts by authors whom neither weights nor thresholds have seen."""
    together = Measured()
    for author, model in models.items():
        own = [text for text in texts if text.author == author]
        chosen = calibrated(entries, entries.author != author)
        together += measure_judged(own, Detector(with_model(detector.finders, with_thresholds(model, chosen))))
    return {"finders": measure_finders(texts), "combined": together}


def where_it_helps(chosen: Thresholds, figures: dict[str, Measured]) -> Thresholds:
    """Silence for the classes that the layer did not serve better than the finders alone, out of fold."""
    helps = np.array([figures["combined"].f1(each) > figures["finders"].f1(each) for each in CLASSES])
    return Thresholds(np.where(helps, chosen.speak, np.inf), np.where(helps, chosen.doubt, -np.inf))


def digest_of_data() -> str:
    """A hash over what was learned from."""
    digest = hashlib.sha256()
    for path in (*sorted(NOTES.glob("*.jsonl")), DOSSIERS):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def main() -> None:
    """Learn, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--alone", action="store_true")
    asked = parser.parse_args()
    detector = build_detector(load_lexicons(folder("policies") / "lexicons"))
    texts = written(DOSSIERS, detector)
    data = instances(texts)
    models, judged = by_author(data, ALL)
    entries = entries_of(texts, data, judged)
    figures = measured(texts, detector, models, entries)
    if asked.alone:
        _, judged_alone = by_author(data, WORDS_ALONE)
        figures["model"] = measure_presence(texts, entries_of(texts, data, judged_alone))
    TALLIES.write_text(as_json(figures, digest_of_data()), encoding="utf-8")
    # The thresholds of the file rest on scores by models that had not seen the author; its weights on everybody.
    chosen = where_it_helps(calibrated(entries, np.ones(len(texts), np.bool_)), figures)
    model = with_thresholds(model_of(fit(data, np.ones(len(data.author), np.bool_), ALL)), chosen)
    write(replace(model, about=about(texts, data, figures)), detector, figures)


def about(texts: list[Written], data: Instances, figures: dict[str, Measured]) -> dict[str, object]:
    """How the model was made."""
    return {
        "texts": len(texts),
        "instances": len(data.author),
        "data": digest_of_data(),
        "f1": {str(each): round(figures["combined"].f1(each), 3) for each in CLASSES},
        "macro_f1": {lang: round(figures["combined"].macro_f1(lang), 3) for lang in ("all", *LANGUAGES)},
    }


def write(model: LinearModel, detector: Detector, figures: dict[str, Measured]) -> None:
    """Write the file and its card."""
    figure = round(slice_figure(Detector(with_model(detector.finders, model))), 3)
    model = replace(model, about={**model.about, "slice": SLICE, "slice_macro_f1": figure})
    SHIPPED.write_bytes(model.to_bytes())
    CARD.write_text(card_of(model, figures), encoding="utf-8")
    print(CARD.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
