"""Tables on our own dossiers and notes: out of fold by author, and in full."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from quality_cells import NONE, f_score, precision, recall, share, table

from discretio.detection import Detector, Evaluation, evaluate
from discretio.detection.evaluation import THRESHOLD
from discretio.detection.identifier_scoring import KINDS
from discretio.detection.tallies import Marked, Tally, claim, label
from discretio.domain.labelled import LabelledSpan, LabelledText
from discretio.domain.lexicon import LANGUAGES
from discretio.law.special_classes import CATEGORY_NUMBERS, Flag

GOALS = {"fr": 0.80, "nl": 0.80, "de": 0.70, "en": 0.70}
_CLASSES = [("category", f"{number:02d}") for number in CATEGORY_NUMBERS] + [("flag", flag.value) for flag in Flag]
_SHAPES = (
    ("email", (2,), re.compile(r"[\w.+\-]+@[\w\-]+\.\w")),
    ("ip_address", (2, 9, 16), re.compile(r"(?<!\d)\d{1,3}(?:\.\d{1,3}){3}(?!\d)")),
    ("iban", (1, 2, 5, 16), re.compile(r"(?<!\w)[A-Z]{2}\d\d(?: ?\d{4}){3}")),
    ("plate", (16, 9), re.compile(r"(?<!\w)\d-[A-Z]{3}-\d{3}(?!\w)")),
    ("national_number", (1,), re.compile(r"(?<!\d)\d\d[. ]?\d\d[. ]?\d\d[-/ ]?\d{3}[-. ]?\d\d(?!\d)")),
    (
        "birth_date",
        (1,),
        re.compile(
            r"\d{1,2}[./\- ]{1,2}\d{1,2}[./\- ]{1,2}\d{2,4}(?!\d)"
            r"|\d{1,2}\.? (?!b(?:ox|us|te) )[a-zäéèûô]{3,10}\.? \d{2,4}(?!\d)",
            re.IGNORECASE,
        ),
    ),
    ("phone", (2,), re.compile(r"(?:\d[ ./\-()]{0,2}){8,}")),
    ("address", (1,), re.compile(r"[A-Za-zÀ-ÿ]{3,} \d{1,4}(?!\d)")),
)
"""Kinds of identifiers that the shape of a labelled span tells: our labels name only its category."""


def out_of_fold(kept: Mapping[str, Any]) -> Iterator[str]:
    """What the training measured on authors that neither weights nor thresholds had seen."""
    figures = {name: Evaluation(_tallies(rows), kept["texts"][name]) for name, rows in kept["tallies"].items()}
    combined = figures["combined"]
    yield "### Dossiers and notes, out of fold by author (with the statistical layer)\n"
    yield (
        f"{combined.texts:,} texts, each judged by a layer that had seen nothing of its author. The lexicons are the "
        "exception: they were written with most of these notes at hand, so that both columns flatter.\n"
    )
    rows = [
        (lang, *(f"{each.macro_f1(lang):.3f}" for each in figures.values()), GOALS.get(lang, NONE))
        for lang in ("all", *LANGUAGES)
    ]
    rows += [
        (lang, *(f"{each.macro_f1(lang):.3f}" for each in figures.values()), GOALS.get(lang[-2:], NONE))
        for lang in _dossiers(combined)
    ]
    yield table(["macro-F1 over categories 1-15", *map(_called, figures), "goal"], rows)
    rows = [(author, *(f"{each.macro_f1(f'{author}-all'):.3f}" for each in figures.values())) for author in _authors(combined)]
    yield table(["held-out author", *map(_called, figures)], rows)
    yield from _by_class(combined)


def in_full(texts: Mapping[str, Sequence[LabelledText]], detector: Detector) -> Iterator[str]:
    """All dossiers and notes, without the statistical layer, which has learned from them."""
    each = {author: evaluate(written, detector) for author, written in texts.items()}
    ours = _together(each.values())
    yield "### Dossiers and notes in full (without the statistical layer)\n"
    yield f"{ours.texts:,} texts. In sample for the lexicons, which were written with most of these texts at hand.\n"
    rows = [(lang, f"{ours.macro_f1(lang):.3f}", f"{each['dossiers'].macro_f1(lang):.3f}") for lang in ("all", *LANGUAGES)]
    yield table(["macro-F1 over categories 1-15", "dossiers and notes", "dossiers alone"], rows)
    yield table(["author", "texts", "macro-F1"], [(name, said.texts, f"{said.macro_f1():.3f}") for name, said in each.items()])
    yield from _by_class(ours)
    yield "Identifiers, by the kind that the shape of a labelled span tells (goal: recall 99, precision 98):\n"
    found = _identifiers([text for written in texts.values() for text in written], detector)
    rows = [(kind, tally.support, precision(tally), recall(tally)) for kind, tally in found.items()]
    yield table(["kind", "labels", "precision %", "recall %"], rows)


def _together(evaluations: Iterable[Evaluation]) -> Evaluation:
    tallies: dict[Marked, Tally] = {}
    texts = 0
    for evaluation in evaluations:
        texts += evaluation.texts
        for marked, tally in evaluation.tallies.items():
            tallies[marked] = tallies.get(marked, Tally()) + tally
    return Evaluation(tallies, texts)


def _called(name: str) -> str:
    return {"finders": "without", "combined": "with", "model": "words alone"}[name]


def _tallies(rows: Iterable[list[Any]]) -> dict[Marked, Tally]:
    return {(level, measure, class_, lang): Tally(*counts) for level, measure, class_, lang, *counts in rows}


def _dossiers(figures: Evaluation) -> list[str]:
    return [
        f"dossiers-{lang}" for lang in ("all", *LANGUAGES) if ("entry", "category", "01", f"dossiers-{lang}") in figures.tallies
    ]


def _authors(figures: Evaluation) -> list[str]:
    return sorted({lang.removesuffix("-all") for *_, lang in figures.tallies if lang.endswith("-all")})


def _by_class(figures: Evaluation) -> Iterator[str]:
    tallies = figures.tallies
    rows: list[tuple[object, ...]] = []
    for measure, class_ in _CLASSES:
        entry = tallies.get(("entry", measure, class_, "all"), Tally())
        span = tallies.get(("span", measure, class_, "all"), Tally())
        by_lang = [f_score(tallies.get(("entry", measure, class_, lang), Tally()), 1) for lang in LANGUAGES]
        apart = [recall(tallies.get(("span", f"{measure}_{kind}", class_, "all"), Tally())) for kind in ("negated", "implicit")]
        rows.append((class_, entry.support, precision(entry), recall(entry), f_score(entry, 1), f_score(entry, 2), *by_lang,
                     precision(span), recall(span), *apart))  # fmt: skip
    yield table(
        ["class", "entries", "precision %", "recall %", "F1", "F2", *(f"F1 {lang}" for lang in LANGUAGES), "span precision %",
         "span recall %", "negated, recall %", "implicit, recall %"],
        rows,
    )  # fmt: skip
    yield from _traps_and_qualifiers(tallies)


def _traps_and_qualifiers(tallies: Mapping[Marked, Tally]) -> Iterator[str]:
    rows: list[tuple[object, ...]] = []
    for lang in ("all", *LANGUAGES):
        trap = tallies.get(("span", "hard_negative", "all", lang), Tally())
        said = [tallies.get(("span", "qualifier_agreement", name, lang), Tally()) for name in ("negated", "about")]
        negated = tallies.get(("span", "qualifier", "negated", lang), Tally())
        resisted = trap.hits + trap.false_alarms
        rows.append(
            (lang, resisted, share(trap.false_alarms, resisted), *map(recall, said), precision(negated), recall(negated))
        )
    yield table(
        ["", "hard negatives", "fallen for %, goal 5", "negated: agreement %", "about: agreement %", "negated: precision %",
         "negated: recall %"],
        rows,
    )  # fmt: skip


def _identifiers(texts: Sequence[LabelledText], detector: Detector) -> dict[str, Tally]:
    """Labels whose shape tells a kind must be found as that kind; what is claimed must be labelled with a fitting category."""
    tallies = {kind: Tally() for kind, _, _ in _SHAPES} | {"all": Tally()}
    for text in texts:
        found = [each for each in detector.detect(text.text).detections if each.score >= THRESHOLD]
        for kind, categories, _ in _SHAPES:
            claims = [each for each in found if each.type in KINDS[kind]]
            gained = Tally()
            for span in text.spans:
                if _kind(span, text.text) == kind:
                    gained += label(met=any(each.start < span.end and span.start < each.end for each in claims))
            fitting = [span for span in text.spans if {span.category, *span.alternatives}.intersection(categories)]
            for each in claims:
                gained += claim(met=any(each.start < span.end and span.start < each.end for span in fitting))
            tallies[kind] += gained
            tallies["all"] += gained
    return tallies


def _kind(span: LabelledSpan, text: str) -> str:
    said = text[span.start : span.end]
    return next((kind for kind, categories, shape in _SHAPES if span.category in categories and shape.search(said)), "")
