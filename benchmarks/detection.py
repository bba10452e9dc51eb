"""Detection: megabytes a second on one core, and quality against labels; prints a Markdown table.

python benchmarks/detection.py --text FOLDER [--labelled FILE.jsonl ...] [--megabytes 5] [--beside-presidio]
"""

from __future__ import annotations

import argparse
import json
import platform
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from presidio_analyzer import AnalyzerEngine, PatternRecognizer, RecognizerRegistry

from discretio.detection import Detector, Evaluation, build_detector, evaluate
from discretio.detection.foreign import engine_of
from discretio.domain.labelled import HardNegative, LabelledSpan, LabelledText, Zone
from discretio.domain.lexicon import LANGUAGES, LexiconEntry
from discretio.policy_files.lexicon_files import load_lexicons
from discretio.resources import folder

PIECE = 64 * 1024
_LEFT_OUT = {"EmailRecognizer", "SpacyRecognizer"}  # the one asks the network, the other needs a model


def pieces(path: Path, megabytes: float) -> list[str]:
    """The beginning of a file in pieces of 64 Ki code points."""
    text = path.read_bytes()[: int(megabytes * 1e6)].decode("utf-8", "ignore")
    return [text[start : start + PIECE] for start in range(0, len(text), PIECE)]


def speed(detector: Detector, texts: list[str]) -> tuple[float, int]:
    """Megabytes of UTF-8 a second of processor time, and how many detections."""
    size = sum(len(text.encode()) for text in texts)
    before = time.process_time()
    found = sum(len(detector.detect(text).detections) for text in texts)
    return size / 1e6 / (time.process_time() - before), found


def labelled(path: Path) -> Iterator[LabelledText]:
    """The texts of a file of dossiers or of notes."""
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        for entry in record.get("entries", [record]):
            yield _text(entry)


def _text(entry: dict[str, Any]) -> LabelledText:
    return LabelledText(
        id=str(entry.get("entry_id", entry.get("id"))),
        lang=entry["lang"],
        text=entry["text"],
        spans=tuple(_span(span) for span in entry["spans"]),
        hard_negatives=tuple(_trap(trap) for trap in entry["hard_negatives"]),
        neutral_professional=tuple(Zone(zone["start"], zone["end"]) for zone in entry.get("neutral_professional", [])),
    )


def _span(span: dict[str, Any]) -> LabelledSpan:
    return LabelledSpan(
        span["start"], span["end"], span["cat"], tuple(span["alt_cats"]), tuple(span["flags"]),
        span["negated"], span["implicit"], span.get("about", "subject"),
    )  # fmt: skip


def _trap(trap: dict[str, Any]) -> HardNegative:
    tempting = trap["tempting"] if isinstance(trap["tempting"], list) else [trap["tempting"]]
    return HardNegative(trap["start"], trap["end"], tuple(int(each) for each in tempting if str(each).isdigit()))


def presidio_as_it_comes(texts: list[str]) -> float:
    """Megabytes a second of Presidio's predefined recognisers for French, without a model and without network."""
    registry = RecognizerRegistry(supported_languages=["fr"])
    registry.load_predefined_recognizers(languages=["fr"])
    registry.recognizers = [each for each in registry.recognizers if each.name not in _LEFT_OUT]
    return _analyzed(registry, texts)


def presidio_with_terms(entries: tuple[LexiconEntry, ...], texts: list[str]) -> float:
    """Megabytes a second of Presidio's own recognisers holding our terms as deny-lists."""
    registry = RecognizerRegistry(supported_languages=["fr"])
    for subject in sorted({entry.subject for entry in entries}):
        terms = sorted({entry.stem for entry in entries if entry.subject == subject})
        registry.add_recognizer(PatternRecognizer(subject.upper(), deny_list=terms, supported_language="fr"))
    return _analyzed(registry, texts)


def _analyzed(registry: RecognizerRegistry, texts: list[str]) -> float:
    engine = AnalyzerEngine(registry=registry, nlp_engine=engine_of({}), supported_languages=["fr"])
    engine.analyze("un mot", language="fr")
    size = sum(len(text.encode()) for text in texts)
    before = time.process_time()
    for text in texts:
        engine.analyze(text, language="fr")
    return size / 1e6 / (time.process_time() - before)


def beside_presidio(detector: Detector, entries: tuple[LexiconEntry, ...], path: Path) -> None:
    """The same French text through Presidio and through ours, in pieces of 4 KB, in one run."""
    text = "".join(pieces(path, 0.4))
    texts = [text[start : start + 4096] for start in range(0, len(text), 4096)]
    ours, _ = speed(detector, texts)
    print("\n| on the same French text in pieces of 4 KB | MB/s per core | ours is so many times faster |\n|---|---|---|")
    print(f"| Discretio, all recognisers | {ours:.2f} | 1 |")
    for name, theirs in (
        ("Presidio as it comes, without e-mail and model", presidio_as_it_comes(texts[:20])),
        (f"Presidio, {len(entries)} terms as deny-lists", presidio_with_terms(entries, texts[:4])),
    ):
        print(f"| {name} | {theirs:.4f} | {ours / theirs:.0f} |")


def quality_table(evaluation: Evaluation) -> None:
    """Entry-level figures over all languages, then the macro-F1 of each."""
    print("\n| class | support | precision | recall | F1 | F2 |\n|---|---|---|---|---|---|")
    for row in evaluation.rows():
        if row["lang"] == "all" and row["level"] == "entry":
            figures = " | ".join(f"{row[name]:.2f}" for name in ("precision", "recall", "f1", "f2"))
            print(f"| {row['class']} | {row['support']} | {figures} |")
    for lang in ("all", *LANGUAGES):
        print(f"macro-F1 over categories 1-15, {lang}: {evaluation.macro_f1(lang):.3f}")
    trap = evaluation.tallies.get(("span", "hard_negative", "all", "all"))
    if trap:
        print(f"false alarms on hard negatives: {trap.alarm_rate:.3f} of {trap.hits + trap.false_alarms}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--text", type=Path)
    parser.add_argument("--labelled", type=Path, nargs="*", default=[])
    parser.add_argument("--beside-presidio", action="store_true")
    parser.add_argument("--megabytes", type=float, default=1.0)
    asked = parser.parse_args()
    before = time.process_time()
    entries = load_lexicons(folder("policies") / "lexicons")
    loaded = time.process_time()
    detector = build_detector(entries)
    built = time.process_time()
    print(f"{platform.node()} {platform.processor()} python {platform.python_version()}; {len(entries)} entries")
    print(f"lexicons read in {loaded - before:.2f} s, compiled in {built - loaded:.2f} s\n")
    if asked.text:
        print("| file | MB/s per core | detections |\n|---|---|---|")
        for path in sorted(asked.text.glob("*.txt")):
            if path.name != "README.md":
                rate, found = speed(detector, pieces(path, asked.megabytes))
                print(f"| {path.name} | {rate:.2f} | {found} |")
    if asked.beside_presidio:
        beside_presidio(detector, entries, next(iter(sorted(asked.text.glob("fr*.txt")))))
    if asked.labelled:
        quality_table(evaluate((text for path in asked.labelled for text in labelled(path)), detector))


if __name__ == "__main__":
    main()
