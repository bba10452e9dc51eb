from __future__ import annotations

import struct
from email.message import EmailMessage

import pytest

from discretio.documents.outlook_rich_text import decompressed
from documents.compound_builder import Storage, compound_file, text
from documents.office_builders import TRACKED_DOCX, package
from documents.reading_aids import gaps_in, parts_of, texts_of


def mail(subject: str = "Café dossier", body: str = "tekst één\n", charset: str = "iso-8859-15") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Jan Ü <a@b.be>", "x@y.be", subject
    message.set_content(body, charset=charset)
    return message


def test_headers_bodies_and_attachments_in_attachments_are_read() -> None:
    message = mail()
    message.add_alternative("<p>opgemaakt <b>één</b></p>", subtype="html")
    message.add_attachment(
        package({"in.zip": package({"d.docx": TRACKED_DOCX})}), maintype="application", subtype="zip", filename="Peeters.zip"
    )
    message.add_attachment(mail("Doorgestuurd", "binnen\n"))
    found = parts_of(bytes(message))
    assert "Subject: Café dossier" in found[0].text
    assert "Jan Ü" in found[0].text
    assert [part.text.strip() for part in found if part.part == "body" and part.path == ()] == ["tekst één", "opgemaakt één"]
    assert any("vakbond" in part.text for part in found if part.path == (1, 1, 1) and part.part == "body")
    assert [part.text.strip() for part in found if part.path == (2,) and part.part == "body"] == ["binnen"]
    assert "Peeters.zip" in texts_of(bytes(message))["names"]


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "iso-8859-15", "utf-16"])
@pytest.mark.parametrize("transfer", ["base64", "quoted-printable"])
def test_bodies_are_read_in_every_charset(charset: str, transfer: str) -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "a@b.be", "x"
    message.set_content("naïve café in Liège\n".encode(charset), "text", "plain", cte=transfer)
    message.set_param("charset", charset)
    assert texts_of(bytes(message))["body"].strip() == "naïve café in Liège"


def test_a_body_that_is_not_in_its_declared_charset_is_read_and_said() -> None:
    raw = b"From: a@b.be\r\nSubject: x\r\nContent-Type: text/plain; charset=iso-2022-jp\r\n\r\ncaf\xe9 \xe9\xe9n\r\n"
    assert "café één" in texts_of(raw)["body"]
    assert gaps_in(raw) == [((), "body", "uncertain_encoding")]


def test_a_message_that_is_cut_or_sealed_says_so() -> None:
    message = mail()
    message.add_attachment(b"x" * 500, maintype="application", subtype="octet-stream", filename="a.txt")
    assert ((), "body", "damaged") in gaps_in(bytes(message)[:-60])
    sealed = b"From: a@b.be\nSubject: x\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nMIIx\n"
    assert gaps_in(sealed) == [((), "body", "password")]


def test_a_mailbox_is_read_message_by_message() -> None:
    box = b"".join(
        b"From a@b Sat Nov 21\n" + bytes(mail(body=f"bericht {number}\n>From hier\n")) + b"\n" for number in range(3)
    )
    bodies = [(part.path, part.text.split()[1]) for part in parts_of(box) if part.part == "body"]
    assert bodies == [((1,), "0"), ((2,), "1"), ((3,), "2")]
    assert gaps_in(box, member_bytes=100) == [((number,), "document", "too_large") for number in (1, 2, 3)]


def test_a_note_that_begins_like_a_message_stays_a_note_and_a_message_saved_as_text_is_one() -> None:
    note = b"From: school\nDate: 3 mei\nSubject: gesprek\n\ntekst"
    assert texts_of(note, "nota.txt") == {"body": note.decode()}
    assert texts_of(bytes(mail()), "bericht.txt")["body"] == "tekst één\n"


def outlook(others: dict[str, bytes | Storage]) -> bytes:
    pytest.importorskip("olefile")
    properties = b"\0" * 32 + struct.pack("<LLLL", 0x3FFD0003, 0, 1252, 0)
    members: dict[str, bytes | Storage] = {
        "__properties_version1.0": properties,
        "__substg1.0_0037001F": text("Onderwerp café"),
        "__substg1.0_1000001F": text("tekst van het bericht"),
        "__substg1.0_0C1A001E": "Jan Ü".encode("cp1252"),
        "__recip_version1.0_#00000000": Storage({"__substg1.0_3001001F": text("Piet Ontvanger")}),
    }
    return compound_file(Storage(members | others))


def test_an_outlook_message_is_read_with_recipients_attachments_and_messages_inside() -> None:
    inner = Storage({"__properties_version1.0": b"\0" * 24, "__substg1.0_1000001F": text("bericht binnenin")})
    data = outlook({
        "__substg1.0_10130102": b"<html><body>opgemaakt</body></html>",
        "__attach_version1.0_#00000000": Storage({
            "__substg1.0_37010102": b"bijlage in tekst".ljust(4096), "__substg1.0_3707001F": text("Peeters.txt"),
        }),
        "__attach_version1.0_#00000001": Storage({"__substg1.0_3701000D": inner}),
    })  # fmt: skip
    found = texts_of(data)
    for words in ("tekst van het bericht", "opgemaakt", "bijlage in tekst", "bericht binnenin"):
        assert words in found["body"]
    for words in ("Onderwerp café", "Jan Ü", "Piet Ontvanger"):
        assert words in found["header"]
    assert "Peeters.txt" in found["names"]
    assert gaps_in(data) == []


def test_an_outlook_message_with_only_rich_text_is_read() -> None:
    pytest.importorskip("olefile")
    rich = rb"{\rtf1\ansi alleen opgemaakt}".ljust(4100)
    stream = struct.pack("<LL4sL", len(rich) + 12, len(rich), b"MELA", 0) + rich
    data = compound_file(Storage({"__properties_version1.0": b"\0" * 32, "__substg1.0_10090102": stream}))
    assert "alleen opgemaakt" in texts_of(data)["body"]


def test_compressed_rich_text_is_unpacked_as_the_specification_shows() -> None:
    # The first example of MS-OXRTFCP, section 4.1.
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232 0af32068656c090020627705b06c647d0a800fa0".replace(" ", "")
    )
    assert decompressed(packed, 1_000) == rb"{\rtf1\ansi\ansicpg1252\pard hello world}" + b"\r\n"


@pytest.mark.parametrize(("stream", "reason"), [("EncryptedPackage", "password"), ("WordDocument", "no_reader")])
def test_other_compound_files_say_why_they_are_not_read(stream: str, reason: str) -> None:
    pytest.importorskip("olefile")
    assert gaps_in(compound_file(Storage({stream: b"x"}))) == [((), "document", reason)]


def test_without_the_library_a_compound_file_is_not_examined(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "olefile", None)
    assert gaps_in(compound_file(Storage({"WordDocument": b"x"}))) == [((), "document", "no_reader")]
