from __future__ import annotations

import io
import re
import stat
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from discretio.documents import ocr
from documents.pdf_builders import changed, filled_form, pdf, scanned
from documents.reading_aids import gaps_in, parts_of, texts_of

TWO_PAGES = '#set document(title: "Titel", author: "Jan Auteur")\n'
TWO_PAGES += '= Kop\nEerste blad #link("mailto:jan@x.be")[mail]\n#pagebreak()\nTweede'


@pytest.fixture(autouse=True)
def _no_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "_PROGRAM", "no-such-program")


def test_pages_metadata_outline_and_links_are_read() -> None:
    found = parts_of(pdf(TWO_PAGES))
    pages = [(part.part, part.page, part.text.split()[0]) for part in found if part.part.startswith("page")]
    assert pages == [("page 1", 1, "Kop"), ("page 2", 2, "Tweede")]
    texts = texts_of(pdf(TWO_PAGES))
    assert "Jan Auteur" in texts["metadata"]
    assert "Titel" in texts["metadata"]
    assert texts["outline"] == "Kop"
    assert "mailto:jan@x.be" in texts["link 1"]
    assert gaps_in(pdf(TWO_PAGES)) == []


def test_a_word_broken_at_the_end_of_a_line_is_whole() -> None:
    narrow = "#set page(width: 3.1cm, margin: 5mm)\n"
    narrow += '#set text(lang: "nl", hyphenate: true)\n#set par(justify: true)\nvakbondsafgevaardigde'
    assert texts_of(pdf(narrow))["page 1"].strip() == "vakbondsafgevaardigde"


def test_embedded_files_are_documents_and_passwords_are_said() -> None:
    data = changed(pdf(TWO_PAGES), attachments={"Peeters.txt": b"bijlage"})
    assert [part.text for part in parts_of(data) if part.path == (1,)] == ["bijlage"]
    assert texts_of(data)["names"] == "Peeters.txt"
    assert gaps_in(changed(pdf(TWO_PAGES), password="geheim")) == [((), "document", "password")]
    assert gaps_in(changed(pdf(TWO_PAGES), password="")) == []


def test_form_fields_and_notes_are_read() -> None:
    found = texts_of(filled_form())
    assert "ingevulde waarde é" in found["form 1"]
    assert found["comment 1"] == "kleefnota"


def test_a_scanned_page_without_recognition_is_a_gap_and_an_empty_one_is_not() -> None:
    assert gaps_in(scanned()) == [((), "page image 1", "no_ocr")]
    assert gaps_in(pdf("#page[]")) == []


def test_a_large_picture_beside_text_is_a_gap_but_not_an_emblem() -> None:
    assert gaps_in(scanned(0.5, "woorden boven een beeld, er niet op")) == [((), "page image 1", "no_ocr")]
    assert gaps_in(scanned(0.1, "woorden boven een embleem, er niet op")) == []
    assert gaps_in(scanned(1.0, "deze woorden liggen over het beeld")) == []


def test_letters_drawn_as_lines_are_a_gap() -> None:
    assert gaps_in(pdf("#page(curve(stroke: black, curve.line((10pt, 10pt)), curve.line((20pt, 0pt))))")) == [
        ((), "page image 1", "no_ocr")
    ]


def test_more_pages_than_allowed_or_than_there_are_end_with_a_reason() -> None:
    assert gaps_in(pdf(TWO_PAGES), pages=1) == [((), "document", "too_many")]
    whole = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(TWO_PAGES))) as document:
        document.Root.Pages.Count = 1_000_000
        document.save(whole, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    claimed = re.sub(rb"/Count 2\b", b"/Count 1000000", whole.getvalue())
    assert [part.page for part in parts_of(claimed) if part.text and part.part.startswith("page")] == [1, 2]
    assert len(gaps_in(claimed)) < 100


def test_what_an_earlier_version_in_the_same_file_held_is_read_as_deleted() -> None:
    def version(words: str) -> bytes:
        return b"4 0 obj\n<</Length %d>>stream\nBT /F1 12 Tf 50 700 Td (%s) Tj ET\nendstream\nendobj\n" % (
            len(words) + 31, words.encode(),
        )  # fmt: skip

    first = (
        b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
        b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>\nendobj\n"
    )
    whole = first + version("weggehaald")
    places = [whole.index(b"%d 0 obj" % number) for number in range(1, 5)]
    table = b"0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    whole += b"xref\n0 5\n" + table + b"trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(whole)
    earlier, place = whole.rindex(b"xref\n0 5"), len(whole)
    whole += version("gebleven")
    whole += b"xref\n4 1\n%010d 00000 n \ntrailer\n<</Size 5/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (
        place, earlier, len(whole),
    )  # fmt: skip
    found = texts_of(whole)
    assert (found["page 1"], found["deleted 1"]) == ("gebleven", "weggehaald")
    assert gaps_in(whole) == []


