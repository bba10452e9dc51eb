"""How good a detector is: what it says of labelled text against the labels, per category, flag and language.

At entry level the question is whether a class is present in a text; at span level, whether a detection overlaps a label.
Zones of professionals in role are left out; hard negatives give the false-alarm rate; negated and implicit data are told apart;
qualifiers are judged on the labels that were found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import sqrt
from typing import Any

from discretio.detection.detector import Detector
from discretio.detection.scoring import score_text
from discretio.detection.tallies import Marked, Tally
from discretio.domain.labelled import LabelledText

THRESHOLD = 0.5
_Z95 = 1.959964
MACRO = range(1, 16)
"""The categories that the mean F1 is taken over: all but the last, which holds the rest."""
_LABELS_ALONE = ("_negated", "_implicit", "their_label")
"""Measures of what becomes of labels, where a detection has no class to be a false alarm of."""


def wilson(hits: int, total: int) -> tuple[float, float]:
    """The 95 % Wilson interval of a share; (0, 1) when there is nothing to go by."""
    if total == 0:
        return 0.0, 1.0
    share, z2 = hits / total, _Z95 * _Z95
    centre = (share + z2 / (2 * total)) / (1 + z2 / total)
    half = _Z95 * sqrt(share * (1 - share) / total + z2 / (4 * total * total)) / (1 + z2 / total)
    return max(0.0, centre - half), min(1.0, centre + half)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Tallies by (level, measure, class, language); language `all` adds them up.

    Attributes:
        tallies: counts of hits, misses and false alarms.
        texts: how many texts were read.
    """

    tallies: dict[Marked, Tally]
    texts: int

    def rows(self) -> list[dict[str, Any]]:
        """One row per level, class and language, in a steady order, ready for a table."""
        rows = [_row(marked, self.tallies[marked]) for marked in sorted(self.tallies)]
        return rows + [self._macro_row(lang) for lang in sorted({lang for *_, lang in self.tallies}) if self._is_wide(lang)]

    def _is_wide(self, lang: str) -> bool:
        """Most of the categories are labelled, so that a mean over them says something."""
        labelled = [self.tallies.get(("entry", "category", f"{number:02d}", lang)) for number in MACRO]
        return sum(tally is not None and tally.support > 0 for tally in labelled) > len(MACRO) // 2

    def _macro_row(self, lang: str) -> dict[str, Any]:
        return {"level": "entry", "measure": "macro_f1", "class": "01-15", "lang": lang, "f1": self.macro_f1(lang)}

    def macro_f1(self, lang: str = "all", categories: Iterable[int] = MACRO) -> float:
        """The mean entry-level F1 over the categories that the labels hold."""
        tallies = [self.tallies.get(("entry", "category", f"{number:02d}", lang)) for number in categories]
        values = [tally.f_score(1) for tally in tallies if tally is not None and tally.support]
        return sum(values) / len(values) if values else 0.0


def evaluate(labelled: Iterable[LabelledText], detector: Detector, threshold: float = THRESHOLD) -> Evaluation:
    """Measure a detector.

    Args:
        labelled: texts with their labels.
        detector: asked without telling it the language or any name.
        threshold: detections with a lower score don't count.
    """
    tallies: dict[Marked, Tally] = {}
    texts = 0
    for item in labelled:
        texts += 1
        found = [each for each in detector.detect(item.text).detections if each.score >= threshold]
        for (level, measure, class_), gained in score_text(item, found):
            for lang in (item.lang, "all"):
                key = (level, measure, class_, lang)
                tallies[key] = tallies.get(key, Tally()) + gained
    return Evaluation(tallies, texts)


def _row(marked: Marked, tally: Tally) -> dict[str, Any]:
    level, measure, class_, lang = marked
    row: dict[str, Any] = {"level": level, "measure": measure, "class": class_, "lang": lang, "support": tally.support}
    if measure == "hard_negative":
        row["support"] = tally.hits + tally.false_alarms
        return {**row, **dict(_share("false_alarm_rate", tally.false_alarms, row["support"]))}
    if measure == "qualifier_agreement":
        return {**row, **dict(_share("accuracy", tally.hits, tally.support))}
    if measure.endswith(_LABELS_ALONE):
        return {**row, **dict(_share("recall", tally.hits, tally.support))}
    return {**row, **_figures(tally)}


def _figures(tally: Tally) -> dict[str, Any]:
    """Precision, and what rests on it, is None where no detection was judged: none was made, or the labels are incomplete."""
    figures = dict(_share("precision", tally.hits_of_found, tally.found))
    figures.update(_share("recall", tally.hits, tally.support))
    unknown = not tally.found and (tally.hits or not tally.support)
    figures.update({name: None if unknown else tally.f_score(beta) for name, beta in (("f1", 1), ("f2", 2))})
    return figures


def _share(name: str, hits: int, total: int) -> Iterator[tuple[str, float | None]]:
    """A share and the bounds of its interval; all None of nothing."""
    low, high = wilson(hits, total)
    stem = name.removesuffix("_rate")
    yield name, hits / total if total else None
    yield f"{stem}_low", low if total else None
    yield f"{stem}_high", high if total else None
