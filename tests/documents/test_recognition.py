"""Scanned pages and photos of letters, read by the real program in four languages, and told when they can't be."""

from __future__ import annotations

import io
import random
import shutil
from functools import cache

import pypdfium2
import pytest
from PIL import Image, ImageDraw

from discretio.documents import ocr
from discretio.documents.pdf_pictures import graymap
from documents.pdf_builders import pdf
from documents.reading_aids import gaps_in, texts_of
from required import absent

pytestmark = pytest.mark.services

LETTERS = {
    "fra": ("Le patient est diabétique et suit un traitement à l'hôpital.", "diabétique"),
    "nld": ("De cliënt is zwaar ziek en wordt behandeld voor een depressie.", "depressie"),
    "deu": ("Der Klient leidet an Schizophrenie und erhält Medikamente.", "Schizophrenie"),
    "eng": ("The patient suffers from diabetes and takes insulin daily.", "diabetes"),
}


@pytest.fixture(autouse=True)
def _program() -> None:
    recogniser_is_there()


def recogniser_is_there() -> None:
    """Skip the test that asks, or fail it where everything must be there."""
    ocr._known.cache_clear()
    missing = {*LETTERS, "osd"} - ocr._known(shutil.which("tesseract") or "")
    if missing:
        absent(f"Tesseract isn't installed, or lacks {sorted(missing)}")


@cache
def page(words: str) -> Image.Image:
    """A page as a scanner sees it."""
    drawn = graymap(pypdfium2.PdfDocument(pdf(f"#set page(height: 8cm)\n#set text(14pt)\n{words}"))[0], 8_000_000)
    return Image.open(io.BytesIO(drawn.file()))


def saved(image: Image.Image, kind: str, **how: object) -> bytes:
    whole = io.BytesIO()
    image.save(whole, kind, **how)
    return whole.getvalue()


@pytest.mark.parametrize("language", LETTERS)
@pytest.mark.parametrize("kind", ["PDF", "PNG"])
def test_a_scanned_letter_is_read_with_its_accents(language: str, kind: str) -> None:
    words, _ = LETTERS[language]
    data = saved(page(words), kind, resolution=300)
    (text,) = (text for part, text in texts_of(data).items() if "image" in part)
    assert " ".join(text.split()) == words
    assert gaps_in(data) == []


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_lies_on_its_side_or_head_is_read(turn: int) -> None:
    words, word = LETTERS["fra"]
    data = saved(page(words).rotate(turn, expand=True), "PNG")
    assert word in texts_of(data)["image 1"]
    assert gaps_in(data) == []


def test_a_photo_is_turned_as_the_camera_says_and_what_is_transparent_is_paper() -> None:
    words, word = LETTERS["eng"]
    exif = Image.Exif()
    exif[0x0112] = 6
    assert word in texts_of(saved(page(words).rotate(90, expand=True), "JPEG", exif=exif))["image 1"]
    letters = Image.new("LA", page(words).size)
    letters.putalpha(page(words).point(lambda shade: 255 - shade))
    assert word in texts_of(saved(letters, "PNG"))["image 1"]


def scribbled() -> Image.Image:
    image, chance = Image.new("L", (1240, 600), 255), random.Random(1)  # noqa: S311 - strokes, no secret
    pen = ImageDraw.Draw(image)
    for line in range(40, 560, 80):
        for start in range(80, 1000, 140):
            pen.line([(start + 8 * step, line + chance.randint(-20, 20)) for step in range(14)], fill=0, width=3)
    return image


def test_an_empty_page_is_no_gap_and_one_that_shows_what_nobody_can_read_is() -> None:
    empty = Image.effect_noise((1240, 600), 4).point(lambda shade: min(255, shade + 120))
    assert gaps_in(saved(empty, "PNG")) == []
    for picture in (scribbled(), Image.effect_noise((1240, 600), 90)):
        assert gaps_in(saved(picture, "PNG")) == [((), "image 1", "uncertain_text")]


def test_a_picture_beyond_the_bounds_and_one_beyond_the_time_are_gaps() -> None:
    data = saved(page(LETTERS["nld"][0]), "PNG")
    assert gaps_in(data, ocr_pixels=10_000) == [((), "image 1", "too_large")]
    assert gaps_in(data, ocr_seconds=0.01) == [((), "document", "time_limit")]
    assert gaps_in(data, ocr_images=0) == [((), "document", "no_ocr")]


def test_what_a_phone_scanned_is_not_made_finer_than_it_is() -> None:
    data = saved(page(LETTERS["fra"][0]), "PDF", resolution=72)
    drawn = graymap(pypdfium2.PdfDocument(data)[0], 50_000_000)
    assert drawn.width * drawn.height < 5_000_000
