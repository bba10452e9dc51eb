"""Presidio's path and ours say the same of texts that nobody wrote for the test: a sample of every corpus at hand."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from discretio.detection import Detector
from discretio.detection.merging import resolve
from discretio.detection.parts import LONGEST, Text
from discretio.detection.presidio_bridge import detection_of
from discretio.domain.detections import Detection
from discretio.domain.lexicon import LANGUAGES

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
SEED, TEXTS = 458, 12
PIECE = 2_000
"""Code points of a text of a sample: an engine asks its recognisers one by one, and all data together take seconds."""


def files() -> list[Path]:
    return sorted(path for suffix in ("jsonl", "txt") for path in DATA.glob(f"**/*.{suffix}") if "lexicons" not in path.parts)


def texts_of(path: Path) -> Iterator[tuple[str, str]]:
    """The texts of a file, each with its language."""
    if path.suffix == ".txt":
        whole = path.read_text(encoding="utf-8", errors="ignore")
        yield from ((path.name[:2], whole[start : start + PIECE]) for start in range(0, len(whole), PIECE))
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        said = json.loads(line)
        yield from ((one.get("lang", said["lang"]), one["text"]) for one in said.get("entries", [said]))


def sample(path: Path) -> list[Text]:
    every = list(texts_of(path))
    chosen = random.Random(SEED).sample(every, min(TEXTS, len(every)))  # noqa: S311 - chooses texts, guards nothing
    return [Text(text[:PIECE], (), lang) for lang, text in chosen if lang in LANGUAGES and text]


def by_presidio(detector: Detector, asked: Text) -> Sequence[Detection]:
    results = detector.analyzer.analyze(asked.text, language=str(asked.lang))
    return resolve(detection_of(result) for result in results)


@pytest.mark.shared
@pytest.mark.skipif(not DATA.is_dir(), reason="reads ../shared/data")
@pytest.mark.parametrize("path", files(), ids=lambda path: "/".join(path.parts[-2:]))
def test_an_engine_of_presidio_and_the_batch_path_say_the_same(detector: Detector, path: Path) -> None:
    texts = sample(path)
    assert PIECE <= LONGEST, "so that they are read together"
    for asked, said in zip(texts, detector.detect_many(texts), strict=True):
        assert list(by_presidio(detector, asked)) == list(said.detections)
