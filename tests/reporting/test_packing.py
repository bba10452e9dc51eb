"""Packing takes nothing from a drawn file and adds nothing: every object and every mark of conformance stays as it is."""

from __future__ import annotations

import io

import pikepdf
import pytest
import typst

from discretio.errors import ReportError
from discretio.reporting.packing import packed


@pytest.fixture(scope="module")
def drawn() -> bytes:
    """A tagged file with text, a link, a table and an attachment."""
    source = (
        '#set document(title: "Drawn")\n#set text(lang: "fr")\n= Head\n'
        '#table(columns: 2, table.header[a][b], ..range(600).map(n => [#n]))\n#link("https://example.org")[far]\n'
        '#pdf.attach("held.txt", bytes("endobj 7 0 obj trailer"), relationship: "data", '
        'mime-type: "text/plain", description: "h")'
    )
    pdf = typst.compile(source.encode(), ignore_system_fonts=True, pdf_standards=["a-3a", "ua-1"])
    assert isinstance(pdf, bytes)
    return pdf


def contents(pdf: bytes) -> list[tuple[bytes, bytes]]:
    """Every object by its number: how it is written, and the raw bytes of its stream."""
    with pikepdf.open(io.BytesIO(pdf), attempt_recovery=False) as document:
        objects = [document.get_object(number, 0) for number in range(1, int(document.trailer["/Size"]))]
        return [
            (one.stream_dict.unparse(), one.read_raw_bytes())
            if isinstance(one, pikepdf.Stream)
            else (one.unparse(resolved=True), b"")
            for one in objects
        ]


def test_every_object_keeps_its_number_and_its_bytes(drawn: bytes) -> None:
    before, after = contents(drawn), contents(packed(drawn))
    assert len(before) > 900  # several streams of objects
    assert after[: len(before)] == before


def test_the_trailer_says_what_it_said(drawn: bytes) -> None:
    with pikepdf.open(io.BytesIO(drawn)) as before, pikepdf.open(io.BytesIO(packed(drawn))) as after:
        for name in ("/Root", "/Info"):
            assert before.trailer[name].objgen == after.trailer[name].objgen
        assert bytes(before.trailer["/ID"][0]) == bytes(after.trailer["/ID"][0])


@pytest.mark.parametrize("other", [b"", b"%PDF-1.7\n", b"%PDF-1.7\ntrailer\n<</Size 2>>\nstartxref\n9\n%%EOF"])
def test_a_file_that_is_built_otherwise_is_refused(drawn: bytes, other: bytes) -> None:
    with pytest.raises(ReportError, match="built as expected"):
        packed(other or packed(drawn))
