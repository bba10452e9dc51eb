"""A folder of documents, hostile ones among them, from its files to the ledger: each has its outcome, and spares the others."""

from __future__ import annotations

import gzip
import io
import json
import os
import signal
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import pytest
import sqlalchemy as sa

from canary.searching import Searcher
from discretio.documents import DocumentPart, IsolatedReader
from discretio.documents.worker_process import WorkerProcess
from discretio.law.special_classes import Flag, flags_of
from discretio.ledger import findings, locator
from discretio.ledger.scan_tables import examined
from discretio.steps import scan
from discretio.steps.extracting import LIMITS, DocumentExtractor
from discretio.steps.registering import register
from discretio.stores.document_tree import DocumentTree
from discretio.stores.local_files import LocalFiles
from documents.formats import CANARY, every_format
from documents.office_builders import docx, package, relations, run, xlsx
from documents.pdf_builders import pdf, scanned
from steps.conftest import AS_OF, Made

MAIN = (sys.executable, "-c", "from discretio.cli import main; raise SystemExit(main())")
GOOD = "Le patient est diabétique et suit un traitement."


def zip_of(**members: bytes) -> bytes:
    return package({name.replace("__", "."): content for name, content in members.items()})


def nested(depth: int) -> bytes:
    data = GOOD.encode()
    for level in range(depth):
        data = package({f"{level}.{'zip' if level else 'txt'}": data})
    return data


def traversing() -> bytes:
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w") as archive:
        for name in ("../../../../tmp/escaped.txt", "/etc/escaped.txt"):
            info = tarfile.TarInfo(name)
            info.size = len(GOOD.encode())
            archive.addfile(info, io.BytesIO(GOOD.encode()))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return whole.getvalue()


def million_pages() -> bytes:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1000000 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
    ]
    body = b"%PDF-1.4\n" + b"".join(b"%d 0 obj %s endobj\n" % (number, text) for number, text in enumerate(objects, 1))
    return body + b"trailer << /Root 1 0 R /Size 4 >>\n%%EOF\n"


def bomb() -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros.txt", b"\0" * (32 << 20))
    return whole.getvalue()


ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c SYSTEM "file:///etc/passwd">]><a>&b;&c;</a>'
)
EXTERNAL = docx(
    f"<w:p>{run(GOOD)}</w:p>",
    word___rels__document_dot_xml_dot_rels=relations(("r1", "http://203.0.113.9/template.dotm", 'TargetMode="External"')),
)
HOSTILE: dict[str, tuple[bytes, set[str]]] = {
    "bomb.zip": (bomb(), {"bomb"}),
    "bomb.gz": (gzip.compress(b"a" * (64 << 20)), {"bomb"}),
    "nested.zip": (nested(12), {"too_deep"}),
    "entities.xml": (ENTITIES.encode(), {"damaged"}),
    "entities.docx": (docx(word__document_dot_xml=ENTITIES), {"damaged"}),
    "pages.pdf": (million_pages(), {"damaged"}),
    "external.docx": (EXTERNAL, set()),
    "traversing.tar": (traversing(), {"link"}),
    "nul.txt": (b"\0" * 5_000, {"unknown_type"}),
    "mixed.txt": ("één ".encode() * 20 + "été ".encode("cp1252") * 3, {"uncertain_encoding"}),
    "cut.pdf": (pdf("= Titre\n" + GOOD)[:-600], {"damaged"}),
    "scan.pdf": (scanned(), {"no_ocr"}),
    "empty.pdf": (b"", set()),
    "locked.pdf": (every_format()["locked.pdf"], {"password"}),
}
READABLE = {
    "good.pdf": pdf(GOOD),
    "good.docx": docx(f"<w:p>{run(GOOD)}</w:p>"),
    "good.eml": f"From: a@b.example\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n{GOOD}\n".encode(),
    "good.zip": package({"a.txt": GOOD, "b.zip": package({"c.txt": GOOD})}),
    "good.xlsx": xlsx(),
    "good.txt": GOOD.encode("utf-16"),
    "good.csv": GOOD.encode("cp1252"),
}


