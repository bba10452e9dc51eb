from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.reading_aids import gaps_in, parts_of, texts_of

SENTENCE = "Élève né à Liège, très gêné; Größe über, café naïf, één coördinatie « déjà vu »."


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "cp1252", "latin-1"]
)
def test_text_is_read_in_every_common_encoding(encoding: str) -> None:
    assert texts_of(SENTENCE.encode(encoding), "x.txt")["body"] == SENTENCE
    assert gaps_in(SENTENCE.encode(encoding), "x.txt") == []


@pytest.mark.parametrize("encoding", ["cp850", "mac_roman"])
def test_text_of_old_systems_is_recognised_by_its_letters(encoding: str) -> None:
    assert texts_of(SENTENCE.encode(encoding), "x.txt")["body"] == SENTENCE


def test_a_guess_at_the_encoding_says_that_it_is_one() -> None:
    polish = ("Ciężka praca, zażółć gęślą jaźń. " * 5).encode("iso8859-2")
    assert gaps_in(polish, "x.txt") == [((), "body", "uncertain_encoding")]


def test_a_file_that_two_programs_wrote_is_read_in_both_encodings_and_said() -> None:
    mixed = "één coördinatie, één\n".encode() + "café\n".encode("cp1252")
    assert texts_of(mixed)["body"] == "één coördinatie, één\ncafé\n"
    assert gaps_in(mixed) == [((), "body", "uncertain_encoding")]


def test_bytes_that_are_no_text_are_of_unknown_type() -> None:
    assert gaps_in(bytes(range(256)) * 4, "x.txt") == [((), "document", "unknown_type")]


def test_a_long_text_comes_in_consecutive_pieces() -> None:
    text = "".join(chr(0x61 + number % 26) + "é" for number in range(5_000))
    pieces = [part for part in parts_of(text.encode(), piece=700) if part.part == "body"]
    assert len(pieces) > 10
    assert [part.offset for part in pieces] == [
        sum(len(earlier.text) for earlier in pieces[:number]) for number in range(len(pieces))
    ]
    assert "".join(part.text for part in pieces) == text


def test_more_text_than_allowed_ends_with_a_reason() -> None:
    assert gaps_in(b"a" * 5_000, characters=1_000, piece=100) == [((), "document", "too_large")]


def test_json_is_read_with_its_escapes_resolved() -> None:
    data = b'{"naam": "caf\\u00e9", "lijst": [1, 85073003328, {"diep": "Li\\u00e8ge"}], "leeg": null}'
    assert texts_of(data, "x.json")["body"].split() == ["naam:", "café", "lijst", "1", "85073003328", "diep:", "Liège", "leeg"]


def test_json_in_lines_and_json_that_is_none_are_read() -> None:
    assert texts_of(b'{"a": "x"}\n{"a": "y"}\n', "x.jsonl")["body"] == "a: x\na: y"
    assert texts_of(b'{"a": "x"', "x.json")["body"] == '{"a": "x"'
    assert gaps_in(b'{"a": "x"', "x.json") == [((), "body", "damaged")]


def test_nested_json_of_any_depth_ends_without_an_error() -> None:
    assert gaps_in(b"[" * 200_000, "x.json") == [((), "body", "damaged")]


def test_html_gives_visible_hidden_and_described_text_apart() -> None:
    page = (
        b"<html><head><meta name=author content='Piet'><script>var x='script'</script></head><body>"
        b"<p title=tip>Caf\xe9 &eacute;&#233;</p>"
        b"<!-- weggelaten --><img alt='foto'><div style='display: none'>onzichtbaar</div>"
        b"<a href='mailto:j@x.be'>klik</a><p>na</body>"
    )
    found = texts_of(page)
    assert found["body"].split() == ["Café", "éé", "klik", "na"]
    assert found["hidden"].strip() == "onzichtbaar"
    assert found["description"].split() == ["tip", "foto"]
    assert found["comment"].strip() == "weggelaten"
    assert found["link"].strip() == "mailto:j@x.be"
    assert found["metadata"].strip() == "Piet"
    assert "script" in found["script"]


def test_files_that_stand_in_a_page_are_documents() -> None:
    page = b"<html><body>x<img src='data:text/plain;base64,aW5nZWJlZA=='><img src='data:image/png;base64,iVBOR'></body></html>"
    assert [part.text for part in parts_of(page) if part.path == (1,)] == ["ingebed"]
    assert gaps_in(page) == [((2,), "document", "damaged")]


def test_html_of_any_depth_is_read_to_the_bottom() -> None:
    assert texts_of(b"<html>" + b"<div>" * 20_000 + b"diep" + b"</div>" * 20_000)["body"].strip() == "diep"


def test_html_believes_its_declared_encoding() -> None:
    page = "<html><head><meta charset='iso-8859-15'></head><body>50 € œuvre</body></html>".encode("iso-8859-15")
    assert texts_of(page)["body"].strip() == "50 € œuvre"


def test_rtf_gives_text_in_its_code_pages_and_every_kind_apart() -> None:
    data = (
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset238 Ander;}}{\info{\author Piet}}"
        rb"\f0 caf\'e9 \u8364?uro"
        rb"{\deleted  weg}{\revised  erbij}{\v  onzichtbaar}{\*\annotation  opmerking}{\header  kop}\par "
        rb"{\f1 \'b3} \u-10179?\u-8704?"
        rb"{\*\unheard of}{\footnote  voetnoot}\par}"
    )
    found = texts_of(data)
    assert found["body"].split() == ["café", "€uro", "erbij", "ł", "\U0001f600"]
    expected = {"deleted": "weg", "inserted": "erbij", "hidden": "onzichtbaar", "comment": "opmerking", "header": "kop"}
    assert {kind: found[kind].strip() for kind in expected} == expected
    assert found["footnote"].strip() == "voetnoot"
    assert found["metadata"].strip() == "Piet"
    assert gaps_in(data) == []


def test_rtf_says_that_pictures_and_objects_were_not_read_and_that_its_end_is_missing() -> None:
    data = rb"{\rtf1 tekst {\pict\pngblip 8950}{\object{\*\objdata 0105}{\result zichtbaar}}}"
    assert [reason for _, _, reason in gaps_in(data)] == ["no_reader", "no_reader"]
    assert "zichtbaar" in texts_of(data)["body"]
    assert ((), "body", "damaged") in gaps_in(data[:-2])


def test_xml_of_any_kind_gives_text_and_attributes() -> None:
    found = texts_of(b'<?xml version="1.0" encoding="iso-8859-1"?><a b="attribuut"><c>Li\xe8ge</c></a>')["body"]
    assert found.split() == ["attribuut", "Liège"]


def test_a_stream_that_cannot_be_sought_or_read_is_no_error() -> None:
    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self._left = [b"tekst uit ", b"een pijp"]

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # a plain stream
            chunk = self._left.pop(0) if self._left else b""
            buffer[: len(chunk)] = chunk
            return len(chunk)

    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise RuntimeError("/pad/met/Jan Peeters.txt", size)

    assert [part.text for part in parts_of(io.BufferedReader(Pipe()))] == ["tekst uit een pijp"]
    assert gaps_in(Broken(b"x")) == [((), "document", "unreadable")]


@given(st.binary(max_size=400), st.sampled_from(["", "x.txt", "x.json", "x.html", "x.eml", "x.xml", "x.mbox"]))
def test_any_bytes_whatsoever_give_parts_and_no_error(data: bytes, name: str) -> None:
    found = parts_of(data, name)
    assert found
    for part in found:
        part.text.encode()
