from __future__ import annotations

import pytest

from documents.office_builders import ODP, ODS, ODT, TRACKED_DOCX, W, docx, open_document, package, pptx, run, xlsx
from documents.reading_aids import gaps_in, parts_of, texts_of


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("body", "Hij is niet lid van de vakbond\n"),
        ("body", "cel een\n\tcel twee"),
        ("inserted", "niet "),
        ("deleted", ", zei zijn syndicalist"),
        ("hidden", "onzichtbaar"),
        ("header", "koptekst"),
        ("footer", "voettekst"),
        ("footnote", "voetnoot"),
        ("endnote", "eindnoot"),
        ("comment", "opmerking"),
        ("description", "foto van het gezin"),
        ("chart", "grafiekwaarde"),
        ("link", "mailto:jan@voorbeeld.be"),
        ("metadata", "Griet Auteur"),
        ("metadata", "Jan Lezer"),
        ("metadata", "Piet Maker"),
    ],
)
def test_docx_gives_every_kind_of_text_apart(part: str, words: str) -> None:
    assert words in texts_of(TRACKED_DOCX)[part]


def test_docx_leaves_deleted_and_hidden_words_out_of_the_body_and_says_a_text_box_once() -> None:
    body = next(part.text for part in parts_of(TRACKED_DOCX) if part.part == "body")
    assert "syndicalist" not in body
    assert "onzichtbaar" not in body
    assert body.count("tekstvak") == 1
    assert body.count("verplaatst") == 1


def test_docx_reads_embedded_files_as_documents_and_says_what_it_cannot_read() -> None:
    embedded = [part for part in parts_of(TRACKED_DOCX) if part.path == (1,)]
    assert [(part.part, part.text) for part in embedded] == [("body", "ingebed")]
    assert gaps_in(TRACKED_DOCX) == [((2,), "document", "unknown_type")]


def test_a_part_that_no_rule_knows_is_read_as_text_all_the_same() -> None:
    assert "onbekend" in texts_of(docx(word__future_dot_xml="<x><y z='attribuut'>onbekend</y></x>"))["other"]
    assert "attribuut" in texts_of(docx(word__future_dot_xml="<x><y z='attribuut'>onbekend</y></x>"))["other"]


def test_xlsx_gives_hidden_sheets_comments_dates_and_the_copies_in_pivot_caches() -> None:
    found = texts_of(xlsx())
    assert found["sheet 1"] == "gedeelde tekst\t1985-03-15\t31121\n"
    assert found["hidden sheet 2"] == "geheim blad\tformule\n"
    assert "celnota" in found["comment"]
    assert "draaitabelwaarde" in found["cache"]
    assert "kop" in found["header"]
    assert "Budget Peeters" in found["names"]


def test_pptx_gives_slides_in_order_hidden_ones_notes_and_comments() -> None:
    slides = [(part.part, part.page, part.text.strip()) for part in parts_of(pptx()) if "slide" in part.part]
    assert slides == [("slide 1", 1, "eerste dia"), ("hidden slide 2", 2, "verborgen dia"), ("slide 10", 10, "tiende dia")]
    assert "sprekersnota" in texts_of(pptx())["note"]
    assert "diaopmerking" in texts_of(pptx())["comment"]


def test_odt_gives_changes_comments_notes_and_descriptions_apart() -> None:
    found = texts_of(ODT)
    assert found["body"] == "Hij is niet  lid\n"
    expected = {
        "inserted": "niet",
        "deleted": "geschrapt",
        "comment": "opmerking",
        "footnote": "voetnoot",
        "header": "koptekst",
    }
    assert {kind: found[kind].strip() for kind in expected} == expected
    assert "foto van het gezin" in found["description"]
    assert "Piet Maker" in found["metadata"]


def test_ods_and_odp_give_sheets_and_slides_by_number() -> None:
    sheets, slides = texts_of(ODS), texts_of(ODP)
    assert sheets["sheet 1"].split() == ["een", "twee"]
    assert "geheim blad" in sheets["hidden sheet 2"]
    assert "celnota" in sheets["comment"]
    assert slides["slide 1"].strip() == "eerste dia"
    assert slides["note"].strip() == "sprekersnota"


def test_thumbnails_and_looks_are_no_gaps() -> None:
    assert gaps_in(docx(docProps__thumbnail_dot_jpeg=b"\xff\xd8\xff", word__theme__theme1_dot_xml="<x/>")) == []


def test_documents_with_a_password_say_so() -> None:
    assert gaps_in(open_document("text", "<x/>", "<manifest:encryption-data/>")) == [((), "document", "password")]


@pytest.mark.parametrize(
    "evil",
    [
        f'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><w:document {W}>{run("&b;")}</w:document>',
        f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><w:document {W}>{run("&x;")}</w:document>',
        f'<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd"><w:document {W}>{run("&x;")}</w:document>',
    ],
    ids=["expansion", "file", "outside"],
)
def test_entities_are_neither_expanded_nor_fetched_and_the_gap_is_said(evil: str) -> None:
    assert gaps_in(docx(word__document_dot_xml=evil)) == [((), "body", "damaged")]
    assert "".join(texts_of(docx(word__document_dot_xml=evil)).values()).strip() == ""


def test_of_a_damaged_part_the_text_before_the_damage_is_read_and_other_parts_are_not_concerned() -> None:
    broken = f"<w:document {W}><w:p>{run('leesbaar begin')}</w:p><w:p><w:r>"
    data = docx(word__document_dot_xml=broken, word__header1_dot_xml=f"<w:hdr {W}><w:p>{run('koptekst')}</w:p></w:hdr>")
    assert "leesbaar begin" in texts_of(data)["body"]
    assert "koptekst" in texts_of(data)["header"]
    assert gaps_in(data) == [((), "body", "damaged")]


def test_deeply_nested_markup_is_read_to_the_bottom() -> None:
    deep = "<w:sdt>" * 5000 + f"<w:p>{run('diep')}</w:p>" + "</w:sdt>" * 5000
    assert texts_of(docx(deep))["body"] == "diep\n"


def test_a_package_without_its_main_part_is_not_taken_for_an_empty_document() -> None:
    for folder in ("word", "xl", "ppt"):
        missing = package({"[Content_Types].xml": "<Types/>", f"{folder}/styles.xml": "<x/>"})
        assert gaps_in(missing) == [((), "body", "damaged")]