@pytest.fixture(autouse=True)
def _no_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine without Tesseract; test_scan_pictures.py is about the others."""
    monkeypatch.setenv("PATH", "")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    root = tmp_path / "tree"
    root.mkdir()
    return root


@pytest.fixture
def scanned_tree(made: Made, tree: Path) -> Callable[[], scan.ScanCounts]:
    register(made.place, "tree", str(tree))

    def scan_it() -> scan.ScanCounts:
        run_id = scan.begin_scan(made.place, "tree", AS_OF)
        list(scan.scan_in_turn(made.place, run_id))
        return scan.finish_scan(made.place, run_id)

    return scan_it


def fill(tree: Path, files: dict[str, bytes]) -> None:
    for number, (name, content) in enumerate(files.items()):
        folder = tree / f"dossier-{number % 3}"
        folder.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)


def outcomes(made: Made) -> dict[str, tuple[str | None, set[str]]]:
    """The reason that stands for each file, and all its reasons, by the file's name."""
    with made.place.ledger.reading() as connection:
        rows = connection.execute(sa.select(examined).where(examined.c.store_id == 2)).all()
    names = locator.natural_keys(made.place.ledger, [row.unit_id for row in rows])
    return {Path(names[row.unit_id]).name: (row.not_examined, {gap["reason"] for gap in row.gaps or ()}) for row in rows}


def parts_about_health(made: Made) -> dict[str, set[str]]:
    """The parts in which health data was found, by the file's name."""
    rows = [row for row in findings.all_findings(made.place.ledger, 2) if Flag.HEALTH in flags_of(row["flags"])]
    names = locator.natural_keys(made.place.ledger, [row["entry_id"] for row in rows])
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(Path(names[row["entry_id"]]).name, set()).add(row["part"])
    return found


def test_every_hostile_file_has_its_outcome_and_every_other_is_read(
    made: Made, tree: Path, scanned_tree: Callable[[], scan.ScanCounts]
) -> None:
    fill(tree, {name: data for name, (data, _) in HOSTILE.items()} | READABLE)
    counts = scanned_tree()
    seen = outcomes(made)
    assert {name: reasons for name, (_, reasons) in seen.items() if name in HOSTILE} == {
        name: reasons for name, (_, reasons) in HOSTILE.items()
    }
    assert all(seen[name] == (None, set()) for name in READABLE)
    unread = sum(bool(reasons) for _, reasons in HOSTILE.values())
    assert (counts.units, counts.not_examined, counts.no_ocr) == (len(HOSTILE) + len(READABLE), unread, 1)
    diabetic = parts_about_health(made)
    assert set(diabetic) >= (set(READABLE) - {"good.xlsx"}) | {"external.docx", "traversing.tar"}
    assert diabetic["good.zip"] == {"1/body", "2/1/body"}
    assert diabetic["good.pdf"] == {"page 1"}
    assert not [path for path in made.out.parent.rglob("*escaped*") if not path.is_relative_to(tree)]


