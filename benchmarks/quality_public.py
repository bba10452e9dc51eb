"""Tables on public corpora, and the headline figures that the regression test holds us to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from quality_cells import NONE, f_score, precision, recall, share, table

from discretio.detection import Evaluation
from discretio.detection.tallies import Tally
from discretio.domain.lexicon import LANGUAGES
from discretio.stores.samples.corpora.registry import corpus_of

NAMES = (
    "hatecheck", "quaero_fr", "grascco_phi", "tab", "clinlp_qualifiers_nl", "eds_pseudo", "echr_fr", "deduce_cases_nl",
    "presidio_synth", "support_tickets", "ehri_ner", "germeval2014", "legal_ner_de",
)  # fmt: skip
"""What is measured. Newspapers of 1800 to 1950, misread by machine, are readable too and left out: they are no dossiers."""
_VOCABULARY = ("ethnic_origin", "religious_philosophical", "sex_life_orientation", "health")
_HEALTH = (("quaero_fr", "entry", "health"), ("quaero_fr", "span", "health"), ("grascco_phi", "entry", "health"))
_CONFIDENTIAL = ("HEALTH", "ETHNIC", "POLITICS", "BELIEF", "SEX")
_QUALIFIERS = ("negated", "hedged", "past", "about")


def public_tables(without: Mapping[str, Evaluation], with_layer: Mapping[str, Evaluation]) -> Iterator[str]:
    """All tables that the corpora at hand allow."""
    yield "### Public text\n"
    if "hatecheck" in without:
        yield from _hatecheck(without["hatecheck"], with_layer["hatecheck"])
    yield from _health(without, with_layer)
    if "tab" in without:
        yield from _tab(without["tab"], with_layer["tab"])
    if "clinlp_qualifiers_nl" in without:
        yield from _qualifiers(without["clinlp_qualifiers_nl"])
    yield from _identifiers(without)


def recorded(evaluation: Evaluation) -> dict[str, float]:
    """F1 at entry level by class, over all languages."""
    return {
        class_: round(tally.f_score(1), 3)
        for (level, measure, class_, lang), tally in sorted(evaluation.tallies.items())
        if (level, lang) == ("entry", "all") and measure in {"category", "flag"} and tally.support
    }


def headline(evaluations: Mapping[str, Evaluation]) -> dict[str, float]:
    """Recall of special classes, F1 of identifiers and agreement of qualifiers, where a corpus holds at least thirty labels."""
    figures = {}
    for name, evaluation in evaluations.items():
        for (level, measure, class_, lang), tally in sorted(evaluation.tallies.items()):
            if tally.support < 30 or lang == "all":
                continue
            if (level, measure) == ("entry", "flag") or measure == "qualifier_agreement":
                figures[f"{name}/{measure}/{class_}/{lang}"] = round(tally.recall, 3)
            elif measure == "identifier":
                figures[f"{name}/{measure}/{class_}/{lang}"] = round(tally.f_score(1), 3)
    return figures


def _about(name: str) -> str:
    corpus = corpus_of(name)
    return f"**{name}.** {corpus.about}\n" if corpus else ""


def _hatecheck(without: Evaluation, with_layer: Evaluation) -> Iterator[str]:
    yield _about("hatecheck")
    yield "Recall per class and language, % (goal 90), in sentences that name a group, the misspelled among them:\n"
    rows = [
        (class_, called, *(recall(said.tallies.get(("entry", "flag", class_, lang), Tally())) for lang in LANGUAGES))
        for class_ in _VOCABULARY
        for called, said in (("without", without), ("with", with_layer))
    ]
    yield table(["class", "statistical layer", *LANGUAGES], rows)
    rows = [
        (word, *(recall(without.tallies.get(("span", "their_label", word, lang), Tally())) for lang in LANGUAGES))
        for word in sorted({class_ for _, measure, class_, _ in without.tallies if measure == "their_label"})
    ]
    yield table(["their group (without the layer)", *LANGUAGES], rows)
    rows = []
    for called, said in (("without", without), ("with", with_layer)):
        traps = [said.tallies.get(("span", "hard_negative", "all", lang), Tally()) for lang in LANGUAGES]
        rows.append((called, *(share(trap.false_alarms, trap.hits + trap.false_alarms) for trap in traps)))
    yield table(["false alarms on sentences about nobody, % (goal 3)", *LANGUAGES], rows)


def _health(without: Mapping[str, Evaluation], with_layer: Mapping[str, Evaluation]) -> Iterator[str]:
    names = [name for name in ("quaero_fr", "grascco_phi") if name in without]
    yield from map(_about, names)
    rows: list[tuple[object, ...]] = []
    for name, level, class_ in _HEALTH:
        for called, said in (("without", without), ("with", with_layer)):
            tally = said[name].tallies.get((level, "flag", class_, "all"), Tally()) if name in said else Tally()
            if tally.support:
                rows.append((name, level, called, tally.support, precision(tally), recall(tally), f_score(tally, 1)))
    yield table(["corpus, health", "level", "statistical layer", "support", "precision %", "recall %", "F1"], rows)
    if "quaero_fr" in without:
        labels = {class_: tally for (_, measure, class_, lang), tally in without["quaero_fr"].tallies.items()
                  if measure == "their_label" and lang == "all"}  # fmt: skip
        yield table(["quaero_fr, their label", "support", "met by a detection of health, %"],
                    [(word, tally.support, recall(tally)) for word, tally in sorted(labels.items())])  # fmt: skip


def _tab(without: Evaluation, with_layer: Evaluation) -> Iterator[str]:
    yield _about("tab")
    rows = [
        (word, tally.support, recall(tally), recall(with_layer.tallies[("span", "their_label", word, "all")]))
        for word in _CONFIDENTIAL
        if (tally := without.tallies.get(("span", "their_label", word, "all")))
    ]
    yield table(["tab, confidential spans", "support", "recall without the layer, %", "with it, %"], rows)


def _qualifiers(without: Evaluation) -> Iterator[str]:
    yield _about("clinlp_qualifiers_nl")
    rows = []
    for name in _QUALIFIERS:
        agreed = without.tallies.get(("span", "qualifier_agreement", name, "all"), Tally())
        said = without.tallies.get(("span", "qualifier", name, "all"), Tally())
        rows.append((name, agreed.support, recall(agreed), said.support or NONE, precision(said), recall(said)))
    yield table(["qualifier", "findings met", "agreement %", "so labelled", "precision %", "recall %"], rows)


def _identifiers(without: Mapping[str, Evaluation]) -> Iterator[str]:
    rows = [
        (name, lang, class_, tally.support, precision(tally), recall(tally), f_score(tally, 1))
        for name in NAMES
        if name in without
        for (_, measure, class_, lang), tally in sorted(without[name].tallies.items())
        if measure == "identifier" and lang != "all"
    ]
    yield "Identifiers and names (without the layer, which leaves them alone; names by context only, no model for names):\n"
    yield table(["corpus", "lang", "kind", "support", "precision %", "recall %", "F1"], rows)