def test_a_pdf_without_its_end_says_that_something_may_be_missing() -> None:
    whole = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(TWO_PAGES))) as document:
        document.save(whole, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert "damaged" in {reason for _, _, reason in gaps_in(whole.getvalue()[:-700])}


def photo(**how: object) -> bytes:
    whole = io.BytesIO()
    image = Image.new("L", (64, 64))
    exif = image.getexif()
    exif[0x013B] = "Jan Fotograaf"
    exif[0x9C9B] = "titel é".encode("utf-16-le")
    exif.get_ifd(0x8825)[2] = (50.0, 38.0, 12.0)
    image.save(whole, str(how.get("format", "JPEG")), exif=exif)
    return whole.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_what_a_camera_wrote_into_a_photo_is_read_even_without_recognition(kind: str) -> None:
    found = texts_of(photo(format=kind))["metadata"]
    assert "Jan Fotograaf" in found
    assert "titel é" in found
    assert "50.0 38.0 12.0" in found or kind == "TIFF"  # Pillow doesn't write places into TIFF
    assert gaps_in(photo(format=kind)) == [((), "document", "no_ocr")]


def test_a_picture_too_small_for_a_letter_is_no_gap() -> None:
    whole = io.BytesIO()
    Image.new("L", (7, 300)).save(whole, "PNG")
    assert gaps_in(whole.getvalue()) == []


def stand_in(folder: Path, program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program in Tesseract's place, so that the way to it is tested where it isn't installed."""
    path = folder / "tesseract"
    path.write_text(f'#!/bin/sh\nif [ "$1" = "--list-langs" ]; then echo nld; echo xxx; exit 0; fi\n{program}\n')
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(ocr, "_PROGRAM", str(path))
    ocr._known.cache_clear()


ROWS = "level\\tpage\\tblock\\tparagraph\\tline\\tword\\tleft\\ttop\\twidth\\theight\\tconf\\ttext"


def answering(*words: tuple[int, str]) -> str:
    """The program that gives these words, each with its confidence, on a line of its own."""
    rows = "".join(
        f"5\\t1\\t1\\t1\\t{line}\\t1\\t0\\t0\\t9\\t9\\t{sure}\\t{word}\\n" for line, (sure, word) in enumerate(words)
    )
    return f"printf '{ROWS}\\n{rows}'"


def test_pages_and_pictures_go_to_the_program_in_the_languages_it_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(
        tmp_path,
        f'echo "$@" > {tmp_path}/asked; head -c 2 >> {tmp_path}/asked; {answering((90, "brief"), (95, "van"))}',
        monkeypatch,
    )
    assert texts_of(scanned())["page image 1"] == "brief\nvan"
    assert (tmp_path / "asked").read_text() == "stdin stdout -l nld tsv\nP5"
    assert texts_of(photo())["image 1"] == "brief\nvan"
    assert gaps_in(photo()) == []


def test_what_the_program_is_unsure_of_is_read_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, answering((90, "brief"), (40, "vam")), monkeypatch)
    assert texts_of(scanned())["page image 1"] == "brief\nvam"
    assert gaps_in(scanned()) == [((), "page image 1", "uncertain_text")]
    stand_in(tmp_path, answering(), monkeypatch)
    assert gaps_in(scanned()) == [((), "page image 1", "uncertain_text")]


def test_recognition_has_a_time_a_count_and_failures_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, "exec sleep 60", monkeypatch)
    assert gaps_in(scanned(), ocr_seconds=0.2) == [((), "page image 1", "time_limit")]
    stand_in(tmp_path, "echo geheim >&2; exit 1", monkeypatch)
    assert gaps_in(scanned()) == [((), "page image 1", "damaged")]
    assert gaps_in(scanned(), ocr_images=0) == [((), "page image 1", "no_ocr")]
