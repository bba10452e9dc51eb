"""The web page shows the cells of the report and needs nothing from elsewhere."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from lxml import html

from discretio.domain.figures import Figures
from discretio.errors import ReportError
from discretio.reporting import ReportHeader
from discretio.reporting.publishing import published_json, sha256
from discretio.reporting.vocabulary import LANGUAGES
from discretio.reporting.web_page import web_page
from discretio.reporting.wording import Wording


@pytest.fixture(scope="module", params=LANGUAGES)
def document(request: pytest.FixtureRequest, figures: Figures, header: ReportHeader) -> str:
    spoken = replace(figures, languages=(request.param,))
    labels = {code: {request.param: next(iter(words.values()))} | words for code, words in header.labels.items()}
    return published_json(spoken, replace(header, languages=(request.param,), labels=labels))


@pytest.fixture(scope="module")
def page(document: str) -> html.HtmlElement:
    return html.fromstring(web_page(document))


def printed(document: str) -> Iterator[list[str]]:
    facts = json.loads(document)
    wording = Wording(facts["report"]["languages"][0], facts)
    for section in facts["sections"]:
        for table in section["tables"]:
            yield from ([wording.cell(cell) for cell in line] for line in table["cells"])


def test_it_shows_the_cells_of_the_report_and_no_other(document: str, page: html.HtmlElement) -> None:
    rows = page.xpath("//section//tbody/tr")
    shown = [[cell.text_content() for cell in row.xpath("td")] for row in rows]
    expected = list(printed(document))
    assert [line[: len(cells)] for line, cells in zip(shown, expected, strict=True)] == expected
    beyond = {cell for line, cells in zip(shown, expected, strict=True) for cell in line[len(cells) :]}
    assert all(cell == "–" or re.search(r"\d\s?%$", cell) for cell in beyond), "beside the cells stand shares alone"


def test_it_loads_nothing_and_names_the_fingerprint_of_the_figures(document: str, page: html.HtmlElement) -> None:
    assert not page.xpath("//script | //img | //link | //iframe | //object | //form")
    assert [link for link in page.xpath("//@href | //@src") if not link.startswith("#")] == []
    assert "url(" not in web_page(document)
    assert sha256(document) in page.text_content()


def test_every_link_has_its_place_and_every_place_one_name(page: html.HtmlElement) -> None:
    names = page.xpath("//@id")
    assert len(names) == len(set(names))
    assert {link.removeprefix("#") for link in page.xpath("//@href")} <= set(names)


def test_every_table_can_be_read_aloud(page: html.HtmlElement) -> None:
    tables = page.xpath("//table")
    assert tables
    assert all(table.xpath("caption") and table.xpath("thead//th[@scope='col']") for table in tables)
    assert all(row.xpath("th[@scope='row']") for row in page.xpath("//tbody/tr"))
    assert page.get("lang") in LANGUAGES


def test_no_key_is_ever_printed(page: html.HtmlElement) -> None:
    said = page.body.text_content()
    assert [
        word for word in ("TOTAL", "NOT_CHECKABLE", "DETECTED_ONLY", "outcomes_", "dues_", "{", "None") if word in said
    ] == []


def test_what_names_an_organisation_is_text_and_no_markup(figures: Figures, header: ReportHeader) -> None:
    hostile = dict.fromkeys(LANGUAGES, "<script>alert(1)</script>")
    named = replace(header, labels={**header.labels, f"authority.{figures.authority}": hostile})
    page = web_page(published_json(figures, named))
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_a_word_without_a_translation_stops_the_drawing(figures: Figures, header: ReportHeader) -> None:
    document = published_json(figures, header).replace('"BILL"', '"UKASE"')
    with pytest.raises(ReportError, match="can't be drawn"):
        web_page(document)
