"""Detection: megabytes a second on one core, memory, cold start, beside Presidio; a Markdown table, kept in RESULTS.md.

python benchmarks/detection.py [--data ../shared/data] [--write] [--without-long]

Everything is measured in seconds of processor time of one thread, the best of three, so that a busy machine distorts it less;
cold starts also in seconds on the clock.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from kept_tables import keep
from presidio_analyzer import AnalyzerEngine, Pattern, PatternRecognizer, RecognizerRegistry

from discretio.detection import Detector, build_detector
from discretio.detection.foreign import engine_of
from discretio.detection.patterns import PatternFinder
from discretio.detection.statistical import load_model
from discretio.domain.lexicon import LexiconEntry
from discretio.policy_files.lexicon_files import load_lexicons
from discretio.resources import folder

PIECE, FRENCH = 64 * 1024, 4_096
MEGABYTES, LONG = 1.2, (1, 10, 50, 200)
_LEFT_OUT = {"EmailRecognizer", "SpacyRecognizer"}  # the one asks the network, the other needs a model
Line = Callable[[str], None]


def size_of(texts: Iterable[str]) -> float:
    """Megabytes of UTF-8."""
    return sum(len(text.encode()) for text in texts) / 1e6


def pieces(path: Path, length: int, megabytes: float) -> list[str]:
    """The beginning of a file in pieces of so many code points."""
    text = path.read_bytes()[: int(megabytes * 1e6)].decode("utf-8", "ignore")
    return [text[start : start + length] for start in range(0, len(text), length)]


def seconds(work: Callable[[], object], times: int = 3) -> float:
    """The least processor time that some work takes."""
    taken = []
    for _ in range(times):
        before = time.process_time()
        work()
        taken.append(time.process_time() - before)
    return min(taken)


def speed(detector: Detector, texts: Sequence[str]) -> float:
    """Megabytes a second, one text at a time."""
    return size_of(texts) / seconds(lambda: [detector.detect(text) for text in texts])


def speed_together(detector: Detector, texts: Sequence[str]) -> float:
    """Megabytes a second of the path that a scan takes for short texts."""
    return size_of(texts) / seconds(lambda: list(detector.detect_many((text, ()) for text in texts)))


def entries_of(path: Path) -> list[str]:
    """The texts of the entries of a file of dossiers."""
    return [entry["text"] for line in path.read_text(encoding="utf-8").splitlines() for entry in json.loads(line)["entries"]]


def presidio(recognisers: RecognizerRegistry, texts: Sequence[str]) -> float:
    """Megabytes a second of Presidio's engine over a registry."""
    engine = AnalyzerEngine(registry=recognisers, nlp_engine=engine_of({}), supported_languages=["fr"])
    engine.analyze("un mot", language="fr")
    return size_of(texts) / seconds(lambda: [engine.analyze(text, language="fr") for text in texts], times=1)


def as_it_comes() -> RecognizerRegistry:
    """Presidio's predefined recognisers for French, without a model and without network."""
    registry = RecognizerRegistry(supported_languages=["fr"])
    registry.load_predefined_recognizers(languages=["fr"])
    registry.recognizers = [each for each in registry.recognizers if each.name not in _LEFT_OUT]
    return registry


def with_our_terms(entries: Sequence[LexiconEntry], finders: Iterable[object]) -> RecognizerRegistry:
    """Presidio's own recognisers with our terms as deny-lists and our patterns as patterns."""
    registry = RecognizerRegistry(supported_languages=["fr"])
    for subject in sorted({entry.subject for entry in entries}):
        terms = sorted({entry.stem for entry in entries if entry.subject == subject})
        registry.add_recognizer(PatternRecognizer(subject.upper(), deny_list=terms, supported_language="fr"))
    for finder in finders:
        if isinstance(finder, PatternFinder):
            found = Pattern(finder.name, finder.pattern.pattern, 0.5)
            registry.add_recognizer(PatternRecognizer(finder.types[0], patterns=[found], supported_language="fr"))
    return registry


def running_text(detectors: Sequence[Detector], data: Path, say: Line) -> None:
    """Every file of running text, and the entries of the dossiers, without and with the statistical layer."""
    say("| text | MB | MB/s per core | with the statistical layer |")
    say("|---|---:|---:|---:|")
    for path in sorted((data / "speed").glob("*.txt")):
        texts = pieces(path, PIECE, MEGABYTES)
        rates = " | ".join(f"{speed(detector, texts):.1f}" for detector in detectors)
        say(f"| {path.name}, in pieces of 64 Ki | {size_of(texts):.1f} | {rates} |")
    texts = entries_of(data / "dossiers" / "dossiers.jsonl")
    for name, measure in (("one by one", speed), ("together (`detect_many`)", speed_together)):
        rates = " | ".join(f"{measure(detector, texts):.1f}" for detector in detectors)
        say(f"| {len(texts)} entries of dossiers, {name} | {size_of(texts):.1f} | {rates} |")


