"""The model's card: what it is, what it was learned from, how good it is on authors that it has not seen, and its limits."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from pathlib import Path

import numpy as np
from figures import Measured

from discretio.detection import Detector, evaluate
from discretio.detection.statistical.model import CLASSES, LinearModel
from discretio.domain.lexicon import LANGUAGES
from discretio.law.special_classes import Flag
from discretio.stores.samples.labelled import labelled_entries

SLICE = 150
"""The texts of `minutes.jsonl` on which the shipped file's figure can be checked in a second."""
_LANGS = ("all", *LANGUAGES, *(f"dossiers-{lang}" for lang in ("all", *LANGUAGES)))
_TITLES = {"finders": "finders alone", "model": "words alone", "combined": "combined"}

HEAD = """# The statistical layer: model card

Made by `python benchmarks/statistical/train.py`, which writes this file and `model.npz` beside it.

**What it is.** One linear judge (logistic regression, L2) for each of the 16 categories and 12 flags, over sentences. It
sees hashed words, pairs of neighbouring words and three to five letters within words ({bits} bits, case and accents folded,
all digits alike), weighted by rarity, and what the other finders found in the sentence (per class: surely, or weakly). It
speaks where no finder did, and doubts a finder's detection where its threshold says so; a number proven by checksum is never
doubted.

**What it was learned from.** {texts} labelled texts (2,320 notes by twelve authors in `benchmarks/statistical/notes/`, and
the 463 entries of the sample dossiers by a thirteenth), {instances} instances: sentences, and at half weight the labelled
spans and the stretches that only look sensitive. All persons are invented. Half of the finders' evidence is hidden while
learning, since the lexicons were written beside these notes.

**How the figures were made.** Out of fold by author: each text is judged by weights and thresholds of the twelve other
authors (notes that mirror one another stand in one author's file). The lexicons are the exception: they were written with
these notes at hand, so that every column that uses them flatters. Thresholds are chosen for F1 at entry level, for the seven
special classes with a goal less half of what lacks to a precision of 0.80. A class that gains less than half a point, or
gains nothing in the table below, and names and contact details, keep their
finders alone in the file (speaks: no); the table shows what was tried.
"""
LIMITS = """
## Limits

* Thirteen authors, one labelling pass each; borders 6/11/14, 5/8, 7/8, 9/11 and 4/15 are soft, and German and English are thin.
* The notes are dense: real files hold more sentences without any datum, where a model raises more false alarms than here.
* It knows words, not meaning: negation, irony and whose datum it is are beyond it. It says
  `about: subject`, and `negated` only where another finder's detection within is.
* Its score is a half at the threshold and rises with the probability; it is no frequency measured in the field.
* It leans on the finders as they were when it was trained: train again when the lexicons have changed much.
* The same data give the same file on the same machine; another linear-algebra library may change the last digits.
"""


def slice_figure(detector: Detector) -> float:
    """Macro-F1 of a detector on the slice; in sample, only to check that file and code still fit together."""
    notes = Path(__file__).with_name("notes") / "minutes.jsonl"
    return evaluate(islice(labelled_entries(notes), SLICE), detector).macro_f1()


def card_of(model: LinearModel, figures: Mapping[str, Measured]) -> str:
    """The card in Markdown."""
    names = [name for name in _TITLES if name in figures]
    parts = [HEAD.format(bits=model.bits, **model.about), _macro_table(figures, names), _class_table(model, figures, names)]
    return "\n".join([*parts, LIMITS])


def _macro_table(figures: Mapping[str, Measured], names: list[str]) -> str:
    lines = ["## Macro-F1 over categories 1-15, entry level, out of fold by author\n"]
    lines += ["| texts in | " + " | ".join(_TITLES[name] for name in names) + " |", "|---" * (len(names) + 1) + "|"]
    for lang in _LANGS:
        lines.append(f"| {lang} | " + " | ".join(f"{figures[name].macro_f1(lang):.3f}" for name in names) + " |")
    traps = [figures[name].tallies.get(("span", "hard_negative", "all", "all")) for name in names]
    rates = [f"{trap.alarm_rate:.3f}" if trap and name != "model" else "-" for name, trap in zip(names, traps, strict=True)]
    lines.append("| false alarms on hard negatives | " + " | ".join(rates) + " |")
    return "\n".join(lines) + "\n"


def _class_table(model: LinearModel, figures: Mapping[str, Measured], names: list[str]) -> str:
    lines = ["## Precision / recall / F1 by class, entry level, all languages, out of fold by author\n"]
    lines += ["| class | support | " + " | ".join(_TITLES[name] for name in names) + " | speaks | doubts |"]
    lines += ["|---" * (len(names) + 4) + "|"]
    for column, class_ in enumerate(CLASSES):
        tallies = [figures[name].of(class_) for name in names]
        cells = [f"{each.precision:.2f} / {each.recall:.2f} / {each.f_score(1):.2f}" for each in tallies]
        speaks = "from " + f"{model.thresholds[column]:.2f}" if np.isfinite(model.thresholds[column]) else "no"
        doubts = "below " + f"{model.doubts[column]:.2f}" if np.isfinite(model.doubts[column]) else "no"
        name = class_.value if isinstance(class_, Flag) else f"{class_}"
        lines.append(f"| {name} | {tallies[0].support} | " + " | ".join(cells) + f" | {speaks} | {doubts} |")
    return "\n".join(lines) + "\n"
