"""Long texts are scanned window by window, in bounded memory, and findings recorded by batches."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from discretio.detection.detector import Detector
from discretio.domain.detections import DetectionResult
from discretio.ledger import findings, recording
from discretio.steps import scan
from discretio.steps.registering import register
from discretio.stores.document_tree import DocumentTree
from discretio.stores.windows import WindowSize
from steps.conftest import AS_OF, Made


def test_no_more_rows_are_held_than_a_batch(made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[int] = []
    written = recording.insert_rows

    def counted(*words: Any) -> None:  # noqa: ANN401 - what insert_rows takes
        if words[1] is recording.findings:
            held.append(len(words[3]))
        written(*words)

    monkeypatch.setattr(recording, "MOST_ROWS", 100)
    monkeypatch.setattr(recording, "insert_rows", counted)
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree" / "long.txt").write_text("Tel. 0470 12 34 56, IBAN BE68 5390 0754 7034. " * 1_000, encoding="utf-8")
    register(made.place, "tree", str(tmp_path / "tree"))
    run_id = scan.begin_scan(made.place, "tree", AS_OF)
    list(scan.scan_in_turn(made.place, run_id))
    assert scan.finish_scan(made.place, run_id).detections == sum(held) >= 2_000
    assert max(held) <= 100


def test_windows_of_a_long_text_find_what_the_whole_finds(made: Made, tmp_path: Path, detector: Detector) -> None:
    sentences = [
        "Le patient est diabétique et suit un traitement. ",
        "Tel. 0470 12 34 56, IBAN BE68 5390 0754 7034. ",
        "Il marche. ",
    ]
    text = "".join(sentences[n % 3] for n in range(120))
    (tmp_path / "tree" / "d").mkdir(parents=True)
    (tmp_path / "tree" / "d" / "long.txt").write_text(text, encoding="utf-8")
    register(made.place, "tree", str(tmp_path / "tree"))
    cut = DocumentTree(tmp_path / "tree", WindowSize(length=700, overlap=200, whole_up_to=100))
    assert len(list(cut.texts())) > 5
    place = replace(made.place, open_store=lambda _: cut)
    run_id = scan.begin_scan(place, "tree", AS_OF)
    list(scan.scan_in_turn(place, run_id))
    assert scan.finish_scan(place, run_id).characters == len(text)
    rows = findings.all_findings(place.ledger, 2)
    spans = sorted((row["start"], row["end"], row["type"], row["category"] or 0) for row in rows)
    assert len(spans) == len(set(spans))
    assert spans == sorted((one.start, one.end, one.type, one.category or 0) for one in detector.detect(text).detections)


def test_a_long_text_costs_the_memory_of_its_windows(made: Made, tmp_path: Path) -> None:
    (tmp_path / "tree").mkdir()
    line = "Rien à signaler aujourd'hui, tout va bien.\n" * 25_000
    with (tmp_path / "tree" / "long.txt").open("w", encoding="utf-8") as file:
        for _ in range(40):
            file.write(line)
    register(made.place, "tree", str(tmp_path / "tree"))
    place = replace(made.place, detector=Silent)
    run_id = scan.begin_scan(place, "tree", AS_OF)
    tracemalloc.start()
    list(scan.scan_in_turn(place, run_id))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert scan.finish_scan(place, run_id).characters == 40 * len(line) > 40_000_000
    assert peak < 24_000_000


class Silent:
    """Finds nothing, so that only the scan's own memory is measured."""

    def detect_many(self, texts: Iterable[tuple[str, Sequence[str]]]) -> Iterator[DetectionResult]:
        for text, known_names in texts:
            assert len(text) <= WindowSize().length
            assert not known_names
            yield DetectionResult((), ())