def test_what_is_no_file_leads_out_of_the_tree_or_is_beyond_all_bounds_is_said_and_not_read(
    made: Made, tree: Path, scanned_tree: Callable[[], scan.ScanCounts], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tree, {"good.docx": READABLE["good.docx"]})
    outside = tmp_path / "outside.txt"
    outside.write_text(GOOD, encoding="utf-8")
    (tree / "dossier-0/link.txt").symlink_to(outside)
    (tree / "dossier-0/folder").symlink_to(tmp_path)
    (tree / "dossier-0/device.txt").symlink_to("/dev/zero")
    (tree / "dossier-0/gone.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tree / "dossier-0/pipe.pdf")
    with (tree / "dossier-0/huge.pdf").open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(10 << 30)
    opened: list[str] = []
    real = LocalFiles.opened
    monkeypatch.setattr(LocalFiles, "opened", lambda self, file: opened.append(file.entry_key) or real(self, file))
    counts = scanned_tree()
    assert {name: reason for name, (reason, _) in outcomes(made).items()} == {
        "good.docx": None, "link.txt": "link_outside", "folder": "link_outside", "device.txt": "link_outside",
        "gone.txt": "unreadable", "pipe.pdf": "no_file", "huge.pdf": "too_large",
    }  # fmt: skip
    assert (counts.units, counts.read, counts.not_examined) == (7, 7, 6)
    assert set(opened) == {"dossier-0/good.docx"}
    assert set(parts_about_health(made)) == {"good.docx"}


def test_only_what_changed_is_read_again_also_of_what_can_not_be_read(
    made: Made, tree: Path, scanned_tree: Callable[[], scan.ScanCounts]
) -> None:
    fill(tree, READABLE | {name: HOSTILE[name][0] for name in ("locked.pdf", "scan.pdf", "bomb.zip")})
    first = scanned_tree()
    (tree / "dossier-0/good.pdf").write_bytes(pdf("Il est venu."))
    second = scanned_tree()
    assert (second.read, second.units, second.not_examined, second.no_ocr) == (1, first.units, first.not_examined, 1)
    assert first.not_examined == 3
    assert "good.pdf" not in parts_about_health(made)
    assert "good.docx" in parts_about_health(made)


def test_documents_are_due_again_when_the_readers_change(made: Made, tree: Path) -> None:
    fill(tree, READABLE)
    register(made.place, "tree", str(tree))
    extract = DocumentExtractor()
    better = DocumentExtractor(limits=replace(LIMITS, pages=7))
    assert better.version != extract.version
    read = []
    for one in (extract, extract, better):
        place = replace(made.place, open_store=lambda _, one=one: DocumentTree(tree, extract=one))
        run_id = scan.begin_scan(place, "tree", AS_OF)
        list(scan.scan_in_turn(place, run_id))
        read.append(scan.finish_scan(place, run_id).read)
    assert read == [len(READABLE), 0, len(READABLE)]


@pytest.mark.parametrize(("how", "reason"), [(signal.SIGSEGV, "crashed"), (signal.SIGKILL, "out_of_memory")])
def test_a_reader_that_dies_over_one_document_costs_that_document_only(
    how: signal.Signals, reason: str, made: Made, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tree, READABLE | {"a-killer.txt": b"Rien. " * 500_000})
    register(made.place, "tree", str(tree))
    reader, real = IsolatedReader(LIMITS), WorkerProcess.parts

    def deadly(self: WorkerProcess, descriptor: int, name: str, **how_sent: bool) -> Iterator[DocumentPart]:
        for part in real(self, descriptor, name, **how_sent):
            yield part
            if "killer" in name and self._process.poll() is None:
                os.kill(self._process.pid, how)
                self._process.wait()

    monkeypatch.setattr(WorkerProcess, "parts", deadly)
    place = replace(made.place, open_store=lambda _: DocumentTree(tree, extract=DocumentExtractor(reader)))
    run_id = scan.begin_scan(place, "tree", AS_OF)
    list(scan.scan_in_turn(place, run_id))
    counts = scan.finish_scan(place, run_id)
    seen = outcomes(made)
    assert (counts.units, counts.not_examined) == (len(READABLE) + 1, 1)
    assert seen["a-killer.txt"] == (reason, {reason})
    assert set(parts_about_health(made)) >= set(READABLE) - {"good.xlsx"}


def test_a_part_is_named_by_words_of_ours_whatever_a_reader_says() -> None:
    def read(source: BinaryIO, name: str) -> Iterator[DocumentPart]:
        labels = ("page 3", "sheet", "Budget Peeters", "page 3 of Peeters", "hidden sheet 12", "inserted")
        yield from (DocumentPart(label, None, "x", None, (2, 1)) for label in labels)

    said = [piece.part for piece in DocumentExtractor(read)(io.BytesIO(), "")]
    assert said == ["2/1/page 3", "2/1/sheet", "2/1/other", "2/1/other", "2/1/hidden sheet 12"]


def test_nothing_of_a_document_is_in_the_ledger_the_findings_the_output_or_a_temporary_file(tmp_path: Path) -> None:
    tree = tmp_path / f"{CANARY}map"
    (tree / f"{CANARY}dossier").mkdir(parents=True)
    for suffix, content in every_format().items():
        (tree / f"{CANARY}dossier" / f"{CANARY}.{suffix}").write_bytes(content)
    for name in ("home", "tmp", "cwd", "out"):
        (tmp_path / name).mkdir()
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "LANG") if name in os.environ}
    environment = kept | {"HOME": str(tmp_path / "home"), "TMPDIR": str(tmp_path / "tmp"), "COLUMNS": "1000"}
    command = [*MAIN, "scan", str(tree), "--findings", str(tmp_path / "out/findings.jsonl")]
    done = subprocess.run(command, cwd=tmp_path / "cwd", env=environment, capture_output=True, check=False)
    searcher = Searcher([CANARY])
    assert searcher.found(done.stdout + done.stderr) == set()
    assert searcher.leaks(tmp_path, besides=[tree]) == {}
    assert done.returncode == 3, done.stderr.decode()
    lines = [json.loads(line) for line in (tmp_path / "out/findings.jsonl").read_text().splitlines()]
    assert {line["part"] for line in lines if line["part"]}
    assert [path for path in (tmp_path / "tmp").rglob("*") if path.is_file()] == []
