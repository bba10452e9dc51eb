"""What PDF/A-3a and PDF/UA-1 ask, the drawn, the sealed and the attested report keep; and the check sees what breaks it."""

import io
import shutil
import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from discretio.reporting import SigningKey, sign_prepared_field
from reporting.standards import broken, elements
from required import absent


@pytest.fixture(scope="module")
def attested(sealed: bytes, demo_key: SigningKey, now: datetime) -> bytes:
    return sign_prepared_field(sealed, "DpoAttestation", demo_key, now)


@pytest.mark.parametrize("stage", ["rendered", "sealed", "attested"])
def test_no_rule_of_the_two_standards_is_broken(stage: str, request: pytest.FixtureRequest) -> None:
    assert broken(request.getfixturevalue(stage)) == []


def test_qpdf_finds_nothing_wrong(attested: bytes, tmp_path: Path) -> None:
    qpdf = shutil.which("qpdf")
    if qpdf is None:
        absent("qpdf is not installed")
    (tmp_path / "report.pdf").write_bytes(attested)
    done = subprocess.run([qpdf, "--check", tmp_path / "report.pdf"], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def first_of(document: pikepdf.Pdf, kind: str) -> pikepdf.Object:
    return next(element for element, _ in elements(document) if str(element.S) == kind)


def font(document: pikepdf.Pdf) -> pikepdf.Object:
    found = (item for item in document.objects if isinstance(item, Dictionary) and item.get("/Subtype") == "/CIDFontType0")
    return next(found).FontDescriptor


def paint_untagged(document: pikepdf.Pdf) -> None:
    page = document.pages[1]
    page.contents_add(b"0 0 10 10 re f")


def forget(holder: Callable[[pikepdf.Pdf], pikepdf.Object], key: str) -> Callable[[pikepdf.Pdf], None]:
    def breaking(document: pikepdf.Pdf) -> None:
        del holder(document)[key]

    return breaking


def put(holder: Callable[[pikepdf.Pdf], pikepdf.Object], key: str, value: object) -> Callable[[pikepdf.Pdf], None]:
    def breaking(document: pikepdf.Pdf) -> None:
        holder(document)[key] = value

    return breaking


def root(document: pikepdf.Pdf) -> pikepdf.Object:
    return document.Root


def field(document: pikepdf.Pdf) -> pikepdf.Object:
    return document.Root.AcroForm.Fields[0]


BREAKINGS = {
    "A 6.2.3": forget(root, "/OutputIntents"),
    "A 6.2.11": forget(font, "/FontFile3"),
    "A 6.3": put(field, "/F", 2),
    "A 6.5": put(root, "/AA", Dictionary()),
    "A 6.6": forget(lambda document: document.docinfo, "/Title"),
    "A 6.8": put(root, "/AF", Array()),
    "UA 7.1, 7.2": forget(root, "/Lang"),
    "UA 7.1, 7.3, 7.5": forget(lambda document: first_of(document, "/Figure"), "/Alt"),
    "UA 7.4": put(lambda document: first_of(document, "/H1"), "/S", Name.H3),
    "UA 7.9": put(lambda document: first_of(document, "/Note"), "/ID", String("")),
    "UA 7.1": paint_untagged,
    "UA 7.18": forget(field, "/TU"),
}


@pytest.mark.parametrize("clause", BREAKINGS)
def test_a_file_that_breaks_a_rule_is_found_out(clause: str, sealed: bytes) -> None:
    broke = io.BytesIO()
    with pikepdf.open(io.BytesIO(sealed)) as document:
        BREAKINGS[clause](document)
        document.save(broke, fix_metadata_version=False)
    assert {found.partition(":")[0] for found in broken(broke.getvalue())} == {clause}