def beside_presidio(detector: Detector, entries: Sequence[LexiconEntry], data: Path, say: Line) -> None:
    """The same French text through Presidio and through ours."""
    texts = pieces(data / "speed" / "fr_code_civil.txt", FRENCH, 0.4)
    ours = speed_together(detector, texts)
    say("| on the same French text, in pieces of 4 Ki | MB/s per core | ours is so many times as fast |")
    say("|---|---:|---:|")
    say(f"| Discretio, no statistical layer | {ours:.2f} | |")
    for name, registry, some in (
        ("Presidio as it comes, without e-mail and model", as_it_comes(), texts[:20]),
        (f"Presidio, our {len(entries):,} terms and our patterns", with_our_terms(entries, detector.finders), texts[:4]),
    ):
        theirs = presidio(registry, some)
        say(f"| {name} | {theirs:.4f} | {ours / theirs:.0f} |")


def cold_starts(say: Line) -> None:
    """What a command costs before it does anything."""
    command = Path(sys.executable).with_name("discretio")
    with tempfile.TemporaryDirectory() as home:
        one = Path(home, "one.jsonl")
        one.write_text('{"id": 1, "text": "Elle est en dépression."}\n', encoding="utf-8")
        say("| cold start | seconds of processor | seconds on the clock |")
        say("|---|---:|---:|")
        for words in (["--help"], ["detect", "--jsonl", str(one)]):
            taken = [_started([str(command), *words], home) for _ in range(3)]
            processor, clock = min(each[0] for each in taken), min(each[1] for each in taken)
            say(f"| `discretio {words[0]}` | {processor:.2f} | {clock:.2f} |")


def _started(command: list[str], home: str) -> tuple[float, float]:
    before, clock = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, capture_output=True, check=True, env={**os.environ, "DISCRETIO_HOME": home})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, time.perf_counter() - clock


def long_texts(data: Path, say: Line) -> None:
    """One text of 1 to 200 MB as a stream, each in a process of its own, with the statistical layer."""
    say("| one text of | MB/s per core | detections | most memory of the process |")
    say("|---|---:|---:|---:|")
    for megabytes in LONG:
        command = [sys.executable, __file__, "--data", str(data), "--stream", str(megabytes)]
        told = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
        say(f"| {megabytes} MB | {told['rate']:.1f} | {told['found']:,} | {told['memory']:.0f} MB |")


def stream(data: Path, megabytes: int) -> dict[str, float]:
    """Read a text of so many megabytes in this process."""
    detector = build_detector(load_lexicons(folder("policies") / "lexicons"), None, load_model())
    gc.freeze()
    before = time.process_time()
    found = sum(len(said.detections) for said in detector.detect_stream(_endless(data, megabytes * 1_000_000)))
    rate = megabytes / (time.process_time() - before)
    return {"rate": rate, "found": found, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def _endless(data: Path, size: int) -> Iterator[str]:
    paths = sorted((data / "speed").glob("*.txt"))
    while size > 0:
        for path in paths:
            for piece in pieces(path, PIECE, MEGABYTES):
                yield piece if size > 0 else ""
                size -= len(piece.encode())


def machine(entries: Sequence[LexiconEntry], say: Line) -> None:
    """Where and with what this is measured."""
    cpu = Path("/proc/cpuinfo")
    lines = cpu.read_text(encoding="utf-8").splitlines() if cpu.is_file() else []
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.processor())
    python, load = platform.python_version(), os.getloadavg()[0]
    say(f"Machine `{platform.node()}`: {model}, {os.cpu_count()} virtual cores, Python {python}; load {load:.1f} at the start.")
    say(f"{len(entries):,} lexicon entries in four languages, all recognisers, qualifiers and identifiers.")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path(__file__).resolve().parents[2] / "shared" / "data")
    parser.add_argument("--write", action="store_true", help="write the tables into RESULTS.md")
    parser.add_argument("--without-long", action="store_true", help="leave out the texts of 1 to 200 MB")
    parser.add_argument("--stream", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.stream:
        print(json.dumps(stream(asked.data, asked.stream)))
        return
    lines: list[str] = []

    def say(line: str) -> None:
        print(line, flush=True)
        lines.append(line)

    measured(asked.data, say, long=not asked.without_long)
    if asked.write:
        keep("detection", lines)


def measured(data: Path, say: Line, *, long: bool) -> None:
    """All tables, one after the other."""
    before = time.process_time()
    entries = load_lexicons(folder("policies") / "lexicons")
    read = time.process_time()
    plain = build_detector(entries)
    built = time.process_time()
    machine(entries, say)
    say(f"Lexicons read in {read - before:.2f} s, compiled in {built - read:.2f} s of processor time.\n")
    judged = build_detector(entries, None, load_model())
    gc.freeze()  # as the program does with the detector that it makes
    running_text([plain, judged], data, say)
    say("")
    beside_presidio(plain, entries, data, say)
    say("")
    cold_starts(say)
    if long:
        say("")
        long_texts(data, say)


if __name__ == "__main__":
    main()
