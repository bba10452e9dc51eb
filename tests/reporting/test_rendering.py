"""The PDF: the same every time, archivable and accessible by its own marks, and silent about what is suppressed."""

import io
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pandas as pd
import pikepdf
import pypdfium2
import pytest

from discretio.domain.figures import EarlierReport, Figures
from discretio.domain.suppression import publish
from discretio.errors import ReportError
from discretio.reporting import ReportCounts, ReportHeader, SigningKey, build_figures, render, sign, sign_prepared_field
from discretio.reporting.derived import derived_files
from discretio.reporting.publishing import published_json, sha256
from discretio.reporting.vocabulary import LANGUAGES


def texts(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]


def attachments(pdf: bytes) -> dict[str, bytes]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return {name: spec.get_file().read_bytes() for name, spec in document.attachments.items()}


def structure(element: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    """Every element of the tag tree."""
    if isinstance(element, pikepdf.Array):
        for item in element:
            yield from structure(item)
    elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
        yield element
        yield from structure(element.get("/K", pikepdf.Array()))


def test_the_same_figures_give_the_same_file(figures: Figures, header: ReportHeader, rendered: bytes) -> None:
    assert render(figures, header) == rendered


def test_its_tags_are_packed(rendered: bytes) -> None:
    """Plain objects take more room than all that a report shows."""
    with pikepdf.open(io.BytesIO(rendered)) as document:
        plain = io.BytesIO()
        document.save(plain, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert len(rendered) < len(plain.getvalue()) / 2


def test_the_attachment_is_the_published_json_and_its_fingerprint_is_printed(
    figures: Figures, header: ReportHeader, rendered: bytes
) -> None:
    document = published_json(figures, header)
    others = {file.name: file.text.encode() for file in derived_files(document)}
    assert attachments(rendered) == {"figures.json": document.encode()} | others
    assert sha256(document) in texts(rendered)[-1]


def test_suppressed_numbers_occur_nowhere(header: ReportHeader) -> None:
    """Numbers with five digits and more under a threshold that closes some of them, so that a hit can't be chance."""
    numbers = (28_657, 75_025, 121_393, 196_418)
    kinds, states = ["OWN", "OWN", "SHARED", "SHARED"], ["OPEN", "CLOSED", "OPEN", "CLOSED"]
    dossiers = pd.DataFrame({"kind": kinds, "status": states, "n": numbers})
    high = replace(header, k=30_000, k_special=30_000)
    figures = build_figures(ReportCounts(dossiers=dossiers), high)
    cells = [cell for section in publish(figures) for table in section.tables for line in table.cells for cell in line]
    pdf = render(figures, high)
    shown = "".join(texts(pdf)) + "".join(text.decode() for text in attachments(pdf).values())
    flat = "".join(letter for letter in shown if letter not in " .,\u202f\u00a0")
    published = [cell for cell in cells if isinstance(cell, int) and cell > 0]
    assert published  # some are, so the search does find numbers
    assert all(str(cell) in flat for cell in published)
    assert not any(str(number) in flat for number in (28_657, *(set(numbers) - set(published))))


def test_every_page_says_that_it_is_a_demonstration(rendered: bytes) -> None:
    assert all({"DÉMONSTRATION", "DEMONSTRATIE"} & set(text.split()) for text in texts(rendered))


def test_every_page_but_the_cover_has_its_own_number(rendered: bytes) -> None:
    """A layout that doesn't settle leaves them all at one."""
    pages = texts(rendered)
    last = len(pages)
    for number, text in enumerate(pages[1:], start=2):
        assert f"Page {number} sur {last}" in text or f"Pagina {number} van {last}" in text


def test_a_real_report_says_nothing_of_a_demonstration(figures: Figures, header: ReportHeader) -> None:
    assert "DÉMONSTRATION" not in "".join(texts(render(figures, replace(header, demo=False))))


def test_a_bill_is_marked_as_anticipatory_and_a_law_is_not(figures: Figures, header: ReportHeader, rendered: bytes) -> None:
    in_force = replace(figures, policy=replace(figures.policy, status="LAW"))
    assert "Anticipatif / anticiperend" in texts(rendered)[1]
    assert "nticiperend" not in "".join(texts(render(in_force, header)))


def test_the_cover_says_that_no_provision_orders_the_report(rendered: bytes) -> None:
    assert "Aucune disposition n’impose ce rapport" in texts(rendered)[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_is_drawn_whole(figures: Figures, header: ReportHeader, language: str) -> None:
    pdf = render(replace(figures, languages=(language,)), header)
    shown = "".join(texts(pdf))
    assert all(f"§ {number}" in shown for number in range(17))
    assert "ART2-2-CAT" in shown


def test_all_four_languages_fit_in_one_report(figures: Figures, header: ReportHeader) -> None:
    assert len(texts(render(replace(figures, languages=LANGUAGES), header))) > 20


def test_a_missing_word_stops_the_report_and_names_itself(header: ReportHeader) -> None:
    quality = pd.DataFrame({"target": ["unheard_of"], "correct": [40], "wrong": [3]})
    with pytest.raises(ReportError, match="can't be drawn") as caught:
        render(build_figures(ReportCounts(detector_quality=quality), header), header)
    assert "unheard_of" in caught.value.where


def test_a_very_long_name_and_many_rules_are_drawn(counts: ReportCounts, header: ReportHeader) -> None:
    long = "Centre intercommunal de concertation pour la prévention et la sécurité " * 6
    rules = pd.DataFrame([(f"ART2-2-RULE-{n}", "PASS", 900 + n) for n in range(120)], columns=["rule_id", "outcome", "n"])
    named = replace(header, controller="c-17", labels={**header.labels, "controller.c-17": {"fr": long, "nl": long}})
    pages = texts(render(build_figures(replace(counts, outcomes=rules), named), named))
    assert "Centre intercommunal" in pages[0]
    assert "ART2-2-RULE-119" in "".join(pages)
    assert all({"DÉMONSTRATION", "DEMONSTRATIE"} & set(page.split()) for page in pages)


@pytest.mark.parametrize("name", ["מרכז הייעוץ של אנטוורפן", "مركز التشاور في بروكسل"])
def test_a_name_from_right_to_left_is_drawn(name: str, figures: Figures, header: ReportHeader) -> None:
    named = replace(header, labels={**header.labels, "controller.c-17": {"fr": name, "nl": name}})
    pages = texts(render(replace(figures, controller="c-17", languages=("fr",)), named))
    assert name in pages[0]


def test_a_name_from_right_to_left_keeps_its_order_beside_latin_letters(figures: Figures, header: ReportHeader) -> None:
    name = "مركز التشاور (ASBL)"
    named = replace(header, labels={**header.labels, "controller.c-17": {"fr": name, "nl": name}})
    page = pypdfium2.PdfDocument(render(replace(figures, controller="c-17", languages=("fr",)), named))[0].get_textpage()
    shown = page.get_text_range()
    latin, arabic = (page.get_charbox(shown.index(letters))[0] for letters in ("ASBL", "م"))
    assert latin < arabic  # what is read first stands to the right


def test_a_name_that_no_font_has_stops_the_report(figures: Figures, header: ReportHeader) -> None:
    named = replace(header, labels={**header.labels, "controller.c-17": {"fr": "会议中心", "nl": "会议中心"}})
    with pytest.raises(ReportError, match="can't be drawn"):
        render(replace(figures, controller="c-17"), named)


def test_detector_quality_is_shown_where_it_was_measured(counts: ReportCounts, header: ReportHeader) -> None:
    quality = pd.DataFrame({"target": ["category_3", "health"], "correct": [90, 60], "wrong": [10, 12]})
    rows = [("any", 300, 0, 34), ("lang_fr", 120, 3, 77), ("category_3", 300, 0, 34)]
    missed = pd.DataFrame(rows, columns=["target", "reviewed", "low", "high"])
    measured = "".join(texts(render(build_figures(replace(counts, detector_quality=quality, missed=missed), header), header)))
    assert "90,0 %" in measured
    assert "Toute catégorie" in measured
    assert "non mesuré" not in measured.split("§ 5", 3)[-1].split("§ 6")[0]


def test_what_nobody_measured_is_said_not_to_be(rendered: bytes) -> None:
    shown = " ".join("".join(texts(rendered)).split())
    assert "non mesurée (aucun constat" in shown
    assert "non mesuré (aucun échantillon" in shown


def test_the_action_plan_shows_ages_and_closes_small_numbers(counts: ReportCounts, header: ReportHeader) -> None:
    rows = [("UP_TO_30", "OPEN", 41), ("LONGER", "OPEN", 2), ("LONGER", "CONFIRMED", 30)]
    actions = pd.DataFrame(rows, columns=["age", "status", "n"])
    overdue = pd.DataFrame({"overdue": ["ANSWER"], "n": [12]})
    figures = build_figures(replace(counts, actions=actions, overdue=overdue), header)
    plan = next(table for section in publish(figures) for table in section.tables if table.id == "actions")
    assert plan.cell("UP_TO_30", "OPEN") == 41
    assert plan.cell("LONGER", "OPEN") == "<5"
    assert "Plan d’action" in "".join(texts(render(figures, header)))


@pytest.fixture(params=["rendered", "sealed", "attested"])
def marked(request: pytest.FixtureRequest, sealed: bytes, demo_key: SigningKey, now: datetime) -> bytes:
    if request.param == "attested":
        return sign_prepared_field(sealed, "DpoAttestation", demo_key, now)
    return request.getfixturevalue(request.param)


def test_the_marks_of_pdf_a_and_pdf_ua_survive_signing(marked: bytes) -> None:
    with pikepdf.open(io.BytesIO(marked)) as document:
        metadata = document.open_metadata()
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
        assert metadata["pdfuaid:part"] == "1"
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "fr-BE"
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert Counter(str(file.AFRelationship) for file in document.Root.AF) == {"/Data": 1, "/Alternative": 3}
        assert not document.is_encrypted


def test_every_font_is_embedded(marked: bytes) -> None:
    with pikepdf.open(io.BytesIO(marked)) as document:
        descriptors = [item for item in document.objects if isinstance(item, pikepdf.Dictionary) and "/FontBBox" in item]
        assert descriptors
        assert all("/FontFile3" in item or "/FontFile2" in item for item in descriptors)


def test_every_signature_field_is_tagged_named_and_on_the_last_page(sealed: bytes) -> None:
    with pikepdf.open(io.BytesIO(sealed)) as document:
        fields = list(document.Root.AcroForm.Fields)
        assert [str(field.T) for field in fields] == ["Seal", "DpoAttestation", "AuthorityReceipt"]
        assert all(field.TU and field.P.objgen == document.pages[-1].objgen for field in fields)
        forms = [element for element in structure(document.Root.StructTreeRoot.K) if element.S == "/Form"]
        assert [form.K.Obj.objgen for form in forms] == [field.objgen for field in fields]
        parents = list(document.Root.StructTreeRoot.ParentTree.Nums)
        index = {int(parents[place]): parents[place + 1] for place in range(0, len(parents), 2)}
        assert [index[int(field.StructParent)].objgen for field in fields] == [form.objgen for form in forms]


def test_every_chart_has_an_alternative_text_with_its_values(rendered: bytes) -> None:
    with pikepdf.open(io.BytesIO(rendered)) as document:
        figures = [element for element in structure(document.Root.StructTreeRoot.K) if element.S == "/Figure"]
        assert len(figures) == 2
        assert all("2388 / 23 / 0 / 2411" in str(figure.Alt) for figure in figures)


def test_every_table_has_header_cells(rendered: bytes) -> None:
    with pikepdf.open(io.BytesIO(rendered)) as document:
        tables = [element for element in structure(document.Root.StructTreeRoot.K) if element.S == "/Table"]
        assert len(tables) > 20
        assert all(any(cell.S == "/TH" for cell in structure(table)) for table in tables)


def test_a_demonstration_key_seals_only_what_says_so(
    figures: Figures, header: ReportHeader, demo_key: SigningKey, now: datetime
) -> None:
    with pytest.raises(ReportError, match="demonstration key"):
        sign(render(figures, replace(header, demo=False)), demo_key, now)


def test_earlier_periods_are_charted_from_two_on(figures: Figures, header: ReportHeader) -> None:
    told = tuple(EarlierReport(f"R{n}", f"2026-Q{n}", (("4", "FINDINGS", 6 + n), ("7", "ATTENTION", 1))) for n in (1, 2))
    charted = render(replace(figures, history=told), header)
    with pikepdf.open(io.BytesIO(charted)) as document:
        charts = [str(element.Alt) for element in structure(document.Root.StructTreeRoot.K) if element.S == "/Figure"]
    assert sum("1er trimestre 2026 : 8; 2e trimestre 2026 : 9; 3e trimestre 2026 : 13" in chart for chart in charts) == 1
    assert "par période" not in "".join(texts(render(replace(figures, history=told[:1]), header)))


def test_the_document_names_no_time_but_the_day_of_its_figures(rendered: bytes) -> None:
    with pikepdf.open(io.BytesIO(rendered)) as document:
        assert str(document.docinfo["/CreationDate"]) == "D:20260930000000Z"
    assert json.loads(attachments(rendered)["figures.json"])["report"]["as_of"] == "2026-09-30"
