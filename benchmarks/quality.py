"""How good detection is: our dossiers and notes, out of fold by author, and public text that nobody here wrote.

python benchmarks/quality.py [--corpora FOLDER] [--write] [--record]

Prints Markdown; `--write` puts it into RESULTS.md between its markers, `--record` keeps the figures that the regression test
holds us to. The public corpora stay where they are; without them their tables are left out. It trains nothing: figures out of
fold come from the counts that `benchmarks/statistical/train.py` kept.
"""

from __future__ import annotations

import argparse
import json
import platform
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from os import getloadavg
from pathlib import Path

from quality_own import in_full, out_of_fold
from quality_public import NAMES, headline, public_tables, recorded

from discretio.detection import Detector, Evaluation, build_detector, evaluate
from discretio.detection.statistical import load_model
from discretio.domain.labelled import LabelledText
from discretio.policy_files.lexicon_files import load_lexicons
from discretio.resources import folder
from discretio.stores.samples.labelled import labelled_entries, labelled_sources

HERE = Path(__file__).parent
ROOT = HERE.parent
RESULTS = HERE / "RESULTS.md"
CORPORA = ROOT.parent / "shared" / "data" / "corpora"
RECORD = ROOT / "tests" / "detection" / "recorded_quality.json"
DOSSIERS = ROOT / "pipelines" / "discretio" / "stores" / "samples" / "dossiers.jsonl"
NOTES = HERE / "statistical" / "notes"
CARD = ROOT / "pipelines" / "discretio" / "detection" / "statistical" / "model.md"
TALLIES = HERE / "statistical" / "out_of_fold.json"
BEGIN, END = "<!-- quality:begin -->", "<!-- quality:end -->"


@dataclass(frozen=True)
class Configured:
    """A detector without the statistical layer and one with it, and how many terms both hold."""

    without: Detector
    with_layer: Detector
    entries: int


def configured() -> Configured:
    """Both configurations, as the product has them."""
    entries = load_lexicons(folder("policies") / "lexicons")
    return Configured(build_detector(entries), build_detector(entries, None, load_model()), len(entries))


def own_texts() -> dict[str, list[LabelledText]]:
    """The sample dossiers and all notes, by author."""
    return {path.stem: list(labelled_entries(path)) for path in [*sorted(NOTES.glob("*.jsonl")), DOSSIERS]}


def public(corpora: Path, detector: Detector) -> dict[str, Evaluation]:
    """The public corpora, by name."""
    folders = [corpora / name for name in NAMES if (corpora / name).is_dir()]
    return {name: evaluate(texts, detector) for name, texts in labelled_sources(folders).items()} if folders else {}


def tables(detectors: Configured, corpora: Path) -> Iterator[str]:
    """The whole section."""
    started = time.process_time()
    yield _configuration(detectors)
    yield from out_of_fold(json.loads(TALLIES.read_text(encoding="utf-8"))) if TALLIES.exists() else of_card()
    yield from in_full(own_texts(), detectors.without)
    yield from public_tables(public(corpora, detectors.without), public(corpora, detectors.with_layer))
    yield f"Measured in {time.process_time() - started:.0f} s of processor time.\n"


def of_card() -> Iterator[str]:
    """The figures out of fold as the card of the statistical layer has them, where the counts behind it were not kept."""
    figures = CARD.read_text(encoding="utf-8").split("\n## Macro-F1", 1)[1].split("\n## Limits", 1)[0]
    yield "### Dossiers and notes, out of fold by author\n"
    yield "As the card of the statistical layer tells them, for the lexicons and notes that it was trained with.\n"
    yield "#### Macro-F1" + figures.replace("\n## ", "\n#### ")


def _configuration(detectors: Configured) -> str:
    return (
        "Command: `python benchmarks/quality.py --write`. Configurations: *without* the statistical layer (lexicons, patterns, "
        f"names by context, qualifiers; {detectors.entries:,} terms) and *with* it. Detections from score 0.5 count; the "
        "language is not told, no name of a person is handed over, no model for names is installed. Intervals: Wilson, 95 %. "
        f"Machine: {platform.machine()}, Python {platform.python_version()}, load {getloadavg()[0]:.1f}. "
        "Of public corpora the development halves; what their labels mean to us, and what is left out, stands in "
        "`pipelines/discretio/stores/samples/corpora/public/`. Kinds of errors: `docs/detection-errors.md`.\n"
    )


def write(text: str) -> None:
    """Put the section between its markers."""
    whole = RESULTS.read_text(encoding="utf-8")
    if BEGIN not in whole:
        whole = f"{whole.rstrip()}\n\n## Quality of detection\n\n{BEGIN}\n{END}\n"
    before, rest = whole.split(BEGIN, 1)
    RESULTS.write_text(f"{before}{BEGIN}\n{text.strip()}\n{END}{rest.split(END, 1)[1]}", encoding="utf-8")


def own_figures(detector: Detector, authors: Iterable[str]) -> dict[str, float]:
    """F1 by class on the dossiers and notes of some authors."""
    texts = own_texts()
    return recorded(evaluate(chain.from_iterable(texts[author] for author in authors), detector))


def public_figures(corpora: Path, detector: Detector) -> dict[str, float]:
    """The headline figures on public corpora."""
    return headline(public(corpora, detector))


def record(detector: Detector, corpora: Path) -> None:
    """Keep the figures that may not drop by more than two points."""
    authors = sorted(own_texts())
    figures = {"authors": authors, "own": own_figures(detector, authors), "public": public_figures(corpora, detector)}
    RECORD.write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def main() -> None:
    """Measure, print, and keep if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=CORPORA)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--record", action="store_true")
    asked = parser.parse_args()
    detectors = configured()
    text = "\n".join(tables(detectors, asked.corpora))
    print(text)
    if asked.write:
        write(text)
    if asked.record:
        record(detectors.without, asked.corpora)


if __name__ == "__main__":
    main()
