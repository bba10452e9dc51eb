from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from discretio.detection import Detector, evaluate
from discretio.detection.passage import Passage
from discretio.detection.statistical import LinearModel, load_model, with_model
from discretio.detection.statistical.judging import Judge
from discretio.detection.statistical.model import CLASSES, SHIPPED, quantised
from discretio.detection.tallies import Tally
from discretio.errors import UsageError
from discretio.stores.samples.labelled import labelled_entries

ROOT = Path(__file__).resolve().parents[3]
MEGABYTES = 1_000_000


def test_the_file_is_small_and_reads_back_to_the_same_model(model: LinearModel, tmp_path: Path) -> None:
    assert SHIPPED.stat().st_size < 10 * MEGABYTES
    again = tmp_path / "again.npz"
    again.write_bytes(model.to_bytes())
    # Not byte by byte: releases of Python write the heads of a zip differently.
    with np.load(SHIPPED) as shipped, np.load(again) as written:
        assert shipped.files == written.files
        assert all(np.array_equal(shipped[name], written[name]) for name in shipped.files)


def test_the_file_holds_no_pickle_and_a_broken_one_is_told_without_its_path(tmp_path: Path) -> None:
    broken = tmp_path / "secret-name.npz"
    broken.write_bytes(SHIPPED.read_bytes()[:1000])
    for path in (broken, tmp_path / "missing.npz"):
        with pytest.raises(UsageError) as refused:
            load_model(path)
        assert "secret-name" not in str(refused.value)


def test_file_and_code_still_fit_together(model: LinearModel, judged: Detector) -> None:
    # In sample: it says that features, weights and evidence are those of the training, not how good the model is.
    notes = islice(labelled_entries(ROOT / "benchmarks" / "statistical" / "notes" / "minutes.jsonl"), model.about["slice"])
    assert evaluate(notes, judged).macro_f1() == pytest.approx(model.about["slice_macro_f1"], abs=0.05)


def test_the_card_tells_the_figures_of_the_file(model: LinearModel) -> None:
    card = SHIPPED.with_suffix(".md").read_text(encoding="utf-8")
    for lang, figure in model.about["macro_f1"].items():
        row = next(line for line in card.splitlines() if line.startswith(f"| {lang} |"))
        assert row.split(" | ")[-1].startswith(f"{figure:.3f} (")


TALLIES = json.loads((ROOT / "benchmarks" / "statistical" / "out_of_fold.json").read_text(encoding="utf-8"))
RECORD = json.loads(Path(__file__).with_name("recorded_out_of_fold.json").read_text(encoding="utf-8"))
"""F1 at entry level of the whole detector by class, out of fold, on the texts of the authors that are named there."""


def out_of_fold(authors: Sequence[str]) -> dict[str, float]:
    tallies: dict[str, Tally] = {}
    for level, _, class_, lang, *counts in TALLIES["tallies"]["combined"]:
        if level == "entry" and lang.removesuffix("-all") in authors:
            tallies[class_] = tallies.get(class_, Tally()) + Tally(*counts)
    return {class_: tally.f_score(1) for class_, tally in tallies.items()}


def test_no_class_drops_more_than_two_points_out_of_fold() -> None:
    # The same authors each time: figures on those that came later say nothing of a change.
    now = out_of_fold(RECORD["authors"])
    assert len(RECORD["f1"]) == len(CLASSES)
    assert {each: now[each] for each, before in RECORD["f1"].items() if now[each] < before - 0.02} == {}


def test_the_figures_are_those_of_the_file(model: LinearModel) -> None:
    assert TALLIES["data"] == model.about["data"]


def test_rounding_a_weight_costs_little_and_keeps_its_sign() -> None:
    weights = np.random.default_rng(1).normal(0, 0.3, (1000, len(CLASSES))).astype(np.float32)
    levels, largest = quantised(weights)
    roots = levels.astype(np.float32) / 127
    back = roots * np.abs(roots) * largest
    assert np.abs(back - weights).max() < 0.02
    assert (np.sign(back[np.abs(weights) > 0.01]) == np.sign(weights[np.abs(weights) > 0.01])).all()


def test_a_model_without_thresholds_changes_nothing(model: LinearModel, finders_alone: Detector) -> None:
    size = len(CLASSES)
    silent = replace(model, thresholds=np.full(size, np.inf, np.float32), doubts=np.full(size, -np.inf, np.float32))
    text = "Mme Dethier dort dans sa voiture. Elle souffre d'une dépression."
    assert Detector(with_model(finders_alone.finders, silent)).detect(text) == finders_alone.detect(text)


def test_a_word_said_twenty_times_is_no_surer_than_said_twice(model: LinearModel) -> None:
    judge = Judge(model, [])
    twice, often = (judge.verdicts(Passage(f"Il boit {'alcool ' * times}.", None)).scores for times in (2, 20))
    assert np.array_equal(twice, often)
