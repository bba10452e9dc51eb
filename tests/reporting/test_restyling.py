"""Another look is a change of reports/style.typ alone: the report says the same and keeps its marks of accessibility."""

from __future__ import annotations

import io
import re
import shutil
from collections import Counter
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from discretio.reporting import ReportCounts, ReportHeader, SigningKey, build_figures, publishing, render, rendering, sign
from discretio.reporting.verifying import verify_file
from discretio.resources import folder
from reporting.standards import broken

CHANGES = {'"#14304f"': '"#5a1846"', "body-size = 10pt": "body-size = 9pt", '"Libertinus Serif"': '"New Computer Modern"'}


def fonts(pdf: bytes) -> str:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return " ".join(
            str(one.BaseFont) for one in document.objects if isinstance(one, pikepdf.Dictionary) and "/BaseFont" in one
        )


def shown(pdf: bytes) -> Counter[str]:
    """The numbers on its pages with three digits and more: those of pages and articles may stand elsewhere."""
    said = " ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))
    return Counter(re.findall(r"(?<!\S)\d{3,}(?!\S)", said))


@pytest.fixture(scope="module")
def header(header: ReportHeader) -> ReportHeader:
    return replace(header, languages=("fr",))


@pytest.fixture(scope="module")
def drawn(counts: ReportCounts, header: ReportHeader) -> bytes:
    return render(build_figures(counts, header), header)


@pytest.fixture(scope="module")
def restyled(counts: ReportCounts, header: ReportHeader, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    own = tmp_path_factory.mktemp("own") / "reports"
    shutil.copytree(folder("reports"), own)
    style = (own / "style.typ").read_text(encoding="utf-8")
    for was, becomes in CHANGES.items():
        assert was in style
        style = style.replace(was, becomes)
    (own / "style.typ").write_text(style, encoding="utf-8")

    def there(_name: str) -> Path:
        return own

    with pytest.MonkeyPatch.context() as patch:
        for module in (rendering, publishing):
            patch.setattr(module, "folder", there)
        return render(build_figures(counts, header), header)


def test_it_looks_otherwise_and_keeps_to_the_standards(drawn: bytes, restyled: bytes) -> None:
    assert "NewCM" in fonts(restyled)
    assert "NewCM" not in fonts(drawn)
    assert broken(restyled) == []


def test_it_says_the_same(drawn: bytes, restyled: bytes) -> None:
    assert shown(drawn) == shown(restyled)
    assert len(shown(drawn)) > 50


def test_who_has_the_other_look_is_told_that_pages_could_not_be_compared(
    restyled: bytes, demo_key: SigningKey, now: datetime
) -> None:
    report = verify_file(sign(restyled, demo_key, now), [demo_key.root], lambda _: None)
    assert report.pages_match is None
