"""Figures out of fold: the tallies of an evaluation, added up over authors."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple, replace

import numpy as np
from calibration import Entries, calibrated, present
from corpus import Written

from discretio.detection import Detector, Evaluation, evaluate
from discretio.detection.evaluation import THRESHOLD
from discretio.detection.scoring import Marked, Tally, score_text
from discretio.detection.statistical.evidence import evidence_of
from discretio.detection.statistical.model import CLASSES
from discretio.detection.statistical.units import units_of
from discretio.domain.detections import About, Detection, Evidence
from discretio.law.special_classes import Flag


class Measured(Evaluation):
    """An evaluation that can be added to another, and that knows the mean over authors."""

    def __init__(self, tallies: dict[Marked, Tally] | None = None, texts: int = 0) -> None:
        super().__init__(tallies or {}, texts)

    def __add__(self, other: Evaluation) -> Measured:
        keys = {*self.tallies, *other.tallies}
        together = {key: self.tallies.get(key, Tally()) + other.tallies.get(key, Tally()) for key in keys}
        return Measured(together, self.texts + other.texts)

    def of(self, class_: int | Flag) -> Tally:
        """The tally of a class at entry level, over all languages."""
        measure = "flag" if isinstance(class_, Flag) else "category"
        return self.tallies.get(("entry", measure, _name(class_), "all"), Tally())

    def traps(self, class_: int | Flag) -> Tally:
        """The hard negatives that tempt to a class: those fallen for are false alarms."""
        return self.tallies.get(("span", "hard_negative", _name(class_), "all"), Tally())

    def disturbed(self, name: str) -> Tally:
        """The sentences of neutral text: those in which a class (by its name, or `all`) is found are false alarms."""
        return self.tallies.get(("span", "neutral", name, "all"), Tally())

    def f1(self, class_: int | Flag) -> float:
        """Its F1."""
        return self.of(class_).f_score(1)


def _name(class_: int | Flag) -> str:
    return class_.value if isinstance(class_, Flag) else f"{class_:02d}"


def judged_each(texts: Sequence[Written], detector: Detector) -> list[Evaluation]:
    """A detector over texts, one by one."""
    return [
        _disturbed(text, detector.detect(text.item.text).detections) if text.neutral else evaluate([text.item], detector)
        for text in texts
    ]


def finders_each(texts: Sequence[Written]) -> list[Evaluation]:
    """The finders without a model, from what they said already."""
    return [_disturbed(text, text.found) if text.neutral else _scored(text, text.found) for text in texts]


def _disturbed(text: Written, found: Sequence[Detection]) -> Evaluation:
    """Of the sentences of a neutral text, those in which a class is found, and those in which it rightly is not."""
    starts, ends = units_of(text.item.text)
    strong = [each for each in found if each.score >= THRESHOLD]
    held = evidence_of(strong, starts, ends)[:, : len(CLASSES)].astype(np.bool_)
    columns = {_name(class_): held[:, column] for column, class_ in enumerate(CLASSES)} | {"all": held.any(axis=1)}
    return Evaluation(
        {
            ("span", "neutral", name, lang): Tally(hits=int((~each).sum()), false_alarms=int(each.sum()))
            for name, each in columns.items()
            for lang in (text.item.lang, "all")
        },
        0,
    )


def together(texts: Sequence[Written], each: Sequence[Evaluation]) -> Measured:
    """All of them; told once more by author, those of the dossiers by language too: dossiers-fr and so on."""
    total = Measured()
    for text, one in zip(texts, each, strict=True):
        total += Evaluation(_by_source(one, text.author), one.texts)
    return total


def measure_presence(texts: Sequence[Written], entries: Entries) -> Measured:
    """Words alone, without any finder: entry-level figures only, thresholds from the other authors."""
    alone = replace(entries, believed=np.full_like(entries.believed, -np.inf), fallen=np.full_like(entries.fallen, -np.inf))
    total = Measured()
    for author in sorted(set(entries.author.tolist())):
        own = entries.author == author
        said = present(alone, calibrated(alone, ~own), own)
        for text, row in zip([each for each in texts if each.author == author], said, strict=True):
            if text.neutral:
                continue
            one = _scored(text, [_said(column) for column in np.flatnonzero(row).tolist()])
            total += Evaluation(_by_source(one, text.author), 1)
    return total


def _said(column: int) -> Detection:
    class_ = CLASSES[column]
    category, flags = (None, (class_,)) if isinstance(class_, Flag) else (class_, ())
    return Detection(0, 0, category, flags, "MODEL", "", 1.0, False, About.SUBJECT, Evidence.MODEL, "")  # noqa: FBT003 - a field


def _scored(text: Written, found: Sequence[Detection]) -> Evaluation:
    tallies: dict[Marked, Tally] = {}
    for (level, measure, class_), gained in score_text(text.item, [each for each in found if each.score >= THRESHOLD]):
        for lang in (text.item.lang, "all"):
            key = (level, measure, class_, lang)
            tallies[key] = tallies.get(key, Tally()) + gained
    return Evaluation(tallies, 1)


def _by_source(whole: Evaluation, author: str) -> dict[Marked, Tally]:
    """The tallies, told once more under the author's name: all languages together, and each one of the dossiers."""
    twice = {
        (level, measure, class_, f"{author}-{lang}"): tally
        for (level, measure, class_, lang), tally in whole.tallies.items()
        if lang == "all" or author == "dossiers"
    }
    return {**whole.tallies, **twice}


def as_json(figures: Mapping[str, Evaluation], data: str) -> str:
    """The tallies behind the card, so that tables and intervals can be made without training again.

    Args:
        figures: what was measured, by name.
        data: the digest of what was learned from.
    """
    tallies = {
        name: [[*marked, *astuple(tally)] for marked, tally in sorted(measured.tallies.items()) if _kept(marked)]
        for name, measured in figures.items()
    }
    texts = {name: measured.texts for name, measured in figures.items()}
    return json.dumps({"data": data, "texts": texts, "tallies": tallies}).replace("], [", "],\n[") + "\n"


def _kept(marked: Marked) -> bool:
    """Spans by language only; by author and within the dossiers, whether a class is present."""
    level, _, _, lang = marked
    return "-" not in lang or level == "entry"
